"""Two gists side by side: which terms of one answer which of the other, and how well."""

from msgspec import Struct
from rapidfuzz.distance import JaroWinkler

from digest.stories.gist import Gist
from digest.stories.tables import country_of

SYNONYM = 0.75
"""How much of its weight a term is worth that a synonym answers."""
WITHIN = 0.7
"""The same for a country that the other text has only through one of its cities."""
SPELLING = 0.9
"""The same for a name spelt otherwise (`Gaddafi`, `Qaddafi`)."""
ALIKE = 0.88
"""Jaro–Winkler similarity from which two rare words are one name spelt in two ways."""
RARE, LETTERS = 5.0, 5
"""Rarity above which, and letters from which on, a word may be a name spelt otherwise."""


class Match(Struct, frozen=True, gc=False):
    """One answer: the term of the left text, that of the right, how, and the weight they share."""

    left: str
    right: str
    how: str
    weight: float


class Alignment(Struct, frozen=True, gc=False):
    """All answers, heaviest first, and the terms of each side that none answers."""

    left: Gist
    right: Gist
    matches: tuple[Match, ...]
    alone_left: frozenset[str]
    alone_right: frozenset[str]


def align(left: Gist, right: Gist) -> Alignment:
    """Equal terms first, then synonyms, then a country for its city, then names spelt otherwise; each term once."""
    ours, theirs = left.terms, right.terms
    matches = [Match(t, t, "word", w) for t, w in ours.items() if t in theirs]
    a, b = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    for answers in (_synonyms, _withins, _spellings):
        for match in sorted(answers(left, right, a, b), key=_first):
            if match.left in a and match.right in b:
                a.remove(match.left)
                b.remove(match.right)
                matches.append(match)
    matches.sort(key=lambda m: (-m.weight, m.left))
    return Alignment(left, right, tuple(matches), frozenset(a), frozenset(b))


def _first(match: Match) -> tuple[float, list[str]]:
    """The heaviest answer first; among equals an order that is the same from both sides."""
    return -match.weight, sorted((match.left, match.right))


def _synonyms(left: Gist, right: Gist, a: set[str], b: set[str]) -> list[Match]:
    """Terms of one group of synonyms."""
    ours, theirs = a & left.group.keys(), b & right.group.keys()
    return [
        Match(s, t, "synonym", SYNONYM * min(left.terms[s], right.terms[t]))
        for s in ours
        for t in theirs
        if left.group[s] == right.group[t]
    ]


def _spellings(left: Gist, right: Gist, a: set[str], b: set[str]) -> list[Match]:
    """Rare words that differ by a few letters."""
    ours, theirs = _rare(left, a), _rare(right, b)
    return [
        Match(s, t, "spelling", SPELLING * min(left.terms[s], right.terms[t]))
        for s in ours
        for t in theirs
        if JaroWinkler.similarity(s, t, score_cutoff=ALIKE)
    ]


def _rare(gist: Gist, terms: set[str]) -> list[str]:
    return [t for t in terms if gist.terms[t] > RARE and len(t) >= LETTERS and t.isalpha()]


def _withins(left: Gist, right: Gist, a: set[str], b: set[str]) -> list[Match]:
    """A country on one side, a city of it on the other: the city is what answers, if it is free."""
    found = [(c, t) for c in a & left.countries & right.within for t in b & right.names]
    found += [(t, c) for c in b & right.countries & left.within for t in a & left.names]
    return [
        Match(s, t, "place", WITHIN * min(left.terms[s], right.terms[t]))
        for s, t in found
        if country_of(s) == country_of(t)
    ]
