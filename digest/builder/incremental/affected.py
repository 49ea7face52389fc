"""Affected groups: emits the cards of changed entries, reduces, and compares cards before and after."""

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
from digest.builder.state.database import State
from digest.builder.state.encoded_cards import NO_CARDS, EncodedCards, encode_cards
from digest.builder.state.schema import EntryRow
from digest.content.store.archive import Archive
from digest.model import Item
from digest.site.entries import entry_of
from digest.site.groups import prefix_of
from digest.site.kinds import KINDS
from digest.site.metadata.pictures import Pictures
from digest.site.site_entry import site_entry_of
from digest.site.visibility import Presence, Visibility, visibility_of
from digest.speedups import is_enabled

PathsByRoot = Mapping[str, tuple[str, ...]]
Digests = Mapping[str, str]
ItemsOf = Callable[[Sequence[str]], Iterable[Item]]
"""Reads items by path, in the order of the paths."""

_BATCH = 500
# From this number of entries on, several processes emit them, in shards of this size.
_PARALLEL_FROM = 1000
_SHARD = 200


class EntryInput(NamedTuple):
    """An entry to emit, with its place in the story and its items."""

    root: str
    path: str
    in_story: int
    items: tuple[Item, ...]


EmittedCards = list[tuple[str, EncodedCards]]
"""Roots with their new cards."""
ParallelMap = Callable[
    [Callable[[Iterable[EntryInput]], EmittedCards], Iterable[Sequence[EntryInput]]], Iterator[EmittedCards]
]
"""Applies a function to many lists in processes forked from this one; yields results in order."""


def needs_bulk_load(state: State, archive: Archive) -> bool:
    """Return True for a new site that is too large for memory."""
    return state.is_empty() and archive.count() > MAX_ENTRIES_IN_MEMORY and is_enabled("bulk-cards")


class GroupUpdate:
    """One update of the groups: map and reduce over changed entries.

    Many entries are emitted through `parallel_map`, if given.
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
        self._affected_roots: set[str] | None = None
        self.removed_roots: dict[str, str] = {}
        """Removed roots with the paths of their pages."""

    def run(
        self,
        paths_by_root: PathsByRoot,
        digests: Digests,
        *,
        everything: bool,
        affected_roots: Collection[str] | None = None,
    ) -> Cards:
        """Emit changed entries, remove entries, reduce affected groups. Return the cards.

        `affected_roots` are the only roots that can be new, changed or removed (None: any); `digests` has at least
        theirs. `everything` emits all entries, since settings or engine changed.
        """
        self.cards = (NewCards if self.state.is_empty() else Cards)(self.state, self.affected)
        instant = _instant(self.now)
        self._affected_roots = None if affected_roots is None else {*affected_roots, *self.state.due_roots(instant)}
        self.known = self.state.entries(self._affected_roots)
        stale = {
            root
            for root in (paths_by_root if self._affected_roots is None else self._affected_roots & paths_by_root.keys())
            if everything
            or root not in self.known
            or root not in digests
            or self.known[root].digest != digests[root]
            or (self.known[root].until and self.known[root].until <= instant)
        }
        removed = [root for root in self.known if root not in paths_by_root]
        self.removed_roots = {root: self.known[root].path for root in removed}
        changed_rows = self._standings(paths_by_root, digests, stale)
        changed_membership = self._update_story_membership(paths_by_root, changed_rows, removed)
        roots = _by_path(stale | changed_membership, paths_by_root)
        entry = self._entry_inputs(paths_by_root, roots, {root: row.in_story for root, row in changed_rows.items()})
        self._emit(entry, changed_rows, many=len(roots) >= _PARALLEL_FROM)
        self._remove(removed)
        return self._reduce()

    def load_new_site(self, batches: Callable[[], Iterator[tuple[PathsByRoot, Digests]]]) -> Cards:
        """Load a new site that is too large for memory; entries are read in batches, twice."""
        self.cards = BulkCards(self.state, self.affected)
        for paths_by_root, digests in batches():
            self.state.put_entries(self._standings(paths_by_root, digests, paths_by_root).values())
        in_story = dict[str, int]()
        for _, members in groupby(self.state.story_members(), key=itemgetter(0)):
            rows = list(members)
            days = [edition for _, edition, _ in rows]
            in_story |= {root: 1 + _has_earlier(days, edition) for _, edition, root in rows}
        self.state.set_in_story((mate, root) for root, mate in in_story.items())
        entry = (
            one
            for paths_by_root, _ in batches()
            for one in self._entry_inputs(paths_by_root, [*paths_by_root], in_story)
        )
        self._emit(entry, {}, many=True)
        return self._reduce()

    def _standings(self, paths_by_root: PathsByRoot, digests: Digests, roots: Iterable[str]) -> dict[str, EntryRow]:
        """Return rows for changed entries; `in_story` is computed later."""
        rows = {}
        for root, standing in self._read_standings(paths_by_root, _by_path(roots, paths_by_root)):
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

    def _read_standings(self, paths_by_root: PathsByRoot, roots: Sequence[str]) -> Iterator[tuple[str, Visibility]]:
        """Yield entries with their standing at `now`, read in batches: they are never all in memory."""
        for entry in self._entry_inputs(paths_by_root, roots, {}):
            yield entry.root, self._standing(entry)

    def _entry_inputs(
        self, paths_by_root: PathsByRoot, roots: Sequence[str], in_story: Mapping[str, int]
    ) -> Iterator[EntryInput]:
        """Yield entries to emit, reading items in batches."""
        for batch in in_shards(roots, _BATCH):
            items = {item.path: item for item in self.items_of([p for root in batch for p in paths_by_root[root]])}
            for root in batch:
                paths = paths_by_root[root]
                yield EntryInput(root, paths[0], in_story.get(root, 0), tuple(items[path] for path in paths))

    def _standing(self, entry: EntryInput) -> Visibility:
        return visibility_of(entry_of(entry.root, entry.items), self.now, self.setting.site_context)

    def _update_story_membership(
        self, paths_by_root: PathsByRoot, changed_rows: dict[str, EntryRow], removed: Sequence[str]
    ) -> set[str]:
        """Set `in_story`. Return unchanged entries that now share a story, or no longer do."""
        stories = {row.story for row in changed_rows.values()}
        stories |= {self.known[root].story for root in (*changed_rows, *removed) if root in self.known}
        rows = self._entries_in_stories(stories, paths_by_root, changed_rows)
        sizes = Counter(row.story for row in rows.values() if row.seen)
        days: dict[str, list[str]] = {}
        for row in rows.values():
            if row.seen:
                insort(days.setdefault(row.story, []), row.edition)
        changed_membership = set()
        for root, row in rows.items():
            in_story = int(row.seen and sizes[row.story] > 1)
            in_story += in_story and _has_earlier(days[row.story], row.edition)
            if root in changed_rows or in_story != row.in_story:
                changed_rows[root] = row._replace(in_story=in_story)
                changed_membership.add(root)
        return changed_membership

    def _entries_in_stories(
        self, stories: Collection[str], paths_by_root: PathsByRoot, changed_rows: dict[str, EntryRow]
    ) -> dict[str, EntryRow]:
        """Return the current entries of some stories, by root."""
        known = self.known if self._affected_roots is None else self.state.entries_of(stories)
        rows = {root: row for root, row in known.items() if root in paths_by_root} | changed_rows
        return {root: row for root, row in rows.items() if row.story in stories}

    def _emit(self, entry: Iterator[EntryInput], changed_rows: Mapping[str, EntryRow], *, many: bool) -> None:
        """Store the cards of entries, and the rows of changed entries."""
        shards, spread = in_shards(entry, _SHARD), self._parallel_map if many else None
        for batch in spread(self._emit_entries, shards) if spread else map(self._emit_entries, shards):
            for root, cards in batch:
                self.cards.place(root, cards)
            self.state.put_entries(changed_rows[root] for root, _ in batch if root in changed_rows)

    def _emit_entries(self, entries: Iterable[EntryInput]) -> EmittedCards:
        """Emit entries; runs in any process that has a copy of this object."""
        context = self.setting.site_context
        emitted = []
        for entry in entries:
            in_story = entry.in_story
            site_entry = site_entry_of(
                self._standing(entry),
                in_story=in_story > 0,
                in_story_on_day=in_story > 1,
                context=context,
                pictures=self.pictures,
            )
            emitted.append(
                (entry.root, encode_cards(put for kind in KINDS.values() for put in kind.emit(site_entry, context)))
            )
        return emitted

    def _remove(self, roots: Sequence[str]) -> None:
        for root in roots:
            self.cards.place(root, NO_CARDS)
        self.state.remove_entries(roots)

    def _reduce(self) -> Cards:
        """Run the second round: affected groups emit cards into other groups."""
        heads = {head for kind in KINDS.values() for head in kind.reduces}
        reducers = {head: [kind for kind in KINDS.values() if head in kind.reduces] for head in heads}
        for group in sorted(g for g in self.affected.keys if prefix_of(g) in reducers):
            kinds, context = reducers[prefix_of(group)], self.setting.site_context
            self.cards.place(
                group, encode_cards(put for kind in kinds for put in kind.reduce(group, self.cards.read, context))
            )
        return self.cards


def _by_path(roots: Iterable[str], paths_by_root: PathsByRoot) -> list[str]:
    """Sort roots by path, that is by day: pages rendered together then find their cards close together in memory."""
    return sorted(roots, key=paths_by_root.__getitem__)


def _has_earlier(days: Sequence[str], edition: str) -> bool:
    """Return True when another entry of the story is of this edition or an earlier one; `days` is sorted."""
    return bisect_right(days, edition) > 1


def _instant(moment: datetime) -> str:
    """Return ISO 8601 in UTC, which sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
