"""Which groups a change touches: the map (`emit`), the reduce, and the cards before held against the cards after."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from digest.build.cards import MOST_IN_MEMORY, Cards, NewCards, Touched
from digest.build.setting import Setting
from digest.build.state import EntryRow, State
from digest.build.stored import StoredCards
from digest.model import Item
from digest.site.entries import entry_of
from digest.site.groups import Put, head_of
from digest.site.kinds import KINDS
from digest.site.pictures import Pictures
from digest.site.presence import Presence, Standing, standing_of
from digest.site.shown import Shown, shown_of

Families = Mapping[str, tuple[str, ...]]
Digests = Mapping[str, str]
ItemsOf = Callable[[Sequence[str]], Iterable[Item]]
"""Items by their paths, in the order of the paths."""

_BATCH = 500
_MOST_KEPT = 10_000


class Regrouping:
    """One run of the map and the reduce over what changed. `everything` when the rules did."""

    def __init__(self, state: State, setting: Setting, now: datetime, items_of: ItemsOf, pictures: Pictures) -> None:
        self.state, self.setting, self.now, self.items_of = state, setting, now, items_of
        self.pictures = pictures
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
        new = NewCards if len(families) <= MOST_IN_MEMORY else StoredCards
        self.cards = (new if self.state.is_blank() else Cards)(self.state, self.touched)
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
        self._emit(families, fresh, stale | moved)
        self._drop(gone)
        self._reduce()
        self._kept.clear()
        return self.cards

    def _standings(self, families: Families, digests: Digests, roots: set[str]) -> dict[str, EntryRow]:
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
        """Entries at `now`, read in batches: never all of them are in memory. Some are kept from the first round."""
        for start in range(0, len(roots), _BATCH):
            batch = roots[start : start + _BATCH]
            paths = [path for root in batch if root not in self._kept for path in families[root]]
            items = {item.path: item for item in self.items_of(paths)}
            for root in batch:
                standing = self._kept.get(root)
                if standing is None:
                    entry = entry_of(root, (items[path] for path in families[root]))
                    standing = standing_of(entry, self.now, self.setting.context)
                    if len(self._kept) < _MOST_KEPT:
                        self._kept[root] = standing
                yield root, standing

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
            in_story += in_story and bisect_right(days[row.story], row.edition) > 1
            if root in fresh or in_story != row.in_story:
                fresh[root] = row._replace(in_story=in_story)
                moved.add(root)
        return moved

    def _tellers(self, stories: Collection[str], families: Families, fresh: dict[str, EntryRow]) -> dict[str, EntryRow]:
        """The entries of some stories, by root, as they are now."""
        known = self.known if self._suspects is None else self.state.entries_of(stories)
        rows = {root: row for root, row in known.items() if root in families} | fresh
        return {root: row for root, row in rows.items() if row.story in stories}

    def _emit(self, families: Families, fresh: Mapping[str, EntryRow], roots: set[str]) -> None:
        context = self.setting.context
        for root, standing in self._each(families, _by_path(roots, families)):
            mates = fresh[root].in_story
            shown = shown_of(
                standing, in_story=mates > 0, in_story_then=mates > 1, context=context, pictures=self.pictures
            )
            self.cards.place(root, self._puts(shown))
        self.state.put_entries(fresh[root] for root in sorted(roots))

    def _puts(self, shown: Shown) -> Iterator[Put]:
        for kind in KINDS.values():
            yield from kind.emit(shown, self.setting.context)

    def _drop(self, roots: Sequence[str]) -> None:
        for root in roots:
            self.cards.place(root, ())
        self.state.drop_entries(roots)

    def _reduce(self) -> None:
        """The second round: what the touched groups say to others."""
        heads = {head for kind in KINDS.values() for head in kind.reduces}
        reducers = {head: [kind for kind in KINDS.values() if head in kind.reduces] for head in heads}
        for group in sorted(g for g in self.touched.keys if head_of(g) in reducers):
            puts = [
                put
                for kind in reducers[head_of(group)]
                for put in kind.reduce(group, self.cards.read, self.setting.context)
            ]
            self.cards.place(group, puts)


def _by_path(roots: Iterable[str], families: Families) -> list[str]:
    """Days one after the other: pages that are drawn together then find their cards together in memory."""
    return sorted(roots, key=families.__getitem__)


def _instant(moment: datetime) -> str:
    """ISO 8601 in UTC, so that instants sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
