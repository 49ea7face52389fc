"""Which groups a change touches: the map (`emit`), the reduce, and the cards before held against the cards after."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from digest.builder.context import Setting
from digest.builder.render.pools import in_shards
from digest.builder.state.bulk_cards import StoredCards
from digest.builder.state.cards import MOST_IN_MEMORY, Cards, NewCards, Touched
from digest.builder.state.database import EntryRow, State
from digest.builder.state.encoded_cards import NOTHING, Dealt, deal
from digest.content.store.archive import Archive
from digest.model import Item
from digest.site.entries import entry_of
from digest.site.groups import head_of
from digest.site.kinds import KINDS
from digest.site.metadata.pictures import Pictures
from digest.site.site_entry import shown_of
from digest.site.visibility import Presence, Standing, standing_of

Families = Mapping[str, tuple[str, ...]]
Digests = Mapping[str, str]
ItemsOf = Callable[[Sequence[str]], Iterable[Item]]
"""Items by their paths, in the order of the paths."""

_BATCH = 500
_MOST_KEPT = 10_000
# From so many entries on, emitting them in several processes is worth while; so many go to a process at a time.
_MANY = 1000
_SHARD = 200


class Given(NamedTuple):
    """An entry that is to be emitted: how it stands in its story, and its items; none where its standing was kept."""

    root: str
    path: str
    in_story: int
    items: tuple[Item, ...]


Emitted = list[tuple[str, Dealt]]
"""What stands under roots from now on."""
Spread = Callable[[Callable[[Iterable[Given]], Emitted], Iterable[Sequence[Given]]], Iterator[Emitted]]
"""Does a work on each of many lists, in processes that have a copy of this one; the results in order."""


def is_vast(state: State, archive: Archive) -> bool:
    """Whether a site is new, and too large to be held in memory."""
    return state.is_blank() and archive.count() > MOST_IN_MEMORY


class Regrouping:
    """One run of the map and the reduce over what changed. `everything` when the rules did.

    Many entries are emitted by `spread`, if there is one, in the processes that it has.
    """

    def __init__(
        self,
        state: State,
        setting: Setting,
        now: datetime,
        items_of: ItemsOf,
        pictures: Pictures,
        spread: Spread | None = None,
    ) -> None:
        self.state, self.setting, self.now, self.items_of = state, setting, now, items_of
        self.pictures, self._spread = pictures, spread
        self.known: dict[str, EntryRow] = {}
        self.touched = Touched()
        self._kept: dict[str, Standing] = {}
        self._suspects: set[str] | None = None
        self.gone: dict[str, str] = {}
        """The roots that are no more, with the paths of their pages."""

    def run(
        self, families: Families, digests: Digests, *, everything: bool, suspects: Collection[str] | None = None
    ) -> Cards:
        """Emit what changed, drop what is gone, reduce what was touched. The cards as they are then.

        `suspects` are the roots that alone can be new, changed or gone; None: any. `digests` holds at least theirs.
        """
        self.cards = (NewCards if self.state.is_blank() else Cards)(self.state, self.touched)
        instant = _instant(self.now)
        self._suspects = None if suspects is None else {*suspects, *self.state.due(instant)}
        self.known = self.state.entries(self._suspects)
        stale = {
            root
            for root in (families if self._suspects is None else self._suspects & families.keys())
            if everything
            or root not in self.known
            or root not in digests
            or self.known[root].digest != digests[root]
            or (self.known[root].until and self.known[root].until <= instant)
        }
        gone = [root for root in self.known if root not in families]
        self.gone = {root: self.known[root].path for root in gone}
        fresh = self._standings(families, digests, stale)
        moved = self._story_mates(families, fresh, gone)
        roots = _by_path(stale | moved, families)
        given = self._given(families, roots, {root: row.in_story for root, row in fresh.items()})
        self._emit(given, fresh, many=len(roots) >= _MANY)
        self._drop(gone)
        return self._reduced()

    def found(self, batches: Callable[[], Iterator[tuple[Families, Digests]]]) -> Cards:
        """The same for a new site of too many entries to hold them all: they come some at a time, and twice."""
        self.cards = StoredCards(self.state, self.touched)
        for families, digests in batches():
            self.state.put_entries(self._standings(families, digests, families).values())
        mates = dict[str, int]()
        for _, told in groupby(self.state.mates(), key=itemgetter(0)):
            rows = list(told)
            days = [edition for _, edition, _ in rows]
            mates |= {root: 1 + _is_told_before(days, edition) for _, edition, root in rows}
        self.state.set_in_story((mate, root) for root, mate in mates.items())
        given = (one for families, _ in batches() for one in self._given(families, [*families], mates))
        self._emit(given, {}, many=True)
        return self._reduced()

    def _standings(self, families: Families, digests: Digests, roots: Iterable[str]) -> dict[str, EntryRow]:
        """How the changed entries stand now; whether they share a story is not known yet."""
        rows = {}
        for root, standing in self._each(families, _by_path(roots, families)):
            entry = standing.entry
            rows[root] = EntryRow(
                root=root,
                digest=digests.get(root) or self.known[root].digest,
                story=entry.root.story,
                seen=int(standing.presence is Presence.SEEN),
                in_story=0,
                until=_instant(standing.until) if standing.until else "",
                edition=self.setting.config.edition_of(entry.root.day, entry.root.at).isoformat(),
                lead=entry.latest.lead or entry.root.lead,
                path=entry.root.path,
                sources="\n".join(dict.fromkeys(s for v in entry.versions for s in v.sources)),
            )
        return rows

    def _each(self, families: Families, roots: Sequence[str]) -> Iterator[tuple[str, Standing]]:
        """Entries at `now`, read in batches: never all of them are in memory. Some are kept for the second look."""
        for given in self._given(families, roots, {}):
            standing = self._standing(given)
            if len(self._kept) < _MOST_KEPT:
                self._kept[given.root] = standing
            yield given.root, standing

    def _given(self, families: Families, roots: Sequence[str], in_story: Mapping[str, int]) -> Iterator[Given]:
        """Entries, whose items are read in batches."""
        for batch in in_shards(roots, _BATCH):
            paths = [path for root in batch if root not in self._kept for path in families[root]]
            items = {item.path: item for item in self.items_of(paths)}
            for root in batch:
                mine = () if root in self._kept else tuple(items[path] for path in families[root])
                yield Given(root, families[root][0], in_story.get(root, 0), mine)

    def _standing(self, given: Given) -> Standing:
        kept = self._kept.get(given.root)
        return kept or standing_of(entry_of(given.root, given.items), self.now, self.setting.context)

    def _story_mates(self, families: Families, fresh: dict[str, EntryRow], gone: Sequence[str]) -> set[str]:
        """Sets `in_story`; returns the unchanged entries that came to share a story, or no longer do."""
        stories = {row.story for row in fresh.values()}
        stories |= {self.known[root].story for root in (*fresh, *gone) if root in self.known}
        rows = self._tellers(stories, families, fresh)
        sizes = Counter(row.story for row in rows.values() if row.seen)
        days: dict[str, list[str]] = {}
        for row in rows.values():
            if row.seen:
                insort(days.setdefault(row.story, []), row.edition)
        moved = set()
        for root, row in rows.items():
            in_story = int(row.seen and sizes[row.story] > 1)
            in_story += in_story and _is_told_before(days[row.story], row.edition)
            if root in fresh or in_story != row.in_story:
                fresh[root] = row._replace(in_story=in_story)
                moved.add(root)
        return moved

    def _tellers(self, stories: Collection[str], families: Families, fresh: dict[str, EntryRow]) -> dict[str, EntryRow]:
        """The entries of some stories, by root, as they are now."""
        known = self.known if self._suspects is None else self.state.entries_of(stories)
        rows = {root: row for root, row in known.items() if root in families} | fresh
        return {root: row for root, row in rows.items() if row.story in stories}

    def _emit(self, given: Iterator[Given], fresh: Mapping[str, EntryRow], *, many: bool) -> None:
        """Cards into their places, and rows of `fresh` into the state."""
        shards, spread = in_shards(given, _SHARD), self._spread if many else None
        for some in spread(self._emitted, shards) if spread else map(self._emitted, shards):
            for root, dealt in some:
                self.cards.place(root, dealt)
            self.state.put_entries(fresh[root] for root, _ in some if root in fresh)

    def _emitted(self, entries: Iterable[Given]) -> Emitted:
        """What entries put into groups; runs in any process that has a copy of this object."""
        context = self.setting.context
        emitted = []
        for given in entries:
            mates = given.in_story
            shown = shown_of(
                self._standing(given),
                in_story=mates > 0,
                in_story_then=mates > 1,
                context=context,
                pictures=self.pictures,
            )
            emitted.append((given.root, deal(put for kind in KINDS.values() for put in kind.emit(shown, context))))
        return emitted

    def _drop(self, roots: Sequence[str]) -> None:
        for root in roots:
            self.cards.place(root, NOTHING)
        self.state.drop_entries(roots)

    def _reduced(self) -> Cards:
        """After the second round: what the touched groups say to others."""
        heads = {head for kind in KINDS.values() for head in kind.reduces}
        reducers = {head: [kind for kind in KINDS.values() if head in kind.reduces] for head in heads}
        for group in sorted(g for g in self.touched.keys if head_of(g) in reducers):
            kinds, context = reducers[head_of(group)], self.setting.context
            self.cards.place(group, deal(put for kind in kinds for put in kind.reduce(group, self.cards.read, context)))
        self._kept.clear()
        return self.cards


def _by_path(roots: Iterable[str], families: Families) -> list[str]:
    """Days one after the other: pages that are drawn together then find their cards together in memory."""
    return sorted(roots, key=families.__getitem__)


def _is_told_before(days: Sequence[str], edition: str) -> bool:
    """Whether another entry of a story, whose editions are sorted, is of a day or an earlier one."""
    return bisect_right(days, edition) > 1


def _instant(moment: datetime) -> str:
    """ISO 8601 in UTC, so that instants sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
