"""Which items make an entry, asked of the tables.

For a build of few changed pages, which looks at few entries, and for a new site of too many to hold them all.
"""

from collections.abc import Iterable, Iterator, Mapping

from digest.builder.incremental.entries import entry_digest
from digest.builder.render.pools import in_shards
from digest.builder.state.database import State
from digest.content.store.archive import Archive
from digest.content.store.refresh import RefreshResult
from digest.site.entries import group_versions

_MAX_CHANGES = 500
"""So many changed pages are found sooner by a look at all."""
_BATCH = 5000


class EntryLookup:
    """As `Kin`, which holds all items. Here only versions, and what they are of, are joined beforehand."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        related = archive.version_rows()
        self._joined, self.issues = group_versions(related)
        self._related = {row.id for row in related}
        self.paths_by_root: Mapping[str, tuple[str, ...]] = _PathsByRoot(archive, self._related, self._joined)
        self._version_targets = {name for row in related for name in (row.id, row.version_of)}

    def __len__(self) -> int:
        """How many items there are."""
        return self._archive.count()

    def affected_roots(self, state: State, read: RefreshResult) -> set[str] | None:
        """The roots that alone can be new, changed or gone after these pages changed; None when others can be as well.

        For the state of a build that saw all items as they were before. A page that is a version or has some, or was
        or had, can change what makes an entry elsewhere.
        """
        paths = {*read.changed, *read.removed}
        if len(paths) > _MAX_CHANGES:
            return None
        rows, former = (
            self._archive.rows(paths),
            {path: read.former_ids[path] for path in paths if path in read.former_ids},
        )
        roots, entries = {*former.values(), *(row.id for row in rows)}, state.entries(former.values())
        were = all(name in entries and entries[name].path == path for path, name in former.items())
        stand_alone = were and not any(row.version_of for row in rows) and roots.isdisjoint(self._version_targets)
        return roots if stand_alone else None

    def digests(self, roots: Iterable[str], marks: Mapping[str, str]) -> dict[str, str]:
        """What the entries of some roots say, by root, as `Kin.digests`."""
        return {
            root: self._entry_digest(self.paths_by_root[root], marks) for root in roots if root in self.paths_by_root
        }

    def batches(self, marks: Mapping[str, str]) -> Iterator[tuple[dict[str, tuple[str, ...]], dict[str, str]]]:
        """All families with what they say, some at a time, by the paths of their roots."""
        related, joined = self._related, self._joined
        for rows in in_shards(self._archive.iter_rows(), _BATCH):
            alone = {row.id: row for row in rows if row.id not in related}
            families = {row.id: joined.get(row.id, (row.path,)) for row in rows if row.id in alone or row.id in joined}
            says = {root: entry_digest([row.digest + marks.get(row.path, "")]) for root, row in alone.items()}
            yield families, says | self.digests(families.keys() - says.keys(), marks)

    def _entry_digest(self, paths: Iterable[str], marks: Mapping[str, str]) -> str:
        says = {row.path: row.digest + marks.get(row.path, "") for row in self._archive.rows(tuple(paths))}
        return entry_digest(says[path] for path in paths)


class _PathsByRoot(Mapping[str, tuple[str, ...]]):
    """Root id → paths, the root's first: those that are joined, and each other item for itself."""

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
