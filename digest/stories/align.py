"""Two gists side by side: which terms of one answer which of the other, and how well."""

from collections.abc import Iterable

from msgspec import Struct
from rapidfuzz.distance import JaroWinkler

from digest.stories.gist import Gist

SYNONYM = 0.75
"""How much of its weight a term is worth that a synonym answers."""
WITHIN = 0.7
"""The same for a country that the other text has only through one of its cities."""
SPELLING = 0.9
"""The same for a name spelt otherwise (`Gaddafi`, `Qaddafi`)."""
ALIKE = 0.88
"""Jaro–Winkler similarity from which two rare words are one name spelt in two ways."""


class Match(Struct, frozen=True):
    """One answer: the term of the left text, that of the right, how, and the weight they share."""

    left: str
    right: str
    how: str
    weight: float


class Alignment(Struct, frozen=True):
    """All answers, heaviest first, and the terms of each side that none answers."""

    left: Gist
    right: Gist
    matches: tuple[Match, ...]
    alone_left: frozenset[str]
    alone_right: frozenset[str]

    @property
    def shared(self) -> float:
        """The weight that both sides share."""
        return sum(m.weight for m in self.matches)


def align(left: Gist, right: Gist) -> Alignment:
    """Equal terms first, then synonyms, then a country for its city, then names spelt otherwise; each term once."""
    matches = [Match(t, t, "word", w) for t, w in left.terms.items() if t in right.terms]
    same = {m.left for m in matches}
    a, b = left.terms.keys() - same, right.terms.keys() - same
    for found in (_synonyms(left, right, a, b), _withins(left, right, a, b), _spellings(left, right, a, b)):
        for match in found:
            if match.left in a and match.right in b:
                a, b = a - {match.left}, b - {match.right}
                matches.append(match)
    matches.sort(key=lambda m: (-m.weight, m.left))
    return Alignment(left, right, tuple(matches), frozenset(a), frozenset(b))


def _synonyms(left: Gist, right: Gist, a: Iterable[str], b: Iterable[str]) -> list[Match]:
    by_group = {right.group[t]: t for t in sorted(b) if t in right.group}
    pairs = ((t, by_group[left.group[t]]) for t in sorted(a) if left.group.get(t) in by_group)
    return [Match(s, t, "synonym", SYNONYM * min(left.terms[s], right.terms[t])) for s, t in pairs]


def _withins(left: Gist, right: Gist, a: Iterable[str], b: Iterable[str]) -> list[Match]:
    found = [Match(t, t, "place", WITHIN * left.terms[t]) for t in sorted(a) if t in right.within and t[0] == "@"]
    return found


def _spellings(left: Gist, right: Gist, a: Iterable[str], b: Iterable[str]) -> list[Match]:
    found = []
    others = [t for t in sorted(b) if len(t) > 4 and t.isalpha() and right.terms[t] > 5]
    for s in sorted(a):
        if len(s) > 4 and s.isalpha() and left.terms[s] > 5:
            for t in others:
                if abs(len(s) - len(t)) <= 3 and JaroWinkler.similarity(s, t) >= ALIKE:
                    found.append(Match(s, t, "spelling", SPELLING * min(left.terms[s], right.terms[t])))
    return found
