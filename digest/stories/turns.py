"""Whether one headline turns the other round, or tells of someone or somewhere else: then it never replaces it."""

from enum import StrEnum

from digest.stories.align import Alignment
from digest.stories.gist import Gist
from digest.stories.tables import negations, opposites, periods
from digest.stories.words import stem_of


MOVED = 3.0
"""A toll may grow or shrink by this factor and still be that of one event."""


class Turn(StrEnum):
    """How one headline departs from the other."""

    OPPOSITE = "opposite"
    NEGATION = "negation"
    ROLES = "roles"
    PLACE = "place"
    NAME = "name"
    NUMBER = "number"
    PERIOD = "period"


def turn_between(found: Alignment) -> Turn | None:
    """The gravest turn between two aligned texts; None if one may be the other said again."""
    left, right = found.left, found.right
    if _opposed(left, right):
        return Turn.OPPOSITE
    if found.alone_left & left.countries - right.within and found.alone_right & right.countries - left.within:
        return Turn.PLACE
    if _periods_differ(left, right):
        return Turn.PERIOD
    if _roles_swapped(found):
        return Turn.ROLES
    if found.alone_left & left.names and found.alone_right & right.names:
        return Turn.NAME
    if _denies(left) != _denies(right):
        return Turn.NEGATION
    return Turn.NUMBER if _numbers_differ(left, right) else None


def _opposed(left: Gist, right: Gist) -> bool:
    """A word of one side stands against a word of the other, and neither side has both."""
    ours, theirs = (frozenset(map(stem_of, gist.folded)) for gist in (left, right))
    against = opposites()
    return any(against[stem] & (theirs - ours) for stem in ours - theirs if stem in against)


def _denies(gist: Gist) -> bool:
    return not negations().isdisjoint(gist.folded)


def _periods_differ(left: Gist, right: Gist) -> bool:
    """Both say which of several, of one kind, and say different ones."""
    ours, theirs = ({(periods()[w], w) for w in gist.folded if w in periods()} for gist in (left, right))
    kinds = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return any({w for k, w in ours if k == kind}.isdisjoint(w for k, w in theirs if k == kind) for kind in kinds)


def _roles_swapped(found: Alignment) -> bool:
    """Who does it and who suffers it have changed places: `X beats Y`, `Y beats X`.

    Two names side by side are a list, in which the order says nothing; a `by` between them turns the roles once more.
    """
    left, right = found.left, found.right
    named = left.names | left.countries | right.names | right.countries
    places = [
        (_place(left, m.left), _place(right, m.right)) for m in found.matches if m.left in named or m.right in named
    ]
    for at, (a, b) in enumerate(places):
        for c, d in places[at + 1 :]:
            if _between(left, a, c) and _between(right, b, d):
                crossed = (a < c) != (b < d)
                if crossed != (_by(left, a, c) != _by(right, b, d)):
                    return True
    return False


def _place(gist: Gist, term: str) -> int:
    """The index of a term's first word; -1 for a country that only a city implies."""
    return next((at for key, at in gist.chain if key == term), -1)


def _between(gist: Gist, one: int, other: int) -> bool:
    """Whether a term stands between two words."""
    low, high = sorted((one, other))
    return low >= 0 and any(low < at < high for _, at in gist.chain)


def _by(gist: Gist, one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return "by" in gist.folded[low:high]


def _numbers_differ(left: Gist, right: Gist) -> bool:
    """Each side has a number that the other lacks, and it is no toll that moved."""
    ours, theirs = set(left.numbers) - set(right.numbers), set(right.numbers) - set(left.numbers)
    if not ours or not theirs:
        return False
    if ours <= left.counts and theirs <= right.counts:
        a, b = (max((float(n) for n in side if n.isdigit()), default=0.0) for side in (ours, theirs))
        return min(a, b) * MOVED < max(a, b)
    return True
