"""Alignment of the terms of two headlines: pairs of equal or related terms, with the weight that they share."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from msgspec import Struct
from rapidfuzz.distance.JaroWinkler import similarity

from digest.stories.text.features import Features
from digest.stories.text.tables import country_of

SYNONYM_FACTOR = 0.75
"""Share of its weight that a term keeps when it matches a synonym."""
CITY_FACTOR = 0.7
"""The same for a country that matches one of its cities."""
SPELLING_FACTOR = 0.9
"""The same for a name in another spelling (`Gaddafi`, `Qaddafi`)."""
SPELLING_SIMILARITY = 0.88
"""Smallest Jaro–Winkler similarity of two rare words that count as one name in two spellings."""


class Match(Struct, frozen=True, gc=False):
    """A pair of matching terms: the left one, the right one, the kind of match, and the weight that they share."""

    left: str
    right: str
    kind: str
    weight: float


class Alignment(Struct, frozen=True, gc=False):
    """All matches, heaviest first, the sum of their weights, and the unmatched terms of each side."""

    left: Features
    right: Features
    matches: tuple[Match, ...]
    shared_weight: float
    unmatched_left: AbstractSet[str]
    unmatched_right: AbstractSet[str]


def align(left: Features, right: Features) -> Alignment:
    """Match equal terms first, then synonyms, then a country with its city, then other spellings; each term once."""
    ours, theirs = left.terms, right.terms
    matches = [Match(t, t, "word", w) for t, w in ours.items() if t in theirs]
    a, b = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    # Most pairs lack one kind of term or another: a matcher runs only where both sides have such terms.
    if left.synonym_groups and right.synonym_groups:
        matches += _assign(_synonym_matches(left, right, a, b), a, b)
    if (left.countries and right.implied_countries) or (right.countries and left.implied_countries):
        matches += _assign(_city_matches(left, right, a, b), a, b)
    if left.rare_terms and right.rare_terms:
        matches += _assign(_spelling_matches(left, right, a, b), a, b)
    if len(matches) > 1:
        matches.sort(key=lambda m: (-m.weight, m.left))
    return Alignment(left, right, tuple(matches), sum([m.weight for m in matches]), a, b)


def _assign(candidates: Iterable[Match], a: set[str], b: set[str]) -> list[Match]:
    """Take the matches whose terms are still unmatched, the heaviest first; remove their terms from `a` and `b`."""
    assigned = []
    for match in sorted(candidates, key=_match_order) if candidates else ():
        if match.left in a and match.right in b:
            a.remove(match.left)
            b.remove(match.right)
            assigned.append(match)
    return assigned


def _match_order(match: Match) -> tuple[float, list[str]]:
    """Sort key: the heaviest match first; ties are ordered in the same way from both sides."""
    return -match.weight, sorted((match.left, match.right))


def _synonym_matches(left: Features, right: Features, a: set[str], b: set[str]) -> list[Match]:
    """Match terms of one group of synonyms."""
    return [
        Match(s, t, "synonym", SYNONYM_FACTOR * min(left.terms[s], right.terms[t]))
        for s, ours in left.synonym_groups.items()
        for t, theirs in right.synonym_groups.items()
        if ours == theirs and s in a and t in b
    ]


def _spelling_matches(left: Features, right: Features, a: set[str], b: set[str]) -> list[Match]:
    """Match rare words that differ by a few letters."""
    theirs = [t for t in right.rare_terms if t in b]
    return [
        Match(s, t, "spelling", SPELLING_FACTOR * min(left.terms[s], right.terms[t]))
        for s in left.rare_terms
        if s in a
        for t in theirs
        if similarity(s, t, score_cutoff=SPELLING_SIMILARITY)
    ]


def _city_matches(left: Features, right: Features, a: set[str], b: set[str]) -> list[Match]:
    """Match a country on one side with a city of it on the other, if the city is unmatched."""
    pairs = [(c, t) for c in a & left.countries & right.implied_countries for t in b & right.names]
    pairs += [(t, c) for c in b & right.countries & left.implied_countries for t in a & left.names]
    return [
        Match(s, t, "place", CITY_FACTOR * min(left.terms[s], right.terms[t]))
        for s, t in pairs
        if country_of(s) == country_of(t)
    ]
