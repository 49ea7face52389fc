"""The labeller that ships: the tables, the linear model, and what the two make together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from math import exp

from msgspec import Struct

from digest.labels.categories import Said, named, said
from digest.labels.gazetteer.lookup import Gazetteer, hits, load_gazetteer
from digest.labels.gazetteer.taxonomy import Atlas, Resolved, flags_of
from digest.labels.models.calibration import FAINT, NOTHING, chance_of_category, chance_of_region
from digest.labels.models.linear import Model, known, load_model, scores, unnamed, weight_of
from digest.labels.regions import FAINT_KINDS, Claim, claims, totals
from digest.labels.report import Report, loudest
from digest.labels.text.tokenizer import Text, key_of, text_of
from digest.model import Labels, Taxonomy, Term, Witness

PARTS = ((1.0, 80), (0.7, 80), (0.3, 160))
"""How much headline, summary and body count, and how many of their words are read."""

_LEAST_REGION = 0.3
_ALSO_SHARE, _ALSO_LEAST = 0.2, 0.8
ALSO_CATEGORY = 0.22
_MODEL_SHARE = 0.8
_OWN_BIAS = -2.0
_HEARD = 0.3

Ranked = tuple[tuple[str, float], ...]


class _Part(Struct, frozen=True):
    """Votes of one part of an item (headline, summary, body)."""

    text: Text
    share: float
    claims: list[Claim]
    said: list[Said]
    lanes: list[tuple[str, int]]


class Engine:
    """A `Labeller` over one taxonomy. It holds only what was loaded: labelling changes nothing."""

    name = "digest"

    def __init__(self, taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model) -> None:
        self._atlas, self._model, self._taxonomy = Atlas(taxonomy), model, taxonomy
        self.version = f"{gazetteer.digest}-{model.digest}"
        resolved = self._atlas.resolved
        self._readings = [tuple(map(resolved, own)) for own in gazetteer.readings]
        self._terms, self._reach = gazetteer.terms, gazetteer.reach
        if taxonomy.terms:
            self._add(taxonomy)
        self._flags = tuple(map(flags_of, self._readings))

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """The labels of a text, with the loudest witnesses."""
        return self.report_of(headline, summary, body).labels

    def report_of(self, headline: str, summary: str = "", body: str = "") -> Report:
        """The labels of a text, and everything that led to them."""
        raws = zip((headline, summary, body), PARTS, strict=True)
        parts = [self._part(raw, share, limit) for raw, (share, limit) in raws if raw]
        region, others, sure, regions = self._regions(parts)
        categories = self._categories(parts)
        heard = any(part.said or part.lanes for part in parts)
        category = categories[0][0] if heard else self._taxonomy.fallback_category
        witnesses = tuple(self._witnesses(parts, category))
        also = tuple(slug for slug, share in categories if slug != category and share >= ALSO_CATEGORY)
        labels = Labels(
            region=region,
            category=category,
            other_regions=others,
            other_categories=also if heard else (),
            region_confidence=sure,
            category_confidence=chance_of_category(categories[0][1]) if heard else NOTHING,
            evidence=loudest(witnesses, region, category),
        )
        return Report(headline=headline, labels=labels, regions=regions, categories=categories, witnesses=witnesses)

    def taught(self, term: Term) -> "Engine":
        """The same engine with one term more, whose words are those of no other term: a hundred times sooner made."""
        made, key = copy(self), key_of(term.match)
        if not key:
            return made
        reading = (self._atlas.resolved_term(term),)
        first = key.split(" ", 1)[0]
        made._terms = {**self._terms, key: len(self._readings)}
        made._reach = {**self._reach, first: max(key.count(" ") + 1, self._reach.get(first, 0))}
        made._readings, made._flags = [*self._readings, reading], (*self._flags, flags_of(reading))
        return made

    def _add(self, taxonomy: Taxonomy) -> None:
        """The publisher's terms go before the tables' own; those of the same words speak together."""
        own: dict[str, Resolved] = {}
        for term in taxonomy.terms:
            key, made = key_of(term.match), self._atlas.resolved_term(term)
            if key:
                own[key] = own[key].joined(made) if key in own else made
        self._terms, self._reach = dict(self._terms), dict(self._reach)
        for key, reading in own.items():
            self._terms[key] = len(self._readings)
            self._readings.append((reading,))
            first = key.split(" ", 1)[0]
            self._reach[first] = max(key.count(" ") + 1, self._reach.get(first, 0))

    def _part(self, raw: str, share: float, limit: int) -> _Part:
        text = text_of(raw, limit)
        found = list(hits(text, self._terms, self._reach, self._flags))
        return _Part(
            text,
            share,
            claims(text, found, self._readings, self._taxonomy.fallback_region),
            said(found, self._readings),
            known(self._model, unnamed(text.keys, named(found, self._readings))),
        )

    def _regions(self, parts: Sequence[_Part]) -> tuple[str, tuple[str, ...], float, Ranked]:
        """(primary, others, confidence, scores)."""
        world = self._taxonomy.fallback_region
        summed: dict[str, float] = defaultdict(float)
        for part in parts:
            for region, score in totals(part.claims).items():
                summed[region] += score * part.share
        ranked = tuple(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))
        if not ranked or ranked[0][1] < _LEAST_REGION:
            return world, (), FAINT if ranked else NOTHING, ranked
        first, top = ranked[0]
        least = max(_ALSO_LEAST, top * _ALSO_SHARE)
        loud = {claim.region for claim in parts[0].claims if claim.kind not in FAINT_KINDS}
        others = tuple(slug for slug, score in ranked[1:] if slug != world and score >= least and slug in loud)
        return first, others, chance_of_region(top, ranked[1][1] if len(ranked) > 1 else 0.0), ranked

    def _categories(self, parts: Sequence[_Part]) -> Ranked:
        """Each of the site's categories with its share, largest first."""
        model = self._model
        logits = [*model.bias, *([_OWN_BIAS] * (len(self._atlas.slots) - len(model.bias)))]
        for part in parts:
            for _, _, slot, weight in part.said:
                logits[slot] += weight * part.share
            share = part.share * _MODEL_SHARE
            for slot, weight in enumerate(scores(model, part.lanes)):
                logits[slot] += weight * share
        most = max(logits)
        powers = [exp(logit - most) for logit in logits]
        total = sum(powers)
        shares = self._atlas.merged([power / total for power in powers])
        return tuple(sorted(shares.items(), key=lambda pair: -pair[1]))

    def _witnesses(self, parts: Sequence[_Part], category: str) -> Iterator[Witness]:
        slots, model = self._atlas.slots, self._model
        wanted = slots.index(category) if category in slots else len(slots)
        for part in parts:
            forms, share = part.text.forms, part.share
            for claim in part.claims:
                words = " ".join(forms[claim.start : claim.end])
                table = f"{claim.kind}:{claim.name}"
                yield Witness(words=words, table=table, label=claim.region, weight=round(claim.weight * share, 2))
            for hit, kind, slot, weight in part.said:
                words = " ".join(forms[hit.start : hit.end])
                yield Witness(words=words, table=kind, label=slots[slot], weight=round(weight * share, 2))
            if wanted < len(model.categories):
                for feature, lane in part.lanes:
                    weight = weight_of(model, lane, wanted) * share * _MODEL_SHARE
                    if weight >= _HEARD:
                        yield Witness(words=feature, table="model", label=category, weight=round(weight, 2))


def engine(taxonomy: Taxonomy) -> Engine:
    """The labeller that ships, for one taxonomy."""
    return Engine(taxonomy, load_gazetteer(), load_model())
