"""Contradictions between two similar headlines: with one, neither headline may replace the other."""

from collections.abc import Callable
from enum import StrEnum
from itertools import combinations

from digest.stories.pairs.alignment import Alignment
from digest.stories.text.features import Features
from digest.stories.text.tables import antonyms

TOLL_FACTOR = 3.0
"""Largest factor between two death tolls of one event."""
MAX_DIGITS = 15
"""Largest number of digits of a quantity."""


class Contradiction(StrEnum):
    """Kind of contradiction between two headlines."""

    OPPOSITE = "opposite"
    NEGATION = "negation"
    ROLES = "roles"
    PLACE = "place"
    NAME = "name"
    NUMBER = "number"
    PERIOD = "period"


def contradiction_of(alignment: Alignment) -> Contradiction | None:
    """Return the gravest contradiction between two aligned texts, or None."""
    for contradiction, holds in _CHECKS:
        if holds(alignment):
            return contradiction
    return None


def _has_antonyms(alignment: Alignment) -> bool:
    """Return True when a word of one side is an antonym of a word of the other, and neither side has both."""
    left, right = alignment.left.antonym_stems, alignment.right.antonym_stems
    if not left or not right:
        return False
    ours, theirs = left - right, right - left
    table = antonyms()
    return bool(ours and theirs) and any(table[stem] & theirs for stem in ours)


def _other_place(alignment: Alignment) -> bool:
    """Return True when each side names a country that the other neither names nor implies."""
    left, right = alignment.left, alignment.right
    if not left.countries or not right.countries:
        return False
    ours = (alignment.unmatched_left & left.countries) - right.implied_countries
    theirs = (alignment.unmatched_right & right.countries) - left.implied_countries
    return bool(ours and theirs)


def _periods_differ(alignment: Alignment) -> bool:
    """Return True when both sides have period words of one kind, such as weekdays, but none in common."""
    ours, theirs = alignment.left.periods, alignment.right.periods
    if not ours or not theirs:
        return False
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return bool(kinds - {kind for kind, _ in ours & theirs})


def _roles_swapped(alignment: Alignment) -> bool:
    """Return True when agent and object have changed places: `X beats Y`, `Y beats X`.

    Two adjacent names are a list, whose order means nothing; a `by` between them swaps the roles again.
    """
    left, right = alignment.left, alignment.right
    if len(alignment.matches) < 2 or not (left.name_weight or right.name_weight):
        return False
    names = left.names | left.countries | right.names | right.countries
    pairs = [(m.left, m.right) for m in alignment.matches if m.left in names or m.right in names]
    if len(pairs) < 2:
        return False
    ours, theirs = ({term: at for at, term in enumerate(side.terms)} for side in (left, right))
    return any(
        _is_reversed(left, ours[a], ours[c]) != _is_reversed(right, theirs[b], theirs[d])
        for (a, b), (c, d) in combinations(pairs, 2)
        if abs(ours[a] - ours[c]) > 1 and abs(theirs[b] - theirs[d]) > 1
    )


def _is_reversed(features: Features, one: int, other: int) -> bool:
    """Return True when the second of two terms is the agent, by word order and `by`."""
    return (one > other) != any(min(one, other) < at <= max(one, other) for at in features.by_positions)


def _other_name(alignment: Alignment) -> bool:
    """Return True when each side has a name that the other lacks."""
    has_left = not alignment.unmatched_left.isdisjoint(alignment.left.names)
    return has_left and not alignment.unmatched_right.isdisjoint(alignment.right.names)


def _negation_differs(alignment: Alignment) -> bool:
    return alignment.left.is_negated != alignment.right.is_negated


def _numbers_differ(alignment: Alignment) -> bool:
    """Return True when each side has a number that the other lacks, unless these are tolls of similar size."""
    left, right = alignment.left, alignment.right
    if not left.numbers or not right.numbers:
        return False
    ours, theirs = left.numbers - right.numbers, right.numbers - left.numbers
    if not ours or not theirs:
        return False
    if ours <= left.casualty_counts and theirs <= right.casualty_counts:
        low, high = sorted(max(map(value_of, side)) for side in (ours, theirs))
        return low * TOLL_FACTOR < high
    return True


def value_of(number: str) -> float:
    """Return a number as a quantity; 0 for a score line, a range or a number with more than `MAX_DIGITS` digits."""
    return float(number) if len(number) <= MAX_DIGITS and number.replace(".", "", 1).isdecimal() else 0.0


_CHECKS: tuple[tuple[Contradiction, Callable[[Alignment], bool]], ...] = (
    (Contradiction.OPPOSITE, _has_antonyms),
    (Contradiction.PLACE, _other_place),
    (Contradiction.PERIOD, _periods_differ),
    (Contradiction.ROLES, _roles_swapped),
    (Contradiction.NAME, _other_name),
    (Contradiction.NEGATION, _negation_differs),
    (Contradiction.NUMBER, _numbers_differ),
)
"""The gravest first."""
