"""Which items make an entry, kept from build to build: what changes is joined anew, and no more than that."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from digest.content.store.archive import Row
from digest.site.entries import group_versions


class EntryIndex:
    """The families of all items: root id → paths, the root's first. `issues` is what was wrong with joining."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.path: row for row in rows}
        self._join()

    def __len__(self) -> int:
        """How many items there are."""
        return len(self._rows)

    def update(self, rows: Mapping[str, Row | None]) -> set[str]:
        """Takes in what items at some paths are now, None for none; the roots that can be new, changed or gone."""
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
        differ = {root for root, paths in self.paths_by_root.items() if before.get(root) != paths}
        said = {root for root, paths in self.paths_by_root.items() if not rows.keys().isdisjoint(paths)}
        return differ | said | (before.keys() - self.paths_by_root.keys())

    def digests(self, roots: Iterable[str], marks: Mapping[str, str]) -> dict[str, str]:
        """What the entries of some roots say, by root. `marks` are what items say beside their text, by their paths."""
        return {
            root: self._entry_digest(self.paths_by_root[root], marks) for root in roots if root in self.paths_by_root
        }

    def _join(self) -> None:
        """All anew."""
        joined = group_versions(sorted(self._rows.values(), key=lambda row: row.path))
        self.paths_by_root, self.issues = joined.paths_by_root, joined.issues
        # Only of those who are not alone.
        self._root_of = {path: root for root, paths in self.paths_by_root.items() if len(paths) > 1 for path in paths}
        self._named = Counter(row.version_of for row in self._rows.values() if row.version_of)

    def _is_root(self, row: Row | None) -> bool:
        """Whether an item stands alone: it is no version, and no version names it."""
        return row is None or not (row.version_of or row.id in self._named)

    def _entry_digest(self, paths: Iterable[str], marks: Mapping[str, str]) -> str:
        return entry_digest(self._rows[path].digest + marks.get(path, "") for path in paths)


def entry_digest(parts: Iterable[str]) -> str:
    """What an entry says, from what its items say, the root first."""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
