"""Inverted index over the terms of headlines: finds the known items that share most with a new one, in bounded time."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from digest.stories.text.features import Features

MAX_POSTINGS = 200
"""Postings read for one item, rarest terms first. The limit keeps the cost of an item constant as the window fills."""
MAX_CANDIDATES = 6
"""Candidates returned for a full comparison."""


class Posting(NamedTuple):
    """An item in a posting list: ordinal of its day, id. Lists are sorted."""

    day: int
    id: str


class InvertedIndex:
    """Items by term and day. Results depend on the items added, never on the order of adding."""

    def __init__(self) -> None:
        self._items_per_day: dict[int, int] = {}
        self._postings: dict[str, list[Posting]] = {}

    def add(self, terms: Iterable[str], posting: Posting) -> None:
        """Add an item under each of its terms."""
        self._items_per_day[posting.day] = self._items_per_day.get(posting.day, 0) + 1
        for term in terms:
            postings = self._postings.get(term)
            if not postings:
                self._postings[term] = [posting]
            elif postings[-1] <= posting:  # items mostly arrive in order
                postings.append(posting)
            else:
                insort(postings, posting)

    def remove(self, terms: Iterable[str], posting: Posting) -> None:
        """Remove an item that was added with these terms and this posting."""
        self._items_per_day[posting.day] -= 1
        for term in terms:
            postings = self._postings[term]
            del postings[bisect_left(postings, posting)]

    def count(self, first: int, last: int) -> int:
        """Return the number of items from day `first` to day `last`, both included."""
        return sum([self._items_per_day.get(day, 0) for day in range(first, last + 1)])

    def candidates(self, features: Features, first: int, last: int) -> list[str]:
        """Return the ids of the items from day `first` to `last` that share most weight, the largest weight first.

        Terms with the fewest items are read first. When `MAX_POSTINGS` would be exceeded, the more common terms are
        skipped: an item that shares only those is not similar.
        """
        ranges = []
        for term, weight in features.terms.items():
            postings = self._postings.get(term)
            if not postings:
                continue
            # Mostly all postings are within the window, and no search is needed.
            low = 0 if postings[0][0] >= first else bisect_left(postings, (first, ""))
            high = len(postings) if postings[-1][0] <= last else bisect_left(postings, (last + 1, ""))
            if low < high:
                ranges.append((high - low, term, weight, postings, low, high))
        shared: dict[str, float] = {}
        read = 0
        for length, _, weight, postings, low, high in sorted(ranges):
            read += length
            if read > MAX_POSTINGS and shared:
                break
            newest = postings[max(low, high - MAX_POSTINGS) : high]
            if not shared:
                shared = dict.fromkeys([name for _, name in newest], weight)
                continue
            for _, name in newest:
                shared[name] = shared[name] + weight if name in shared else weight
        return _heaviest(shared)


def _heaviest(shared: Mapping[str, float]) -> list[str]:
    """Return the ids with the largest weights, the largest first; ties are ordered by id."""
    threshold = sorted(shared.values())[-MAX_CANDIDATES] if len(shared) > MAX_CANDIDATES else 0.0
    above = [(-weight, name) for name, weight in shared.items() if weight > threshold]
    tied = [name for name, weight in shared.items() if weight == threshold]
    return [*(name for _, name in sorted(above)), *sorted(tied)[: MAX_CANDIDATES - len(above)]]
