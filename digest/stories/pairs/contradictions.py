"""Contradictions between two headlines, after which neither may replace the other."""

from collections.abc import Callable
from enum import StrEnum
from itertools import combinations

from digest.stories.pairs.alignment import Alignment
from digest.stories.text.features import Gist
from digest.stories.text.tables import opposites

MOVED = 3.0
"""A toll may grow or shrink by this factor and still be that of one event."""
LONGEST = 15
"""Digits of the longest number that is a quantity."""


class Turn(StrEnum):
    """Kind of contradiction between two headlines."""

    OPPOSITE = "opposite"
    NEGATION = "negation"
    ROLES = "roles"
    PLACE = "place"
    NAME = "name"
    NUMBER = "number"
    PERIOD = "period"


def turn_between(found: Alignment) -> Turn | None:
    """The gravest turn between two aligned texts; None if one may be the other said again."""
    for turn, holds in _TURNS:
        if holds(found):
            return turn
    return None


def _opposed(found: Alignment) -> bool:
    """A word of one side stands against a word of the other, and neither side has both."""
    if not found.left.poles or not found.right.poles:
        return False
    ours, theirs = found.left.poles - found.right.poles, found.right.poles - found.left.poles
    against = opposites()
    return bool(ours and theirs) and any(against[stem] & theirs for stem in ours)


def _elsewhere(found: Alignment) -> bool:
    """Each side names a country of which the other knows nothing."""
    left, right = found.left, found.right
    if not left.countries or not right.countries:
        return False
    return bool(
        (found.alone_left & left.countries) - right.within and (found.alone_right & right.countries) - left.within
    )


def _periods_differ(found: Alignment) -> bool:
    """Both say which of several, of one kind, and say different ones."""
    ours, theirs = found.left.periods, found.right.periods
    if not ours or not theirs:
        return False
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return bool(kinds - {kind for kind, _ in ours & theirs})


def _roles_swapped(found: Alignment) -> bool:
    """Return True when agent and object have changed places: `X beats Y`, `Y beats X`.

    Two names side by side are a list, in which the order says nothing; a `by` between them turns the roles once more.
    """
    left, right = found.left, found.right
    if len(found.matches) < 2 or not (left.named or right.named):
        return False
    named = left.names | left.countries | right.names | right.countries
    pairs = [(m.left, m.right) for m in found.matches if m.left in named or m.right in named]
    if len(pairs) < 2:
        return False
    ours, theirs = ({term: at for at, term in enumerate(gist.terms)} for gist in (left, right))
    return any(
        _swapped(left, ours[a], ours[c]) != _swapped(right, theirs[b], theirs[d])
        for (a, b), (c, d) in combinations(pairs, 2)
        if abs(ours[a] - ours[c]) > 1 and abs(theirs[b] - theirs[d]) > 1
    )


def _swapped(gist: Gist, one: int, other: int) -> bool:
    """Return True when the second of two terms is the agent, by word order and `by`."""
    return (one > other) != any(min(one, other) < at <= max(one, other) for at in gist.bys)


def _other_name(found: Alignment) -> bool:
    """Each side has a name that the other lacks."""
    return not (found.alone_left.isdisjoint(found.left.names) or found.alone_right.isdisjoint(found.right.names))


def _one_denies(found: Alignment) -> bool:
    return found.left.denies != found.right.denies


def _numbers_differ(found: Alignment) -> bool:
    """Each side has a number that the other lacks, and it is no toll that moved."""
    left, right = found.left, found.right
    if not left.numbers or not right.numbers:
        return False
    ours, theirs = left.numbers - right.numbers, right.numbers - left.numbers
    if not ours or not theirs:
        return False
    if ours <= left.counts and theirs <= right.counts:
        low, high = sorted(max(map(value_of, side)) for side in (ours, theirs))
        return low * MOVED < high
    return True


def value_of(number: str) -> float:
    """A number as a quantity; 0 for a score line, a range or one too long to be a quantity."""
    return float(number) if len(number) <= LONGEST and number.replace(".", "", 1).isdecimal() else 0.0


_TURNS: tuple[tuple[Turn, Callable[[Alignment], bool]], ...] = (
    (Turn.OPPOSITE, _opposed),
    (Turn.PLACE, _elsewhere),
    (Turn.PERIOD, _periods_differ),
    (Turn.ROLES, _roles_swapped),
    (Turn.NAME, _other_name),
    (Turn.NEGATION, _one_denies),
    (Turn.NUMBER, _numbers_differ),
)
"""The gravest first."""
