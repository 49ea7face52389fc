"""Regions of a text: evidence weighted by its kind, its position and the words before it.

A country outweighs its cities, a place outweighs a person, several witnesses of one region reinforce each other, a term
with several readings takes the one that its neighbours support, and the place of the action outweighs the actor's:
`in`, `near` and their like before a place raise it, `-led` and `-backed` after it lower it, and a power that acts
everywhere counts less beside another country.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.labels.gazetteer.lookup import Hit
from digest.labels.gazetteer.taxonomy import Resolved
from digest.labels.text.function_words import ACTING, BEFORE_A_NAME, BESIDE, LOCATIVE, TOWARDS
from digest.labels.text.tokenizer import Style, Text

WEIGHTS: Mapping[str, float] = {
    "countries": 3.0,
    "demonyms": 2.5,
    "capitals": 2.6,
    "cities": 1.0,
    "divisions": 2.3,
    "places": 2.2,
    "people": 1.9,
    "bodies": 1.9,
    "groups": 2.0,
    "companies": 1.3,
    "media": 1.0,
    "sport": 1.6,
    "clubs": 1.4,
    "culture": 1.3,
    "languages": 2.8,
    "words": 1.0,
    "hints": 0.5,
    "terms": 3.0,
}
STRONG = frozenset({"countries", "demonyms", "capitals", "divisions", "places", "languages", "terms", "groups"})
FAINT_KINDS = frozenset({"hints", "words", "media"})
_PLACES = STRONG | {"cities"}
_EVERYWHERE = frozenset({"US"})
_REINFORCE = (1.0, 0.5, 0.35, 0.2)
_KICKER = 5
_WORLD_BESIDE, _POWER_BESIDE = 0.5, 0.75


class Claim(Struct):
    """One witness for one region before it is summed. `name` is the country or slug in the table."""

    start: int
    end: int
    kind: str
    region: str
    name: str
    weight: float
    flags: str


def claims(text: Text, found: Sequence[Hit], readings: Sequence[tuple[Resolved, ...]], world: str) -> list[Claim]:
    """Return the votes of all hits for regions."""
    sure: dict[str, float] = defaultdict(float)
    placed = [(hit, own) for hit in found if (own := _placed(text, hit, readings[hit.entry]))]
    for hit, own in placed:
        if len(own) == 1 and "~" not in own[0].flags and not hit.doubt:
            for region, name, weight in own[0].places:
                if region != world:
                    sure[name] += weight
                    sure[region] += weight * 0.5
    colon = _kicker(text)
    made: list[Claim] = []
    for hit, own in placed:
        reading, support = _chosen(own, sure)
        factor = 1.0 - hit.doubt
        if "~" in reading.flags or hit.doubt:
            factor = max(factor, 0.8) if support else factor * (0.45 if "~" in reading.flags else 1.0)
        factor *= _stand(text, hit, reading.kind) * (1.25 if hit.end <= colon else 1.0)
        base = WEIGHTS[reading.kind] * factor
        made.extend(
            Claim(hit.start, hit.end, reading.kind, region, name, base * weight, reading.flags)
            for region, name, weight in reading.places
        )
    return _calmed(made, world)


def totals(made: Sequence[Claim]) -> dict[str, float]:
    """Region → score: the loudest witness in full, the next ones less and less; a name said twice counts once."""
    by_region: dict[str, list[float]] = defaultdict(list)
    for claim in made:
        by_region[claim.region].append(claim.weight)
    scores = {}
    for region, weights in by_region.items():
        weights.sort(reverse=True)
        scores[region] = sum(w * f for w, f in zip(weights, _REINFORCE, strict=False))
    return scores


def _placed(text: Text, hit: Hit, readings: tuple[Resolved, ...]) -> tuple[Resolved, ...]:
    """The readings that speak of places, without acronyms where the text has capitals and these words have not."""
    own = tuple(reading for reading in readings if reading.places)
    if len(own) > 1 and text.style in {Style.SENTENCE, Style.TITLE} and not text.forms[hit.start].isupper():
        return tuple(reading for reading in own if "A" not in reading.flags)
    return own


def _chosen(readings: tuple[Resolved, ...], sure: Mapping[str, float]) -> tuple[Resolved, bool]:
    """The reading that the sure witnesses support most, else the first."""
    best, most = readings[0], 0.0
    for reading in readings:
        own = 0.0 if len(readings) > 1 or "~" in reading.flags else 1e-9
        support = sum(sure.get(name, 0.0) + 0.2 * sure.get(region, 0.0) for region, name, _ in reading.places) - own
        if support > most:
            best, most = reading, support
    return best, most > 0


def _kicker(text: Text) -> int:
    """Return the position of the colon after a kicker (`Ukraine war: …`), or 0."""
    for at, key in enumerate(text.keys[: _KICKER + 1]):
        if key == ":":
            return at
    return 0


def _stand(text: Text, hit: Hit, kind: str) -> float:
    """Return the weight of a place by the words around it: location or actor."""
    keys, factor = text.keys, 1.0
    if hit.end < len(keys) and keys[hit.end] in ACTING:
        factor = 0.6
    if kind not in _PLACES:
        return factor
    at = hit.start - 1
    while at >= 0 and keys[at] in BEFORE_A_NAME:
        at -= 1
    if at < 0:
        return factor * 1.1
    before = keys[at]
    if before in LOCATIVE:
        return factor * 1.6
    if before in TOWARDS:
        return factor * 1.25
    return factor * (0.9 if before in BESIDE else 1.0)


def _calmed(made: list[Claim], world: str) -> list[Claim]:
    """Beside a place that is named, the world at large counts less, and so does a power that acts everywhere."""
    named = [c for c in made if c.kind in STRONG and c.region != world]
    beside = any(c.name not in _EVERYWHERE for c in named)
    for claim in made:
        if claim.region == world and named:
            claim.weight *= _WORLD_BESIDE
        elif claim.name in _EVERYWHERE and beside:
            claim.weight *= _POWER_BESIDE
    return made
