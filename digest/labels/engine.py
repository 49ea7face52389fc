"""The labeller that ships: tables, the linear model, and what the two make together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp

from msgspec import Struct

from digest.labels.atlas import Atlas, Resolved
from digest.labels.calibration import chance_of_category, chance_of_region
from digest.labels.categories import Said, named, said
from digest.labels.gazetteer import Gazetteer, Hit, hits, load_gazetteer
from digest.labels.model import Model, known, load_model, scores, unnamed, weight_of
from digest.labels.regions import FAINT, Claim, claims, totals
from digest.labels.tokens import Text, key_of, text_of
from digest.model import Labels, Taxonomy, Witness

PARTS = ((1.0, 80), (0.7, 80), (0.3, 160))
NOTHING = Witness(words="", table="none", label="", weight=0.0)
_LEAST_REGION = 0.3
_ALSO_SHARE, _ALSO_LEAST = 0.2, 0.8
_ALSO_CATEGORY = 0.22
_MODEL_SHARE = 0.8
_MOST_WITNESSES = 8


class Report(Struct, frozen=True, kw_only=True):
    """Labels with all that led to them: each region's and category's score, strongest first, and every witness."""

    labels: Labels
    regions: tuple[tuple[str, float], ...]
    categories: tuple[tuple[str, float], ...]
    witnesses: tuple[Witness, ...]

    @property
    def region_margin(self) -> float:
        """By how much the first region leads the second."""
        return _margin(self.regions)

    @property
    def category_margin(self) -> float:
        """By how much the first category leads the second."""
        return _margin(self.categories)


class _Part(Struct):
    """What one part of an item (headline, summary, body) says."""

    text: Text
    share: float
    claims: list[Claim]
    said: list[Said]
    lanes: list[tuple[str, int]]


class Engine:
    """A `Labeller` over one taxonomy. Holds only what was loaded: labelling changes nothing."""

    name = "digest"

    def __init__(self, taxonomy: Taxonomy, gazetteer: Gazetteer, model: Model) -> None:
        self._atlas, self._model, self._taxonomy = Atlas(taxonomy), model, taxonomy
        self.version = f"{gazetteer.digest}-{model.digest}"
        resolved = self._atlas.resolved
        self._readings = [tuple(map(resolved, own)) for own in gazetteer.readings]
        self._terms, self._reach = gazetteer.terms, gazetteer.reach
        if taxonomy.terms:
            self._add(taxonomy)
        self._flags = tuple(own[0].flags if own else "" for own in self._readings)

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """The labels of a text, with the loudest witnesses."""
        return self.report(headline, summary, body).labels

    def report(self, headline: str, summary: str = "", body: str = "") -> Report:
        """The labels of a text, and everything that led to them."""
        parts = [
            self._part(raw, share, limit)
            for raw, (share, limit) in zip((headline, summary, body), PARTS, strict=True)
            if raw
        ]
        region, others, sure, region_scores = self._regions(parts)
        chances, heard = self._chances(parts)
        ranked = sorted(chances.items(), key=lambda pair: -pair[1])
        category = ranked[0][0] if heard else self._taxonomy.fallback_category
        witnesses = self._witnesses(parts, category)
        labels = Labels(
            region=region,
            category=category,
            other_regions=others,
            other_categories=tuple(s for s, chance in ranked if s != category and chance >= _ALSO_CATEGORY) if heard else (),
            region_confidence=sure,
            category_confidence=chance_of_category(ranked[0][1]) if heard else 0.1,
            evidence=_loudest(witnesses, region, category),
        )
        return Report(labels=labels, regions=region_scores, categories=tuple(ranked), witnesses=witnesses)

    def _add(self, taxonomy: Taxonomy) -> None:
        terms, reach = dict(self._terms), dict(self._reach)
        for term in taxonomy.terms:
            key = key_of(term.match)
            if not key:
                continue
            flags = "C" if term.match != term.match.lower() else ""
            reading = self._atlas.resolved_term(term)
            terms[key] = len(self._readings)
            self._readings.append((Resolved(reading.kind, reading.places, reading.categories, flags),))
            first = key.split(" ", 1)[0]
            reach[first] = max(key.count(" ") + 1, reach.get(first, 0))
        self._terms, self._reach = terms, reach

    def _part(self, raw: str, share: float, limit: int) -> _Part:
        text = text_of(raw, limit)
        found: list[Hit] = list(hits(text, self._terms, self._reach, self._flags))
        return _Part(
            text,
            share,
            claims(text, found, self._readings, self._atlas.fallback_region),
            said(found, self._readings),
            known(self._model, unnamed(text.keys, named(found, self._readings))),
        )

    def _regions(self, parts: Sequence[_Part]) -> tuple[str, tuple[str, ...], float, tuple[tuple[str, float], ...]]:
        """(primary, others, confidence, scores)."""
        summed: dict[str, float] = defaultdict(float)
        for part in parts:
            for region, score in totals(part.claims).items():
                summed[region] += score * part.share
        ranked = tuple(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))
        if not ranked or ranked[0][1] < _LEAST_REGION:
            return self._atlas.fallback_region, (), 0.1 if not ranked else 0.3, ranked
        first, top = ranked[0]
        also = tuple(
            region
            for region, score in ranked[1:]
            if region != self._atlas.fallback_region and score >= _ALSO_LEAST and score >= top * _ALSO_SHARE
            and any(c.region == region and c.kind not in FAINT for c in parts[0].claims)
        )
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        return first, also, chance_of_region(top, second), ranked

    def _chances(self, parts: Sequence[_Part]) -> tuple[dict[str, float], bool]:
        """The chance of each of the site's categories, and whether anything spoke at all."""
        model, slots = self._model, self._atlas.slots
        logits = [*model.bias, *([-2.0] * (len(slots) - len(model.bias)))]
        heard = False
        for part in parts:
            for _, _, slot, weight in part.said:
                logits[slot] += weight * part.share
            for slot, weight in enumerate(scores(model, part.lanes)):
                logits[slot] += weight * part.share * _MODEL_SHARE
            heard = heard or bool(part.said or part.lanes)
        most = max(logits)
        powers = [exp(logit - most) for logit in logits]
        total = sum(powers)
        return self._atlas.merged([power / total for power in powers]), heard

    def _witnesses(self, parts: Sequence[_Part], category: str) -> tuple[Witness, ...]:
        made: list[Witness] = []
        slots = self._atlas.slots
        wanted = slots.index(category) if category in slots else -1
        for part in parts:
            forms, share = part.text.forms, part.share
            made.extend(
                Witness(
                    words=" ".join(forms[c.start : c.end]),
                    table=f"{c.kind}:{c.name}",
                    label=c.region,
                    weight=round(c.weight * share, 2),
                )
                for c in part.claims
            )
            made.extend(
                Witness(
                    words=" ".join(forms[hit.start : hit.end]), table=kind, label=slots[slot], weight=round(w * share, 2)
                )
                for hit, kind, slot, w in part.said
            )
            if 0 <= wanted < len(self._model.categories):
                for feature, lane in part.lanes:
                    weight = weight_of(self._model, lane, wanted) * share
                    if weight >= 0.3:
                        made.append(Witness(words=feature, table="model", label=category, weight=round(weight, 2)))
        return tuple(made)


def engine(taxonomy: Taxonomy) -> Engine:
    """The labeller that ships, for one taxonomy."""
    return Engine(taxonomy, load_gazetteer(), load_model())


def _loudest(witnesses: Sequence[Witness], region: str, category: str) -> tuple[Witness, ...]:
    """The witnesses for the labels that won, loudest first; a word says what there is when none spoke."""
    own = [w for w in witnesses if w.label in {region, category} and w.weight > 0]
    own.sort(key=lambda w: -w.weight)
    return tuple(own[:_MOST_WITNESSES]) or (NOTHING,)


def _margin(ranked: Sequence[tuple[str, float]]) -> float:
    first = ranked[0][1] if ranked else 0.0
    return first - (ranked[1][1] if len(ranked) > 1 else 0.0)


Scores = Mapping[str, float]
