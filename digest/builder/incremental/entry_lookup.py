"""Entries read from the tables of items, without loading all items.

For a build of few changed pages (an edit of one page takes about 15 % less time), and for a new site that is too large
for memory. Without it every build joins all items.
"""

from collections.abc import Iterable, Iterator, Mapping

from digest.builder.incremental.entries import entry_digest
from digest.builder.render.pools import in_shards
from digest.builder.state.database import State
from digest.content.store.archive import Archive
from digest.content.store.refresh import RefreshResult
from digest.site.entries import group_versions

_MAX_CHANGES = 500
"""Above this number of changed pages, joining all items is faster."""
_BATCH = 5000


class EntryLookup:
    """Like `EntryIndex`, which holds all items; this one joins only versions and their roots in advance."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        related = archive.version_rows()
        self._joined, self.issues = group_versions(related)
        self._related = {row.id for row in related}
        self.paths_by_root: Mapping[str, tuple[str, ...]] = _PathsByRoot(archive, self._related, self._joined)
        self._version_targets = {name for row in related for name in (row.id, row.version_of)}

    def __len__(self) -> int:
        """Number of items."""
        return self._archive.count()

    def affected_roots(self, state: State, read: RefreshResult) -> set[str] | None:
        """Return the only roots that can be new, changed or removed after these pages changed; None when unknown.

        `state` must be of a build that read all other items as they are now. A page that is or was a version, or has or
        had versions, can change other entries; then the answer is None.
        """
        paths = {*read.changed, *read.removed}
        if len(paths) > _MAX_CHANGES:
            return None
        rows, former = (
            self._archive.rows(paths),
            {path: read.former_ids[path] for path in paths if path in read.former_ids},
        )
        roots, entries = {*former.values(), *(row.id for row in rows)}, state.entries(former.values())
        unchanged_roots = all(name in entries and entries[name].path == path for path, name in former.items())
        independent = (
            unchanged_roots and not any(row.version_of for row in rows) and roots.isdisjoint(self._version_targets)
        )
        return roots if independent else None

    def digests(self, roots: Iterable[str], marks: Mapping[str, str]) -> dict[str, str]:
        """Return a digest for each root, like `EntryIndex.digests`."""
        return {
            root: self._entry_digest(self.paths_by_root[root], marks) for root in roots if root in self.paths_by_root
        }

    def batches(self, marks: Mapping[str, str]) -> Iterator[tuple[dict[str, tuple[str, ...]], dict[str, str]]]:
        """Yield all entries with their digests in batches, ordered by the path of the root."""
        related, joined = self._related, self._joined
        for rows in in_shards(self._archive.iter_rows(), _BATCH):
            alone = {row.id: row for row in rows if row.id not in related}
            families = {row.id: joined.get(row.id, (row.path,)) for row in rows if row.id in alone or row.id in joined}
            digests = {root: entry_digest([row.digest + marks.get(row.path, "")]) for root, row in alone.items()}
            yield families, digests | self.digests(families.keys() - digests.keys(), marks)

    def _entry_digest(self, paths: Iterable[str], marks: Mapping[str, str]) -> str:
        digests = {row.path: row.digest + marks.get(row.path, "") for row in self._archive.rows(tuple(paths))}
        return entry_digest(digests[path] for path in paths)


class _PathsByRoot(Mapping[str, tuple[str, ...]]):
    """Root id → paths, the root first: joined entries from memory, all others from the table."""

    def __init__(self, archive: Archive, related: set[str], joined: Mapping[str, tuple[str, ...]]) -> None:
        self._archive, self._related, self._joined = archive, related, joined

    def __getitem__(self, root: str) -> tuple[str, ...]:
        if root in self._related:
            return self._joined[root]
        row = self._archive.row_by_id(root)
        if row is None:
            raise KeyError(root)
        return (row.path,)

    def __iter__(self) -> Iterator[str]:
        yield from self._joined
        yield from (row.id for row in self._archive.rows() if row.id not in self._related)

    def __len__(self) -> int:
        return self._archive.count() - len(self._related) + len(self._joined)
