"""Index of entries in memory: which items form an entry. Only changed items are joined again."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from digest.content.store.archive import Row
from digest.site.entries import group_versions


class EntryIndex:
    """Entries of all items.

    `paths_by_root` maps a root id to the paths of its items, the root first; `issues` are problems of joining.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.path: row for row in rows}
        self._join()

    def __len__(self) -> int:
        """Number of items."""
        return len(self._rows)

    def update(self, rows: Mapping[str, Row | None]) -> set[str]:
        """Apply changed items by path (None: removed). Return the roots that may be new, changed or removed."""
        pairs = [(self._rows.get(path), row) for path, row in rows.items()]
        for path, row in rows.items():
            if row is None:
                self._rows.pop(path, None)
            else:
                self._rows[path] = row
        if all(self._is_root(old) and self._is_root(new) for old, new in pairs):
            for old, _ in pairs:
                if old:
                    del self.paths_by_root[old.id]
            self.paths_by_root |= {new.id: (new.path,) for _, new in pairs if new}
            return {row.id for pair in pairs for row in pair if row}
        if all(old and new and (old.id, old.version_of) == (new.id, new.version_of) for old, new in pairs):
            return {self._root_of.get(new.path, new.id) for _, new in pairs if new}
        before = self.paths_by_root
        self._join()
        changed = {root for root, paths in self.paths_by_root.items() if before.get(root) != paths}
        mentioned = {root for root, paths in self.paths_by_root.items() if not rows.keys().isdisjoint(paths)}
        return changed | mentioned | (before.keys() - self.paths_by_root.keys())

    def digests(self, roots: Iterable[str], marks: Mapping[str, str]) -> dict[str, str]:
        """Return a digest for each root.

        `marks` add what decides about an item besides its text, by path (image digests).
        """
        return {
            root: self._entry_digest(self.paths_by_root[root], marks) for root in roots if root in self.paths_by_root
        }

    def _join(self) -> None:
        """Join all items."""
        joined = group_versions(sorted(self._rows.values(), key=lambda row: row.path))
        self.paths_by_root, self.issues = joined.paths_by_root, joined.issues
        # Only entries with several items.
        self._root_of = {path: root for root, paths in self.paths_by_root.items() if len(paths) > 1 for path in paths}
        self._named = Counter(row.version_of for row in self._rows.values() if row.version_of)

    def _is_root(self, row: Row | None) -> bool:
        """Return True for an item that is no version and has none."""
        return row is None or not (row.version_of or row.id in self._named)

    def _entry_digest(self, paths: Iterable[str], marks: Mapping[str, str]) -> str:
        return entry_digest(self._rows[path].digest + marks.get(path, "") for path in paths)


def entry_digest(parts: Iterable[str]) -> str:
    """Return the digest of an entry from the digests of its items, the root first."""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
