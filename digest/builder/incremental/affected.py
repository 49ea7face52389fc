"""Which groups a change touches: the map (`emit`), the reduce, and the cards before held against the cards after."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from digest.builder.context import BuildContext
from digest.builder.render.pools import in_shards
from digest.builder.state.bulk_cards import BulkCards
from digest.builder.state.cards import MAX_ENTRIES_IN_MEMORY, AffectedGroups, Cards, NewCards
from digest.builder.state.database import EntryRow, State
from digest.builder.state.encoded_cards import NO_CARDS, EncodedCards, encode_cards
from digest.content.store.archive import Archive
from digest.model import Item
from digest.site.entries import entry_of
from digest.site.groups import prefix_of
from digest.site.kinds import KINDS
from digest.site.metadata.pictures import Pictures
from digest.site.site_entry import site_entry_of
from digest.site.visibility import Presence, Visibility, visibility_of

PathsByRoot = Mapping[str, tuple[str, ...]]
Digests = Mapping[str, str]
ItemsOf = Callable[[Sequence[str]], Iterable[Item]]
"""Items by their paths, in the order of the paths."""

_BATCH = 500
_MAX_CACHED = 10_000
# From so many entries on, emitting them in several processes is worth while; so many go to a process at a time.
_PARALLEL_FROM = 1000
_SHARD = 200


class EntryInput(NamedTuple):
    """An entry that is to be emitted: how it stands in its story, and its items; none where its standing was kept."""

    root: str
    path: str
    in_story: int
    items: tuple[Item, ...]


EmittedCards = list[tuple[str, EncodedCards]]
"""What stands under roots from now on."""
ParallelMap = Callable[
    [Callable[[Iterable[EntryInput]], EmittedCards], Iterable[Sequence[EntryInput]]], Iterator[EmittedCards]
]
"""Does a work on each of many lists, in processes that have a copy of this one; the results in order."""


def needs_bulk_load(state: State, archive: Archive) -> bool:
    """Whether a site is new, and too large to be held in memory."""
    return state.is_empty() and archive.count() > MAX_ENTRIES_IN_MEMORY


class GroupUpdate:
    """One run of the map and the reduce over what changed. `everything` when the rules did.

    Many entries are emitted by `spread`, if there is one, in the processes that it has.
    """

    def __init__(
        self,
        state: State,
        setting: BuildContext,
        now: datetime,
        items_of: ItemsOf,
        pictures: Pictures,
        spread: ParallelMap | None = None,
    ) -> None:
        self.state, self.setting, self.now, self.items_of = state, setting, now, items_of
        self.pictures, self._parallel_map = pictures, spread
        self.known: dict[str, EntryRow] = {}
        self.affected = AffectedGroups()
        self._cached_standings: dict[str, Visibility] = {}
        self._affected_roots: set[str] | None = None
        self.removed_roots: dict[str, str] = {}
        """The roots that are no more, with the paths of their pages."""

    def run(
        self,
        families: PathsByRoot,
        digests: Digests,
        *,
        everything: bool,
        affected_roots: Collection[str] | None = None,
    ) -> Cards:
        """Emit what changed, drop what is gone, reduce what was touched. The cards as they are then.

        `suspects` are the roots that alone can be new, changed or gone; None: any. `digests` holds at least theirs.
        """
        self.cards = (NewCards if self.state.is_empty() else Cards)(self.state, self.affected)
        instant = _instant(self.now)
        self._affected_roots = None if affected_roots is None else {*affected_roots, *self.state.due_roots(instant)}
        self.known = self.state.entries(self._affected_roots)
        stale = {
            root
            for root in (families if self._affected_roots is None else self._affected_roots & families.keys())
            if everything
            or root not in self.known
            or root not in digests
            or self.known[root].digest != digests[root]
            or (self.known[root].until and self.known[root].until <= instant)
        }
        gone = [root for root in self.known if root not in families]
        self.removed_roots = {root: self.known[root].path for root in gone}
        fresh = self._standings(families, digests, stale)
        moved = self._update_story_membership(families, fresh, gone)
        roots = _by_path(stale | moved, families)
        given = self._entry_inputs(families, roots, {root: row.in_story for root, row in fresh.items()})
        self._emit(given, fresh, many=len(roots) >= _PARALLEL_FROM)
        self._remove(gone)
        return self._reduce()

    def load_new_site(self, batches: Callable[[], Iterator[tuple[PathsByRoot, Digests]]]) -> Cards:
        """The same for a new site of too many entries to hold them all: they come some at a time, and twice."""
        self.cards = BulkCards(self.state, self.affected)
        for families, digests in batches():
            self.state.put_entries(self._standings(families, digests, families).values())
        mates = dict[str, int]()
        for _, told in groupby(self.state.story_members(), key=itemgetter(0)):
            rows = list(told)
            days = [edition for _, edition, _ in rows]
            mates |= {root: 1 + _has_earlier(days, edition) for _, edition, root in rows}
        self.state.set_in_story((mate, root) for root, mate in mates.items())
        given = (one for families, _ in batches() for one in self._entry_inputs(families, [*families], mates))
        self._emit(given, {}, many=True)
        return self._reduce()

    def _standings(self, families: PathsByRoot, digests: Digests, roots: Iterable[str]) -> dict[str, EntryRow]:
        """How the changed entries stand now; whether they share a story is not known yet."""
        rows = {}
        for root, standing in self._read_standings(families, _by_path(roots, families)):
            entry = standing.entry
            rows[root] = EntryRow(
                root=root,
                digest=digests.get(root) or self.known[root].digest,
                story=entry.root.story,
                seen=int(standing.presence is Presence.VISIBLE),
                in_story=0,
                until=_instant(standing.next_change) if standing.next_change else "",
                edition=self.setting.config.edition_of(entry.root.day, entry.root.at).isoformat(),
                lead=entry.latest.lead or entry.root.lead,
                path=entry.root.path,
                sources="\n".join(dict.fromkeys(s for v in entry.versions for s in v.sources)),
            )
        return rows

    def _read_standings(self, families: PathsByRoot, roots: Sequence[str]) -> Iterator[tuple[str, Visibility]]:
        """Entries at `now`, read in batches: never all of them are in memory. Some are kept for the second look."""
        for given in self._entry_inputs(families, roots, {}):
            standing = self._standing(given)
            if len(self._cached_standings) < _MAX_CACHED:
                self._cached_standings[given.root] = standing
            yield given.root, standing

    def _entry_inputs(
        self, families: PathsByRoot, roots: Sequence[str], in_story: Mapping[str, int]
    ) -> Iterator[EntryInput]:
        """Entries, whose items are read in batches."""
        for batch in in_shards(roots, _BATCH):
            paths = [path for root in batch if root not in self._cached_standings for path in families[root]]
            items = {item.path: item for item in self.items_of(paths)}
            for root in batch:
                mine = () if root in self._cached_standings else tuple(items[path] for path in families[root])
                yield EntryInput(root, families[root][0], in_story.get(root, 0), mine)

    def _standing(self, given: EntryInput) -> Visibility:
        kept = self._cached_standings.get(given.root)
        return kept or visibility_of(entry_of(given.root, given.items), self.now, self.setting.site_context)

    def _update_story_membership(
        self, families: PathsByRoot, fresh: dict[str, EntryRow], gone: Sequence[str]
    ) -> set[str]:
        """Sets `in_story`; returns the unchanged entries that came to share a story, or no longer do."""
        stories = {row.story for row in fresh.values()}
        stories |= {self.known[root].story for root in (*fresh, *gone) if root in self.known}
        rows = self._entries_in_stories(stories, families, fresh)
        sizes = Counter(row.story for row in rows.values() if row.seen)
        days: dict[str, list[str]] = {}
        for row in rows.values():
            if row.seen:
                insort(days.setdefault(row.story, []), row.edition)
        moved = set()
        for root, row in rows.items():
            in_story = int(row.seen and sizes[row.story] > 1)
            in_story += in_story and _has_earlier(days[row.story], row.edition)
            if root in fresh or in_story != row.in_story:
                fresh[root] = row._replace(in_story=in_story)
                moved.add(root)
        return moved

    def _entries_in_stories(
        self, stories: Collection[str], families: PathsByRoot, fresh: dict[str, EntryRow]
    ) -> dict[str, EntryRow]:
        """The entries of some stories, by root, as they are now."""
        known = self.known if self._affected_roots is None else self.state.entries_of(stories)
        rows = {root: row for root, row in known.items() if root in families} | fresh
        return {root: row for root, row in rows.items() if row.story in stories}

    def _emit(self, given: Iterator[EntryInput], fresh: Mapping[str, EntryRow], *, many: bool) -> None:
        """Cards into their places, and rows of `fresh` into the state."""
        shards, spread = in_shards(given, _SHARD), self._parallel_map if many else None
        for some in spread(self._emit_entries, shards) if spread else map(self._emit_entries, shards):
            for root, dealt in some:
                self.cards.place(root, dealt)
            self.state.put_entries(fresh[root] for root, _ in some if root in fresh)

    def _emit_entries(self, entries: Iterable[EntryInput]) -> EmittedCards:
        """What entries put into groups; runs in any process that has a copy of this object."""
        context = self.setting.site_context
        emitted = []
        for given in entries:
            mates = given.in_story
            shown = site_entry_of(
                self._standing(given),
                in_story=mates > 0,
                in_story_on_day=mates > 1,
                context=context,
                pictures=self.pictures,
            )
            emitted.append(
                (given.root, encode_cards(put for kind in KINDS.values() for put in kind.emit(shown, context)))
            )
        return emitted

    def _remove(self, roots: Sequence[str]) -> None:
        for root in roots:
            self.cards.place(root, NO_CARDS)
        self.state.remove_entries(roots)

    def _reduce(self) -> Cards:
        """After the second round: what the touched groups say to others."""
        heads = {head for kind in KINDS.values() for head in kind.reduces}
        reducers = {head: [kind for kind in KINDS.values() if head in kind.reduces] for head in heads}
        for group in sorted(g for g in self.affected.keys if prefix_of(g) in reducers):
            kinds, context = reducers[prefix_of(group)], self.setting.site_context
            self.cards.place(
                group, encode_cards(put for kind in kinds for put in kind.reduce(group, self.cards.read, context))
            )
        self._cached_standings.clear()
        return self.cards


def _by_path(roots: Iterable[str], families: PathsByRoot) -> list[str]:
    """Days one after the other: pages that are drawn together then find their cards together in memory."""
    return sorted(roots, key=families.__getitem__)


def _has_earlier(days: Sequence[str], edition: str) -> bool:
    """Whether another entry of a story, whose editions are sorted, is of a day or an earlier one."""
    return bisect_right(days, edition) > 1


def _instant(moment: datetime) -> str:
    """ISO 8601 in UTC, so that instants sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
