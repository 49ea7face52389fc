"""Two gists → the numbers that say how alike they are, and where they contradict each other."""

import math
from collections.abc import Sequence

from msgspec import Struct

from digest.stories.pairs.alignment import Alignment, Match
from digest.stories.pairs.contradictions import Turn, turn_between, value_of
from digest.stories.text.features import Gist
from digest.stories.text.tables import rarest, rarities, routine

LONG = 40.0
"""Shared weight from which more of it says no more: five or six rare words."""
CLOSE = 0.05
"""Two tolls no further apart than this are the same count, taken twice."""
APART = 0.3
"""Two tolls this far apart, of the larger, are as different as any."""
TELLING = 5.0
"""Weight of words that are not routine by which two reports tell of one event: one word of middling rarity."""


class Signals(Struct, frozen=True, kw_only=True, gc=False):
    """Result of comparing two texts. Shares are 0 to 1; weights are in the units of `rarities`.

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


def signals_of(found: Alignment) -> Signals:
    """Compare two aligned texts. Symmetric, except for the word order in `matches`."""
    left, right, matches, shared = found.left, found.right, found.matches, found.shared
    small, large = sorted((max(left.total, 1.0), max(right.total, 1.0)))
    ours, theirs = left.terms, right.terms
    power = sum([m.weight * max(ours[m.left], theirs[m.right]) for m in matches])
    words = [m for m in matches if m.left[0] not in "@#" and m.how != "place"]
    return Signals(
        matches=matches,
        cosine=min(1.0, power / math.sqrt(max(left.power, 1.0) * max(right.power, 1.0))),
        cover=shared / small,
        dice=2 * shared / (small + large),
        shared=min(shared, LONG),
        names=_names_shared(found),
        top=matches[0].weight if matches else 0.0,
        alone=min(left.total, right.total) - shared,
        country=_country_shared(left, right),
        numbers=_numbers_apart(left, right),
        words=sum([m.weight for m in words]),
        routine=len(words) > 1 and _routine(words),
        turn=turn_between(found),
    )


def _routine(words: Sequence[Match]) -> bool:
    """Return True when both share only the language of daily reports: two such words and hardly another."""
    daily = routine()
    telling = sum([m.weight for m in words if m.left not in daily])
    return telling < TELLING and sum([m.left in daily for m in words]) >= 2


def _names_shared(found: Alignment) -> float:
    """The share of the names' weight, of the side that names less, which both sides name."""
    left, right = found.left, found.right
    if not left.named or not right.named:
        return 0.0
    ours, countries, theirs = left.names, left.countries, right.names
    both = sum([m.weight for m in found.matches if m.left in ours or m.left in countries or m.right in theirs])
    return min(1.0, both / min(left.named, right.named))


def _country_shared(left: Gist, right: Gist) -> float:
    """The rarity of the rarest country that both tell of, by its name or by a city of it."""
    if not (left.countries or left.within) or not (right.countries or right.within):
        return 0.0
    both = (left.countries | left.within) & (right.countries | right.within)
    return max((rarities().get(c, rarest()) for c in both), default=0.0)


def _numbers_apart(left: Gist, right: Gist) -> float:
    """0 if the nearest numbers of both are equal or nearly so, 1 if they are far apart; 0 where one has none."""
    if not left.numbers or not right.numbers:
        return 0.0
    ours, theirs = (list(map(value_of, gist.numbers)) for gist in (left, right))
    nearest = min(abs(a - b) / max(a, b, 1.0) for a in ours for b in theirs)
    return min(1.0, nearest / APART) if nearest > CLOSE else 0.0
