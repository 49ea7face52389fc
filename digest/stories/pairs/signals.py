"""Signals of two aligned headlines: measures of what they share and where they differ."""

import math
from collections.abc import Sequence

from msgspec import Struct

from digest.stories.pairs.alignment import Alignment, Match
from digest.stories.pairs.contradictions import Contradiction, contradiction_of, value_of
from digest.stories.text.features import Features
from digest.stories.text.tables import max_rarity, rarities, routine_stems

MAX_SHARED_WEIGHT = 40.0
"""Shared weight above this counts no more: five or six rare words."""
SAME_COUNT_DISTANCE = 0.05
"""Largest relative distance of two numbers that are the same count, taken twice."""
MAX_COUNT_DISTANCE = 0.3
"""Relative distance, of the larger number, from which two numbers are as different as any."""
MIN_DISTINCTIVE_WEIGHT = 5.0
"""Smallest weight of words outside routine reports that shows one event: one word of middling rarity."""


class Signals(Struct, frozen=True, kw_only=True, gc=False):
    """Result of comparing two texts. Shares are 0 to 1; weights are in the units of `rarities`.

    `coverage` is the matched share of the shorter text, `dice` that of both together (Dice coefficient).
    `unmatched_weight` is the unmatched weight of the shorter text. `word_weight` is the shared weight of words that are
    no country and no number. `is_routine` is True when only words of daily reports match.
    """

    matches: tuple[Match, ...]
    cosine: float
    coverage: float
    dice: float
    shared_weight: float
    shared_names: float
    heaviest_match: float
    unmatched_weight: float
    shared_country: float
    number_distance: float
    word_weight: float
    is_routine: bool
    contradiction: Contradiction | None


def signals_of(alignment: Alignment) -> Signals:
    """Compare two aligned texts. Symmetric, except for the word order in `matches`."""
    left, right, matches, shared = alignment.left, alignment.right, alignment.matches, alignment.shared_weight
    small, large = sorted((max(left.total_weight, 1.0), max(right.total_weight, 1.0)))
    ours, theirs = left.terms, right.terms
    product = sum([m.weight * max(ours[m.left], theirs[m.right]) for m in matches])
    words = [m for m in matches if m.left[0] not in "@#" and m.kind != "place"]
    return Signals(
        matches=matches,
        cosine=min(1.0, product / math.sqrt(max(left.squared_weight, 1.0) * max(right.squared_weight, 1.0))),
        coverage=shared / small,
        dice=2 * shared / (small + large),
        shared_weight=min(shared, MAX_SHARED_WEIGHT),
        shared_names=_shared_names(alignment),
        heaviest_match=matches[0].weight if matches else 0.0,
        unmatched_weight=min(left.total_weight, right.total_weight) - shared,
        shared_country=_shared_country(left, right),
        number_distance=_number_distance(left, right),
        word_weight=sum([m.weight for m in words]),
        is_routine=len(words) > 1 and _is_routine(words),
        contradiction=contradiction_of(alignment),
    )


def _is_routine(words: Sequence[Match]) -> bool:
    """Return True when two or more shared words are words of daily reports and the others have little weight."""
    routine = routine_stems()
    distinctive_weight = sum([m.weight for m in words if m.left not in routine])
    return distinctive_weight < MIN_DISTINCTIVE_WEIGHT and sum([m.left in routine for m in words]) >= 2


def _shared_names(alignment: Alignment) -> float:
    """Return the shared weight of names, as a share of the names of the side that has less of them."""
    left, right = alignment.left, alignment.right
    if not left.name_weight or not right.name_weight:
        return 0.0
    ours, countries, theirs = left.names, left.countries, right.names
    shared = sum([m.weight for m in alignment.matches if m.left in ours or m.left in countries or m.right in theirs])
    return min(1.0, shared / min(left.name_weight, right.name_weight))


def _shared_country(left: Features, right: Features) -> float:
    """Return the rarity of the rarest country that both name or imply by a city."""
    if not (left.countries or left.implied_countries) or not (right.countries or right.implied_countries):
        return 0.0
    both = (left.countries | left.implied_countries) & (right.countries | right.implied_countries)
    return max((rarities().get(c, max_rarity()) for c in both), default=0.0)


def _number_distance(left: Features, right: Features) -> float:
    """Return the distance of the nearest numbers: 0 for equal or similar ones or none, 1 for very different ones."""
    if not left.numbers or not right.numbers:
        return 0.0
    ours, theirs = (list(map(value_of, side.numbers)) for side in (left, right))
    nearest = min(abs(a - b) / max(a, b, 1.0) for a in ours for b in theirs)
    return min(1.0, nearest / MAX_COUNT_DISTANCE) if nearest > SAME_COUNT_DISTANCE else 0.0
