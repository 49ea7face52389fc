"""Regions of a text: votes of the terms found, weighted by table, position and context.

The rules:

- A country outweighs its cities; a place outweighs a person.
- Several votes for one region reinforce each other.
- An ambiguous term takes the reading that its neighbours support.
- The place of the action outweighs the actor: `in`, `near` and similar words before a place raise its weight; `-led`
  and `-backed` after it lower it; a country that acts all over the world counts less beside another country.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from digest.labels.gazetteer.lookup import Hit
from digest.labels.gazetteer.taxonomy import ResolvedReading
from digest.labels.text.function_words import (
    ACTOR_SUFFIXES,
    COMPANION_WORDS,
    LOCATIVE_WORDS,
    NAME_MODIFIERS,
    TARGET_WORDS,
)
from digest.labels.text.tokenizer import Style, Text

TABLE_WEIGHTS: Mapping[str, float] = {
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
STRONG_TABLES = frozenset({"countries", "demonyms", "capitals", "divisions", "places", "languages", "terms", "groups"})
WEAK_TABLES = frozenset({"hints", "words", "media"})
_PLACE_TABLES = STRONG_TABLES | {"cities"}
_GLOBAL_POWERS = frozenset({"US"})
_RANK_FACTORS = (1.0, 0.5, 0.35, 0.2)
_MAX_KICKER_WORDS = 5
_WORLD_FACTOR, _GLOBAL_POWER_FACTOR = 0.5, 0.75

Readings = tuple[ResolvedReading, ...]


class RegionVote(Struct):
    """Vote of one hit for one region. `name` is the country or slug in the table."""

    start: int
    end: int
    table: str
    region: str
    name: str
    weight: float
    flags: str


def region_votes(text: Text, hits: Sequence[Hit], readings: Sequence[Readings], fallback: str) -> list[RegionVote]:
    """Return the votes of all hits for regions."""
    places = [(hit, found) for hit in hits if (found := _place_readings(text, hit, readings[hit.entry]))]
    support = _unambiguous_support(places, fallback)
    kicker_end = _kicker_end(text)
    votes: list[RegionVote] = []
    for hit, candidates in places:
        reading, supported = _disambiguate(candidates, support)
        factor = 1.0 - hit.ambiguity
        if "~" in reading.flags or hit.ambiguity:
            factor = max(factor, 0.8) if supported else factor * (0.45 if "~" in reading.flags else 1.0)
        factor *= _context_factor(text, hit, reading.table) * (1.25 if hit.end <= kicker_end else 1.0)
        base = TABLE_WEIGHTS[reading.table] * factor
        votes.extend(
            RegionVote(hit.start, hit.end, reading.table, region, name, base * weight, reading.flags)
            for region, name, weight in reading.places
        )
    return _dampen(votes, fallback)


def region_scores(votes: Sequence[RegionVote]) -> dict[str, float]:
    """Return region → score: the strongest vote counts in full, the next ones less and less (`_RANK_FACTORS`)."""
    by_region: dict[str, list[float]] = defaultdict(list)
    for vote in votes:
        by_region[vote.region].append(vote.weight)
    scores = {}
    for region, weights in by_region.items():
        weights.sort(reverse=True)
        scores[region] = sum(w * f for w, f in zip(weights, _RANK_FACTORS, strict=False))
    return scores


def _unambiguous_support(places: Sequence[tuple[Hit, Readings]], fallback: str) -> Mapping[str, float]:
    """Return country or region → weight of the hits that have one meaning only."""
    support: dict[str, float] = defaultdict(float)
    for hit, readings in places:
        if len(readings) == 1 and "~" not in readings[0].flags and not hit.ambiguity:
            for region, name, weight in readings[0].places:
                if region != fallback:
                    support[name] += weight
                    support[region] += weight * 0.5
    return support


def _place_readings(text: Text, hit: Hit, readings: Readings) -> Readings:
    """Return the readings that are places; no acronyms where the text uses capitals and these words have none."""
    places = tuple(reading for reading in readings if reading.places)
    if len(places) > 1 and text.style in {Style.SENTENCE, Style.TITLE} and not text.forms[hit.start].isupper():
        return tuple(reading for reading in places if "A" not in reading.flags)
    return places


def _disambiguate(readings: Readings, support: Mapping[str, float]) -> tuple[ResolvedReading, bool]:
    """Return the reading with most support, else the first, and whether any has support."""
    best, most = readings[0], 0.0
    for reading in readings:
        threshold = 0.0 if len(readings) > 1 or "~" in reading.flags else 1e-9
        score = sum(support.get(name, 0.0) + 0.2 * support.get(region, 0.0) for region, name, _ in reading.places)
        if score - threshold > most:
            best, most = reading, score - threshold
    return best, most > 0


def _kicker_end(text: Text) -> int:
    """Return the position of the colon after a kicker (`Ukraine war: …`), or 0."""
    for at, key in enumerate(text.keys[: _MAX_KICKER_WORDS + 1]):
        if key == ":":
            return at
    return 0


def _context_factor(text: Text, hit: Hit, table: str) -> float:
    """Return the factor for the words around a place: location or actor."""
    keys, factor = text.keys, 1.0
    if hit.end < len(keys) and keys[hit.end] in ACTOR_SUFFIXES:
        factor = 0.6
    if table not in _PLACE_TABLES:
        return factor
    at = hit.start - 1
    while at >= 0 and keys[at] in NAME_MODIFIERS:
        at -= 1
    if at < 0:
        return factor * 1.1
    before = keys[at]
    if before in LOCATIVE_WORDS:
        return factor * 1.6
    if before in TARGET_WORDS:
        return factor * 1.25
    return factor * (0.9 if before in COMPANION_WORDS else 1.0)


def _dampen(votes: list[RegionVote], fallback: str) -> list[RegionVote]:
    """Lower the votes for the fallback region and for global powers when another place is named."""
    named = [vote for vote in votes if vote.table in STRONG_TABLES and vote.region != fallback]
    other_country = any(vote.name not in _GLOBAL_POWERS for vote in named)
    for vote in votes:
        if vote.region == fallback and named:
            vote.weight *= _WORLD_FACTOR
        elif vote.name in _GLOBAL_POWERS and other_country:
            vote.weight *= _GLOBAL_POWER_FACTOR
    return votes
