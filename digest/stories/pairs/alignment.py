"""Two gists side by side: which terms of one answer which of the other, and how well."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from msgspec import Struct
from rapidfuzz.distance.JaroWinkler import similarity

from digest.stories.text.features import Gist
from digest.stories.text.tables import country_of

SYNONYM = 0.75
"""How much of its weight a term is worth that a synonym answers."""
WITHIN = 0.7
"""The same for a country that the other text has only through one of its cities."""
SPELLING = 0.9
"""The same for a name spelt otherwise (`Gaddafi`, `Qaddafi`)."""
ALIKE = 0.88
"""Jaro–Winkler similarity from which two rare words are one name spelt in two ways."""


class Match(Struct, frozen=True, gc=False):
    """One answer: the term of the left text, that of the right, how, and the weight they share."""

    left: str
    right: str
    how: str
    weight: float


class Alignment(Struct, frozen=True, gc=False):
    """All answers, heaviest first, what they weigh together, and the terms of each side that none answers."""

    left: Gist
    right: Gist
    matches: tuple[Match, ...]
    shared: float
    alone_left: AbstractSet[str]
    alone_right: AbstractSet[str]


def align(left: Gist, right: Gist) -> Alignment:
    """Equal terms first, then synonyms, then a country for its city, then names spelt otherwise; each term once."""
    ours, theirs = left.terms, right.terms
    matches = [Match(t, t, "word", w) for t, w in ours.items() if t in theirs]
    a, b = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    # Most pairs have nothing of one kind or another: each is asked for only where both sides have some of it.
    if left.group and right.group:
        matches += _taken(_synonyms(left, right, a, b), a, b)
    if (left.countries and right.within) or (right.countries and left.within):
        matches += _taken(_withins(left, right, a, b), a, b)
    if left.rare and right.rare:
        matches += _taken(_spellings(left, right, a, b), a, b)
    if len(matches) > 1:
        matches.sort(key=lambda m: (-m.weight, m.left))
    return Alignment(left, right, tuple(matches), sum([m.weight for m in matches]), a, b)


def _taken(found: Iterable[Match], a: set[str], b: set[str]) -> list[Match]:
    """The answers whose terms are free, the heaviest first; their terms are free no more."""
    taken = []
    for match in sorted(found, key=_first) if found else ():
        if match.left in a and match.right in b:
            a.remove(match.left)
            b.remove(match.right)
            taken.append(match)
    return taken


def _first(match: Match) -> tuple[float, list[str]]:
    """The heaviest answer first; among equals an order that is the same from both sides."""
    return -match.weight, sorted((match.left, match.right))


def _synonyms(left: Gist, right: Gist, a: set[str], b: set[str]) -> list[Match]:
    """Terms of one group of synonyms."""
    return [
        Match(s, t, "synonym", SYNONYM * min(left.terms[s], right.terms[t]))
        for s, ours in left.group.items()
        for t, theirs in right.group.items()
        if ours == theirs and s in a and t in b
    ]


def _spellings(left: Gist, right: Gist, a: set[str], b: set[str]) -> list[Match]:
    """Rare words that differ by a few letters."""
    theirs = [t for t in right.rare if t in b]
    return [
        Match(s, t, "spelling", SPELLING * min(left.terms[s], right.terms[t]))
        for s in left.rare
        if s in a
        for t in theirs
        if similarity(s, t, score_cutoff=ALIKE)
    ]


def _withins(left: Gist, right: Gist, a: set[str], b: set[str]) -> list[Match]:
    """A country on one side, a city of it on the other: the city is what answers, if it is free."""
    found = [(c, t) for c in a & left.countries & right.within for t in b & right.names]
    found += [(t, c) for c in b & right.countries & left.within for t in a & left.names]
    return [
        Match(s, t, "place", WITHIN * min(left.terms[s], right.terms[t]))
        for s, t in found
        if country_of(s) == country_of(t)
    ]
