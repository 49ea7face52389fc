"""An inverted index over gists: which known items share most with a new one, in bounded time."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from digest.stories.text.features import Gist

VISITS = 200
"""Postings looked at for one item, rarest terms first: what keeps the work per item level as the window fills."""
NEAREST = 6
"""Candidates that are worth a full comparison."""


class Place(NamedTuple):
    """Position of an item: ordinal of its day, id."""

    day: int
    id: str


class Postings:
    """Items by term and day. What it finds depends on the items added, never on the order in which they came."""

    def __init__(self) -> None:
        self._days: dict[int, int] = {}
        self._by_term: dict[str, list[Place]] = {}

    def add(self, terms: Iterable[str], place: Place) -> None:
        """File an item under each of its terms."""
        self._days[place.day] = self._days.get(place.day, 0) + 1
        for term in terms:
            places = self._by_term.get(term)
            if not places:
                self._by_term[term] = [place]
            elif places[-1] <= place:  # items mostly come in their order
                places.append(place)
            else:
                insort(places, place)

    def remove(self, terms: Iterable[str], place: Place) -> None:
        """Take an item out that was filed under these terms at this place."""
        self._days[place.day] -= 1
        for term in terms:
            places = self._by_term[term]
            del places[bisect_left(places, place)]

    def count(self, first: int, last: int) -> int:
        """Items from one day to another, both included."""
        return sum([self._days.get(day, 0) for day in range(first, last + 1)])

    def near(self, gist: Gist, first: int, last: int) -> list[str]:
        """Ids of the items of those days that share most weight, the most first.

        The terms with fewest items are followed first; once `VISITS` would be passed, the commoner ones are left: what
        shares only them is not near.
        """
        runs = []
        for term, weight in gist.terms.items():
            places = self._by_term.get(term)
            if not places:
                continue
            # Mostly all are of the window, and there is nothing to search.
            low = 0 if places[0][0] >= first else bisect_left(places, (first, ""))
            high = len(places) if places[-1][0] <= last else bisect_left(places, (last + 1, ""))
            if low < high:
                runs.append((high - low, term, weight, places, low, high))
        shared: dict[str, float] = {}
        visits = 0
        for length, _, weight, places, low, high in sorted(runs):
            visits += length
            if visits > VISITS and shared:
                break
            found = places[max(low, high - VISITS) : high]
            if not shared:
                shared = dict.fromkeys([name for _, name in found], weight)
                continue
            for _, name in found:
                shared[name] = shared[name] + weight if name in shared else weight
        return _heaviest(shared)


def _heaviest(shared: Mapping[str, float]) -> list[str]:
    """The ids with most weight, the most first; of many with the same, the first by name."""
    least = sorted(shared.values())[-NEAREST] if len(shared) > NEAREST else 0.0
    above = [(-weight, name) for name, weight in shared.items() if weight > least]
    level = [name for name, weight in shared.items() if weight == least]
    return [*(name for _, name in sorted(above)), *sorted(level)[: NEAREST - len(above)]]
