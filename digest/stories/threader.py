"""Known items, and the thread of a new one: a version, a follow-up or a new story."""

from bisect import insort
from collections.abc import Iterable, Sequence

from msgspec import Struct

from digest.model import Known, Relation, Thread, Witness
from digest.speedups import is_enabled
from digest.stories.elapsed import hours_between
from digest.stories.inverted_index import Place, Postings
from digest.stories.pairs.alignment import align
from digest.stories.pairs.contradictions import Turn, turn_between
from digest.stories.pairs.evidence import witnesses_of
from digest.stories.pairs.score import SAME_EVENT, again, apart, chance, joins, likeness
from digest.stories.pairs.score_bound import out_of_reach
from digest.stories.pairs.signals import Signals, signals_of
from digest.stories.prepared import Filed, filed, unfolded
from digest.stories.text.features import Gist, gist_of
from digest.stories.text.slugs import unique

WINDOW_DAYS = 14
"""Days between an item and the next of its story, at most, where nothing else is asked for."""
CROWD_DAYS = 6
"""Days over which the density of the stream is taken: those for which the weight of `crowd` was learned."""
QUIET = 8
"""Items that a quiet stream has in those days: fewer mean that the archive has just begun, not that little happens."""
VERSION_HOURS = 36
"""Hours from an entry's first item to its last version, at most."""


VERSIONS = 6
"""The newest versions of an entry that a new one must not turn round."""


class _Found(Struct, frozen=True, gc=False):
    """A candidate, compared: `same` and `together` as in `score`, `joins` says whether they are enough."""

    known: Known
    signals: Signals
    same: float
    together: float
    gap: int
    joins: bool

    @property
    def strength(self) -> float:
        """The score by which it joins, or fails to."""
        return max(self.together, self.same) if self.joins else self.together

    @property
    def rank(self) -> tuple[float, int, str, str]:
        """The strongest first, then the nearest day, then the one that was there first."""
        return -self.strength, self.gap, self.known.seen, self.known.id


class Likely(Struct, frozen=True):
    """An entry that a text may say again: by its root's id, how alike the headlines are (0–1), and their turn."""

    root: str
    same: float
    turn: Turn | None


class Index:
    """Items of the window, found by the terms they share.

    `thread` depends on which items were added, never on the order or the number of calls that added them.
    """

    def __init__(
        self, window_days: int = WINDOW_DAYS, version_hours: int = VERSION_HOURS, taken: Iterable[str] = ()
    ) -> None:
        """`taken` are slugs of stories that no new story may get, beside those of the items added."""
        self._window_days = window_days
        self._version_hours = version_hours
        self._slugs = set(taken)
        self._numbers: dict[str, int] = {}
        self._items: dict[str, Known] = {}
        self._gists: dict[str, bytes] = {}
        self._versions: dict[str, list[tuple[str, str]]] = {}
        self._postings = Postings()

    def add(self, known: Known, title: Filed | None = None) -> None:
        """Make an item known. One with an id that is known already is left as it is.

        `title` is its title as it was filed before, where that is at hand: it saves finding out about it again.
        """
        if known.id in self._items:
            return
        title = title or filed(known.title)
        self._items[known.id] = known
        if known.root != known.id:
            insort(self._versions.setdefault(known.root, []), (known.seen, known.id))
        self._slugs.add(known.story)
        self._gists[known.id] = title.gist
        self._postings.add(title.terms, Place(known.day.toordinal(), known.id))

    def forget(self, name: str) -> None:
        """Take an item out, if it is known; the slug of its story stays taken."""
        if name not in self._items:
            return
        known = self._items.pop(name)
        if known.root != name:
            self._versions[known.root].remove((known.seen, name))
        self._postings.remove(unfolded(self._gists.pop(name)).terms, Place(known.day.toordinal(), name))

    def thread(self, new: Known, title: Filed | None = None, *, why: bool = True) -> Thread:
        """Return the decision for a new item: version of an entry, follow-up in a story, or new story.

        `of` is the root of the entry that it says again or follows. The evidence says why, and what came second.
        Without `why` there is none, nor the score of a new story: what cannot join is not compared to the end.
        `title` is as in `add`.
        """
        title = title or filed(new.title)
        gist = unfolded(title.gist)
        found = self._compared(new, gist, every=why)
        said = self._said_before(new, gist, found)
        if said:
            return _thread(Relation.VERSION, new, said, found if why else None)
        stories = _best_by_story(found)
        if stories and stories[0].joins:
            return _thread(Relation.FOLLOW_UP, new, stories[0], found if why else None)
        slug = self._free(title.slug)
        nearest = stories[0].strength if stories and why else 0.0
        evidence = _second(stories) if why else ()
        return Thread(relation=Relation.NEW, story=slug, score=round(nearest, 3), evidence=evidence)

    def likely(self, new: Known) -> list[Likely]:
        """The entries that tell the same event, the likeliest first: for a text that a wire marks as said before.

        Unlike in `thread`, a turn only lowers the score: a correction may well say the opposite.
        """
        best: dict[str, Likely] = {}
        for found in sorted(self._compared(new, gist_of(new.title), every=True), key=lambda f: (-f.same, *f.rank)):
            if found.same >= SAME_EVENT:
                root = found.known.root
                best.setdefault(root, Likely(root, round(found.same, 3), found.signals.turn))
        return list(best.values())

    def _free(self, slug: str) -> str:
        """A slug that no story has. Slugs are never given back, so the search goes on where it ended."""
        found = unique(slug, self._slugs, self._numbers.get(slug, 2))
        if found != slug:
            self._numbers[slug] = int(found.rpartition("-")[2])
        return found

    def _compared(self, new: Known, gist: Gist, *, every: bool) -> list[_Found]:
        """The candidates that share most with the new item, compared in full; those of another event are gone.

        Without `every`, so are those that surely do not join: none of them can be the strongest where one does.
        """
        day = new.day.toordinal()
        crowd, bounded = self._crowd(day), not every and is_enabled("score-bound")
        found = []
        for name in self._postings.near(gist, day - self._window_days, day + self._window_days):
            known, other = self._items[name], unfolded(self._gists[name])
            gap = abs((new.day - known.day).days)
            aligned = align(other, gist)
            if bounded and out_of_reach(other, gist, aligned.shared, gap, crowd):
                continue
            signals = signals_of(aligned)
            if not apart(signals, gap):
                together = chance(signals, gap, crowd)
                found.append(_Found(known, signals, likeness(signals), together, gap, joins(signals, together)))
        return found

    def _crowd(self, day: int) -> int:
        """Items of the last days, or of as many days like this one, whichever are more."""
        within, today = self._postings.count(day - CROWD_DAYS, day), self._postings.count(day, day)
        return max(QUIET, within, today * CROWD_DAYS)

    def _said_before(self, new: Known, gist: Gist, found: Sequence[_Found]) -> _Found | None:
        """The best match whose entry the new item may replace: soon enough, and turning none of its versions round."""
        best: dict[str, _Found] = {}
        said = [f for f in found if again(f.signals) and self._soon(new, f.known)]
        for candidate in sorted(said, key=lambda f: (-f.same, *f.rank)):
            best.setdefault(candidate.known.root, candidate)
        return next((f for f in best.values() if not self._turns(f.known, gist)), None)

    def _soon(self, new: Known, known: Known) -> bool:
        """Within the hours of a version, counted from the entry's first item where that is known."""
        root = self._items.get(known.root, known)
        return hours_between(root, new) <= self._version_hours

    def _turns(self, known: Known, gist: Gist) -> bool:
        """Return True when a text contradicts a recent version of an entry.

        Numbers are compared with its match only.
        """
        names = [known.root, *(name for _, name in self._versions.get(known.root, ())[-VERSIONS:])]
        gists = (unfolded(self._gists[name]) for name in names if name in self._items)
        return any(turn_between(align(other, gist)) not in {None, Turn.NUMBER} for other in gists)


def _best_by_story(found: Iterable[_Found]) -> list[_Found]:
    """The surest candidate of each story, the surest story first."""
    best: dict[str, _Found] = {}
    for candidate in sorted(found, key=lambda f: f.rank):
        best.setdefault(candidate.known.story, candidate)
    return list(best.values())


def _thread(relation: Relation, new: Known, to: _Found, found: Sequence[_Found] | None) -> Thread:
    """The thread to a known item; `found` are all that were compared, for the evidence."""
    known = to.known
    evidence: tuple[Witness, ...] = ()
    if found is not None:
        others = _best_by_story(f for f in found if f.known.story != known.story)
        why = witnesses_of(to.signals, known.story, (known.title, new.title))
        evidence = (*why, *_second(others))
    return Thread(
        relation=relation,
        story=known.story,
        of=known.root,
        score=round(to.same if relation is Relation.VERSION else to.strength, 3),
        evidence=evidence,
    )


def _second(stories: Sequence[_Found]) -> tuple[Witness, ...]:
    """Return the second-best candidate, if any."""
    return tuple(
        Witness(words=f.known.title, table="second", label=f.known.story, weight=round(f.strength, 3))
        for f in stories[:1]
    )
