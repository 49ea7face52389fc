"""Default labelling engine: votes of the gazetteer's tables combined with a linear model."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from math import exp

from msgspec import Struct

from digest.labels.categories import CategoryVote, category_votes, name_spans
from digest.labels.gazetteer.lookup import Gazetteer, find_terms, load_gazetteer
from digest.labels.gazetteer.taxonomy import ResolvedReading, TaxonomyMap, case_flag_of
from digest.labels.models.calibration import (
    NO_EVIDENCE_PROBABILITY,
    WEAK_EVIDENCE_PROBABILITY,
    category_probability,
    region_probability,
)
from digest.labels.models.linear import LinearModel, known_features, load_model, scores, weight_of, without_spans
from digest.labels.regions import WEAK_TABLES, RegionVote, region_scores, region_votes
from digest.labels.report import Report, strongest_evidence
from digest.labels.text.tokenizer import Text, key_of, text_of
from digest.model import Evidence, Labels, Taxonomy, Term

PARTS = ((1.0, 80), (0.7, 80), (0.3, 160))
"""Weight of headline, summary and body, and the number of words read of each."""

_MIN_REGION_SCORE = 0.3
_OTHER_REGION_SHARE, _MIN_OTHER_REGION_SCORE = 0.2, 0.8
OTHER_CATEGORY_THRESHOLD = 0.22
_MODEL_FACTOR = 0.8
_SITE_CATEGORY_BIAS = -2.0
_MIN_EVIDENCE_WEIGHT = 0.3

Ranked = tuple[tuple[str, float], ...]


class _Part(Struct, frozen=True):
    """Votes of one part of an item (headline, summary, body)."""

    text: Text
    weight: float
    region_votes: list[RegionVote]
    category_votes: list[CategoryVote]
    features: list[tuple[str, int]]


class Engine:
    """Default `Labeller` for one taxonomy. Its state is what was loaded; labelling never changes it."""

    name = "digest"

    def __init__(self, taxonomy: Taxonomy, gazetteer: Gazetteer, model: LinearModel) -> None:
        self._taxonomy_map, self._model, self._taxonomy = TaxonomyMap(taxonomy), model, taxonomy
        self.version = f"{gazetteer.digest}-{model.digest}"
        resolve = self._taxonomy_map.resolve
        self._readings = [tuple(map(resolve, readings)) for readings in gazetteer.readings]
        self._terms, self._max_words = gazetteer.terms, gazetteer.max_words
        if taxonomy.terms:
            self._add_terms(taxonomy)
        self._flags = tuple(map(case_flag_of, self._readings))

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """Return the labels of a text with the strongest evidence."""
        return self.report_of(headline, summary, body).labels

    def report_of(self, headline: str, summary: str = "", body: str = "") -> Report:
        """Return the labels of a text with all scores and evidence."""
        texts = zip((headline, summary, body), PARTS, strict=True)
        parts = [self._part(raw, weight, limit) for raw, (weight, limit) in texts if raw]
        region, others, confidence, regions = self._regions(parts)
        categories = self._categories(parts)
        has_evidence = any(part.category_votes or part.features for part in parts)
        category = categories[0][0] if has_evidence else self._taxonomy.fallback_category
        evidence = tuple(self._evidence(parts, category))
        also = tuple(slug for slug, share in categories if slug != category and share >= OTHER_CATEGORY_THRESHOLD)
        labels = Labels(
            region=region,
            category=category,
            other_regions=others,
            other_categories=also if has_evidence else (),
            region_confidence=confidence,
            category_confidence=category_probability(categories[0][1]) if has_evidence else NO_EVIDENCE_PROBABILITY,
            evidence=strongest_evidence(evidence, region, category),
        )
        return Report(headline=headline, labels=labels, regions=regions, categories=categories, evidence=evidence)

    def with_term(self, term: Term) -> "Engine":
        """Return a copy of this engine with one more term.

        The words of `term` must be those of no other term. This is a hundred times faster than loading an engine.
        """
        engine, key = copy(self), key_of(term.match)
        if not key:
            return engine
        reading = (self._taxonomy_map.resolve_term(term),)
        first = key.split(" ", 1)[0]
        engine._terms = {**self._terms, key: len(self._readings)}
        engine._max_words = {**self._max_words, first: max(key.count(" ") + 1, self._max_words.get(first, 0))}
        engine._readings, engine._flags = [*self._readings, reading], (*self._flags, case_flag_of(reading))
        return engine

    def _add_terms(self, taxonomy: Taxonomy) -> None:
        """Add the publisher's terms; they replace terms of the tables. Terms with equal words are merged."""
        by_key: dict[str, ResolvedReading] = {}
        for term in taxonomy.terms:
            key, reading = key_of(term.match), self._taxonomy_map.resolve_term(term)
            if key:
                by_key[key] = by_key[key].merged_with(reading) if key in by_key else reading
        self._terms, self._max_words = dict(self._terms), dict(self._max_words)
        for key, reading in by_key.items():
            self._terms[key] = len(self._readings)
            self._readings.append((reading,))
            first = key.split(" ", 1)[0]
            self._max_words[first] = max(key.count(" ") + 1, self._max_words.get(first, 0))

    def _part(self, raw: str, weight: float, limit: int) -> _Part:
        text = text_of(raw, limit)
        hits = list(find_terms(text, self._terms, self._max_words, self._flags))
        return _Part(
            text,
            weight,
            region_votes(text, hits, self._readings, self._taxonomy.fallback_region),
            category_votes(hits, self._readings),
            known_features(self._model, without_spans(text.keys, name_spans(hits, self._readings))),
        )

    def _regions(self, parts: Sequence[_Part]) -> tuple[str, tuple[str, ...], float, Ranked]:
        """Return (primary, others, confidence, scores)."""
        fallback = self._taxonomy.fallback_region
        totals: dict[str, float] = defaultdict(float)
        for part in parts:
            for region, score in region_scores(part.region_votes).items():
                totals[region] += score * part.weight
        ranked = tuple(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))
        if not ranked or ranked[0][1] < _MIN_REGION_SCORE:
            return fallback, (), WEAK_EVIDENCE_PROBABILITY if ranked else NO_EVIDENCE_PROBABILITY, ranked
        first, top = ranked[0]
        threshold = max(_MIN_OTHER_REGION_SCORE, top * _OTHER_REGION_SHARE)
        in_headline = {vote.region for vote in parts[0].region_votes if vote.table not in WEAK_TABLES}
        others = tuple(
            slug for slug, score in ranked[1:] if slug != fallback and score >= threshold and slug in in_headline
        )
        return first, others, region_probability(top, ranked[1][1] if len(ranked) > 1 else 0.0), ranked

    def _categories(self, parts: Sequence[_Part]) -> Ranked:
        """Return the site's categories with their softmax shares, largest first."""
        model = self._model
        logits = [*model.bias, *([_SITE_CATEGORY_BIAS] * (len(self._taxonomy_map.slots) - len(model.bias)))]
        for part in parts:
            for _, _, slot, weight in part.category_votes:
                logits[slot] += weight * part.weight
            factor = part.weight * _MODEL_FACTOR
            for slot, weight in enumerate(scores(model, part.features)):
                logits[slot] += weight * factor
        highest = max(logits)
        powers = [exp(logit - highest) for logit in logits]
        total = sum(powers)
        shares = self._taxonomy_map.sum_by_category([power / total for power in powers])
        return tuple(sorted(shares.items(), key=lambda pair: -pair[1]))

    def _evidence(self, parts: Sequence[_Part], category: str) -> Iterator[Evidence]:
        """Yield the evidence for all regions, for all categories in the tables, and for `category` in the model."""
        slots, model = self._taxonomy_map.slots, self._model
        slot_of_category = slots.index(category) if category in slots else len(slots)
        for part in parts:
            forms = part.text.forms
            for vote in part.region_votes:
                words, weight = " ".join(forms[vote.start : vote.end]), round(vote.weight * part.weight, 2)
                yield Evidence(words=words, table=f"{vote.table}:{vote.name}", label=vote.region, weight=weight)
            for hit, table, slot, weight in part.category_votes:
                words = " ".join(forms[hit.start : hit.end])
                yield Evidence(words=words, table=table, label=slots[slot], weight=round(weight * part.weight, 2))
            if slot_of_category < len(model.categories):
                for feature, row in part.features:
                    weight = weight_of(model, row, slot_of_category) * part.weight * _MODEL_FACTOR
                    if weight >= _MIN_EVIDENCE_WEIGHT:
                        yield Evidence(words=feature, table="model", label=category, weight=round(weight, 2))


def load_engine(taxonomy: Taxonomy) -> Engine:
    """Load the default engine for a taxonomy."""
    return Engine(taxonomy, load_gazetteer(), load_model())
