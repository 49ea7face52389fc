"""Two gists → the numbers that say how alike they are, and where they contradict each other."""

import math

from msgspec import Struct

from digest.stories.align import Alignment, Match, align
from digest.stories.gist import Gist
from digest.stories.tables import rarest, rarities, routine
from digest.stories.turns import Turn, turn_between, value_of

LONG = 40.0
"""Shared weight from which more of it says no more: five or six rare words."""
CLOSE = 0.05
"""Two tolls no further apart than this are the same count, taken twice."""
APART = 0.3
"""Two tolls this far apart, of the larger, are as different as any."""
TELLING = 5.0
"""Weight of words that are not routine by which two reports tell of one event: one word of middling rarity."""


class Signals(Struct, frozen=True, kw_only=True, gc=False):
    """What the comparison of two texts gives. Shares are 0–1; weights are in the units of `rarities`.

    `cover` is the share of the shorter text that the other answers, `dice` that of both together; `alone` is the weight
    that the shorter text has to itself; `words` is the weight shared in words that are no country and no number;
    `routine` says that they share no more than a daily report does with the next.
    """

    matches: tuple[Match, ...]
    cosine: float
    cover: float
    dice: float
    shared: float
    names: float
    top: float
    alone: float
    country: float
    numbers: float
    words: float
    routine: bool
    turn: Turn | None


def signals_of(left: Gist, right: Gist) -> Signals:
    """Compare two gists; the same either way round, but for the order of the words in `matches`."""
    found = align(left, right)
    shared = sum([m.weight for m in found.matches])
    small, large = sorted((max(left.total, 1.0), max(right.total, 1.0)))
    power = sum(m.weight * max(left.terms.get(m.left, 1.0), right.terms.get(m.right, 1.0)) for m in found.matches)
    return Signals(
        matches=found.matches,
        cosine=min(1.0, power / math.sqrt(max(left.power, 1.0) * max(right.power, 1.0))),
        cover=shared / small,
        dice=2 * shared / (small + large),
        shared=min(shared, LONG),
        names=_names_shared(found),
        top=max((m.weight for m in found.matches), default=0.0),
        alone=min(left.total, right.total) - shared,
        country=_country_shared(left, right),
        numbers=_numbers_apart(left, right),
        words=sum([m.weight for m in _words(found.matches)]),
        routine=_routine(found.matches),
        turn=turn_between(found),
    )


def _words(matches: tuple[Match, ...]) -> list[Match]:
    """The answers that are neither a country, for another or for its city, nor a number."""
    return [m for m in matches if m.left[0] not in "@#" and m.how != "place"]


def _routine(matches: tuple[Match, ...]) -> bool:
    """Whether what both share is the language of a daily report: two such words, and hardly another."""
    words = _words(matches)
    telling = sum(m.weight for m in words if m.left not in routine())
    return telling < TELLING and sum(m.left in routine() for m in words) >= 2


def _names_shared(found: Alignment) -> float:
    """The share of the names' weight, of the side that names less, which both sides name."""
    left, right = _names_weight(found.left), _names_weight(found.right)
    if not left or not right:
        return 0.0
    ours, theirs = found.left.names | found.left.countries, found.right.names
    return min(1.0, sum(m.weight for m in found.matches if m.left in ours or m.right in theirs) / min(left, right))


def _country_shared(left: Gist, right: Gist) -> float:
    """The rarity of the rarest country that both tell of, by its name or by a city of it."""
    both = (left.countries | left.within) & (right.countries | right.within)
    return max((rarities().get(c, rarest()) for c in both), default=0.0)


def _names_weight(gist: Gist) -> float:
    return math.fsum(gist.terms[t] for t in gist.names | gist.countries)  # exact, whatever the order of the set


def _numbers_apart(left: Gist, right: Gist) -> float:
    """0 if the nearest numbers of both are equal or nearly so, 1 if they are far apart; 0 where one has none."""
    if not left.numbers or not right.numbers:
        return 0.0
    ours, theirs = (list(map(value_of, gist.numbers)) for gist in (left, right))
    nearest = min(abs(a - b) / max(a, b, 1.0) for a in ours for b in theirs)
    return min(1.0, nearest / APART) if nearest > CLOSE else 0.0
