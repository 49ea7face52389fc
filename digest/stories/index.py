"""Known items by their terms, and the thread of a new one: version, follow-up or new story."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec import Struct

from digest.model import Known, Relation, Thread, Witness
from digest.stories.gist import Gist, gist_of
from digest.stories.score import again, apart, chance, joins, likeness, witnesses_of
from digest.stories.signals import Signals, signals_of
from digest.stories.slugs import story_slug_of, unique

WINDOW_DAYS = 6
VERSION_HOURS = 36
VISITS = 400
"""Postings looked at for one item, rarest terms first: what keeps the work per item level as the window fills."""
COMPARED = 6
"""Candidates compared in full, those that share most rare weight."""


class _Found(Struct, frozen=True):
    """A candidate, compared. `strength` is the better of its two scores that lets it join, `apart` forbids both."""

    known: Known
    signals: Signals
    same: float
    together: float
    gap: int
    joins: bool

    @property
    def strength(self) -> float:
        return max(self.together, self.same) if self.joins else self.together

    @property
    def rank(self) -> tuple[float, int, str, str]:
        """The strongest first, then the nearest day, then the one that was there first."""
        return -self.strength, self.gap, self.known.seen, self.known.id


class Index:
    """Items of the window, found by the terms they share.

    `thread` depends on what was added, never on the order or number of the calls that added it: candidates are found by
    day and weight, ties go to the nearest day, then to the item seen and named first.
    """

    def __init__(
        self, window_days: int = WINDOW_DAYS, version_hours: int = VERSION_HOURS, taken: Iterable[str] = ()
    ) -> None:
        """`taken` are slugs of stories that no new story may get, beside those of the items added."""
        self._window_days = window_days
        self._version_hours = version_hours
        self._slugs = set(taken)
        self._items: dict[str, tuple[Known, Gist]] = {}
        self._days: list[tuple[int, str]] = []
        self._postings: dict[str, list[tuple[int, str]]] = {}

    def add(self, known: Known) -> None:
        """Make an item known. One with an id that is known already is left as it is."""
        if known.id in self._items:
            return
        gist = gist_of(known.title)
        place = known.day.toordinal(), known.id
        self._items[known.id] = known, gist
        self._slugs.add(known.story)
        _insert(self._days, place)
        for term in gist.terms:
            _insert(self._postings.setdefault(term, []), place)

    def thread(self, new: Known) -> Thread:
        """Where a new item belongs: it says an entry again, follows a story, or starts one."""
        found = self._compared(new)
        again = self._again(new, found)
        if again:
            rivals = [f for f in found if f.known.story != again.known.story]
            return _thread(Relation.VERSION, again, again.same, rivals)
        stories = _best_by_story(found)
        if stories and stories[0].joins:
            return _thread(Relation.FOLLOW_UP, stories[0], stories[0].strength, stories[1:])
        slug = unique(story_slug_of(new.title), self._slugs)
        nearest = stories[0].strength if stories else 0.0
        return Thread(relation=Relation.NEW, story=slug, score=round(nearest, 3), evidence=_second(stories))

    def _compared(self, new: Known) -> list[_Found]:
        """The candidates that share most with the new item, compared in full."""
        gist = gist_of(new.title)
        low, high = self._bounds(new.day)
        crowd = self._crowd(new.day.toordinal())
        found = []
        for name in self._candidates(gist, low, high):
            known, other = self._items[name]
            signals, gap = signals_of(other, gist), abs((new.day - known.day).days)
            if not apart(signals, gap):
                together = chance(signals, gap, crowd)
                found.append(_Found(known, signals, likeness(signals), together, gap, joins(signals, together)))
        return found

    def _bounds(self, day: date) -> tuple[int, int]:
        return day.toordinal() - self._window_days, day.toordinal() + self._window_days

    def _crowd(self, day: int) -> int:
        """Items that a window as dense as this one, or as its own day, would hold."""
        within, today = self._count(day - self._window_days, day), self._count(day, day)
        return max(within, today * self._window_days)

    def _count(self, first: int, last: int) -> int:
        return bisect_left(self._days, (last + 1, "")) - bisect_left(self._days, (first, ""))

    def _candidates(self, gist: Gist, low: int, high: int) -> list[str]:
        """Ids of those with most shared weight; terms in fewest items of the window are followed first."""
        runs = []
        for term, weight in gist.terms.items():
            postings = self._postings.get(term, ())
            first, last = bisect_left(postings, (low, "")), bisect_left(postings, (high + 1, ""))
            if first < last:
                runs.append((last - first, term, weight, postings, max(first, last - VISITS), last))
        shared: dict[str, float] = {}
        visits = 0
        for length, _, weight, postings, first, last in sorted(runs, key=lambda run: run[:2]):
            visits += length
            if visits > VISITS and shared:
                break
            for _, name in postings[first:last]:
                shared[name] = shared.get(name, 0.0) + weight
        least = sorted(shared.values())[-COMPARED:][:1]
        near = [name for name, weight in shared.items() if weight >= least[0]]
        return sorted(near, key=lambda name: (-shared[name], name))[:COMPARED]

    def _again(self, new: Known, found: Sequence[_Found]) -> _Found | None:
        """The best match whose entry the new item may replace: soon enough, and turned round by none of its versions."""
        turned = {f.known.root for f in found if f.signals.turn}
        fit = [f for f in found if again(f.signals) and f.known.root not in turned and self._soon(new, f.known)]
        return min(fit, key=lambda f: (-f.same, *f.rank), default=None)

    def _soon(self, new: Known, known: Known) -> bool:
        """Within the hours of a version, counted from the entry's first item where that is known."""
        root = self._items.get(known.root, (known,))[0]
        return hours_between(root, new) <= self._version_hours


def _insert(places: list[tuple[int, str]], place: tuple[int, str]) -> None:
    """Keep the order; items mostly come in it."""
    if not places or places[-1] <= place:
        places.append(place)
    else:
        insort(places, place)


def hours_between(a: Known, b: Known) -> float:
    """Hours from one item to the other, by the moments of their dumps; whole days where only days are known."""
    moments = [_moment(k) for k in (a, b)]
    one, other = moments
    if one and other and (one.tzinfo is None) == (other.tzinfo is None):
        return abs((other - one).total_seconds()) / 3600
    return abs((_seen_day(b) - _seen_day(a)).days) * 24.0


def _moment(known: Known) -> datetime | None:
    """When it was seen, if that is a moment and no mere day."""
    try:
        return datetime.fromisoformat(known.seen) if len(known.seen) > 10 else None
    except ValueError:
        return None


def _seen_day(known: Known) -> date:
    try:
        return date.fromisoformat(known.seen[:10])
    except ValueError:
        return known.day


def _best_by_story(found: Iterable[_Found]) -> list[_Found]:
    """The surest candidate of each story, the surest story first."""
    best: dict[str, _Found] = {}
    for candidate in sorted(found, key=lambda f: f.rank):
        best.setdefault(candidate.known.story, candidate)
    return list(best.values())


def _thread(relation: Relation, to: _Found, score: float, rivals: Sequence[_Found]) -> Thread:
    return Thread(
        relation=relation,
        story=to.known.story,
        of=to.known.root,
        score=round(score, 3),
        evidence=(*witnesses_of(to.signals, to.known.story), *_second(_best_by_story(rivals))),
    )


def _second(stories: Sequence[_Found]) -> tuple[Witness, ...]:
    """What came second, if anything came near."""
    return tuple(
        Witness(words=f.known.title, table="second", label=f.known.story, weight=round(f.strength, 3))
        for f in stories[:1]
    )
