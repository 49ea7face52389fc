"""SQLite tables of the content index: one record per file, and the items that a transaction changed."""

import sqlite3
from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from digest.content.loader import LoadedPage
from digest.content.store.database import Schema
from digest.content.store.scan import FileStat

SCHEMA = Schema(
    name="content",
    version=5,
    statements=(
        """CREATE TABLE IF NOT EXISTS files (
            file INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER,
            inode INTEGER, unsure INTEGER NOT NULL, content BLOB NOT NULL, labelled INTEGER NOT NULL,
            shown INTEGER NOT NULL, digest TEXT, id TEXT, day TEXT, version_of TEXT, story TEXT)""",
        "CREATE INDEX IF NOT EXISTS files_id ON files (id)",
        "CREATE INDEX IF NOT EXISTS files_hidden ON files (path) WHERE shown = 0 AND id IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS files_version ON files (version_of) WHERE version_of != ''",
        "CREATE INDEX IF NOT EXISTS files_unsure ON files (path) WHERE unsure = 1",
        "CREATE TABLE IF NOT EXISTS items (file INTEGER PRIMARY KEY, item BLOB NOT NULL)",
        "CREATE TABLE IF NOT EXISTS problems (file INTEGER PRIMARY KEY, issues BLOB NOT NULL)",
        "CREATE TABLE IF NOT EXISTS images (file INTEGER, image TEXT NOT NULL)",
        "CREATE INDEX IF NOT EXISTS images_file ON images (file)",
        "CREATE TABLE IF NOT EXISTS reading (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    ),
)

_BATCH = 1000
_NO_ITEM = (None,) * 5
# JSON, because MessagePack cannot store a time with its original zone.
_encode = msgspec.json.Encoder().encode


class FileRecord(NamedTuple):
    """Record of a file beside its status: digest of the bytes (`content`), item and issues as JSON or None.

    `images` are the paths of the item's images on this site.
    """

    content: bytes
    item: bytes | None
    row: tuple[str | None, ...]
    issues: bytes | None
    labelled: bool
    images: tuple[str, ...] = ()


def record_of(content: bytes, loaded: LoadedPage) -> FileRecord:
    """Return the record of a loaded file."""
    issues = _encode(loaded.issues) if loaded.issues else None
    if loaded.item is None:
        return FileRecord(content, None, _NO_ITEM, issues, loaded.labelled)
    item, blob = loaded.item, _encode(loaded.item)
    digest = blake2b(blob, digest_size=8).hexdigest()
    row = (digest, item.id, item.day.isoformat(), item.version_of, item.story)
    images = (item.image, *item.images) if item.image else item.images
    return FileRecord(
        content, blob, row, issues, loaded.labelled, tuple(dict.fromkeys(i.path for i in images if i.path))
    )


class Tables:
    """The tables during one transaction: remembers items as they were before, and buffers new rows."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        self._next = store.execute("SELECT coalesce(max(file), 0) + 1 FROM files").fetchone()[0]
        # Digests of visible items before and after, and the ids whose number of pages may have changed.
        self._before: dict[str, str | None] = {}
        self._after: dict[str, str | None] = {}
        self.former_ids: dict[str, str] = {}
        """Ids of the items that were visible before, by path, for the paths that this transaction changed."""
        self._ids: set[str] = set()
        self._files: list[tuple[object, ...]] = []
        self._items: list[tuple[int, bytes]] = []
        self._problems: list[tuple[int, bytes]] = []
        self._images: list[tuple[int, str]] = []

    def metadata(self) -> dict[str, str]:
        """Return the values that items depend on besides their pages, by name."""
        return dict(self._store.execute("SELECT name, value FROM reading"))

    def set_metadata(self, name: str, value: str) -> None:
        """Store a value that items depend on."""
        self._store.execute("INSERT OR REPLACE INTO reading VALUES (?, ?)", (name, value))

    def reliable_stats(self, paths: Collection[str] | None) -> set[FileStat]:
        """These files, or all, as they were at the last look, but for those that may have changed unseen since."""
        query = "SELECT path, size, mtime_ns, ctime_ns, inode FROM files WHERE unsure = 0"
        if paths is None:
            return set(self._store.execute(query))
        return {row for path in paths for row in self._store.execute(f"{query} AND path = ?", (path,))}

    def racy_paths(self, paths: Collection[str] | None) -> set[str]:
        """Return the paths of files that may change without a change of their status."""
        racy = {path for (path,) in self._store.execute("SELECT path FROM files WHERE unsure = 1")}
        return racy if paths is None else racy.intersection(paths)

    def labelled_paths(self) -> set[str]:
        """Return the files that a labeller labelled and that were not read in this transaction."""
        self._flush()
        rows = self._store.execute("SELECT path FROM files WHERE labelled = 1").fetchall()
        return {path for (path,) in rows if path not in self._before}

    def update_stat_if_same(self, stat: FileStat, content: bytes, *, racy: bool) -> bool:
        """Return whether the file's bytes are unchanged; if so, update its status only."""
        query = """UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, unsure = ?
            WHERE path = ? AND content = ?"""
        path, *rest = stat
        return self._store.execute(query, (*rest, racy, path, content)).rowcount > 0

    def add(self, stat: FileStat, record: FileRecord, *, racy: bool) -> None:
        """Add the record of a file that is new or was removed before."""
        file, self._next = self._next, self._next + 1
        path = stat[0]
        self._before.setdefault(path, None)
        digest, name, *_ = record.row
        if record.item is not None and name:
            self._items.append((file, record.item))
            self._images += [(file, image) for image in record.images]
            self._ids.add(name)
            self._after[path] = digest
        if record.issues is not None:
            self._problems.append((file, record.issues))
        shown = record.item is not None
        self._files.append((file, *stat, racy, record.content, record.labelled, shown, *record.row))
        if len(self._files) >= _BATCH:
            self._flush()

    def remove(self, path: str) -> None:
        """Remove the record of a file that is gone or will be added again."""
        query = "DELETE FROM files WHERE path = ? RETURNING file, id, CASE WHEN shown THEN digest END"
        row = self._store.execute(query, (path,)).fetchone()
        if row is None:
            return
        file, name, digest = row
        self._remember(path, name, digest)
        self._ids.update([name] if name else [])
        self._store.execute("DELETE FROM items WHERE file = ?", (file,))
        self._store.execute("DELETE FROM problems WHERE file = ?", (file,))
        self._store.execute("DELETE FROM images WHERE file = ?", (file,))

    def finish(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Make the first page of each id visible. Return the paths with a changed item and those without one now."""
        self._flush()
        for name in self._ids & self._contested_ids():
            query = "SELECT file, path, digest, shown FROM files WHERE id = ? ORDER BY path"
            for n, (file, path, digest, shown) in enumerate(self._store.execute(query, (name,)).fetchall()):
                self._remember(path, name, digest if shown else None)
                self._after[path] = digest if n == 0 else None
                self._store.execute("UPDATE files SET shown = ? WHERE file = ?", (n == 0, file))
        differ = sorted(path for path, digest in self._before.items() if digest != self._after.get(path))
        return tuple(p for p in differ if self._after.get(p)), tuple(p for p in differ if not self._after.get(p))

    def _remember(self, path: str, name: str, digest: str | None) -> None:
        """Remember the item that was visible at a path before; None for no item."""
        if path not in self._before:
            self._before[path] = digest
            self.former_ids |= {path: name} if digest else {}

    def _contested_ids(self) -> set[str]:
        """Return ids that several pages have, and ids of hidden pages whose duplicate may be gone."""
        # Without INDEXED BY, SQLite scans all ids, because nearly every file has one.
        query = "SELECT id FROM files INDEXED BY files_hidden WHERE shown = 0 AND id IS NOT NULL"
        hidden = {name for (name,) in self._store.execute(query)}
        return hidden | {name for name in self._duplicated() if name}

    def _duplicated(self) -> Iterable[str]:
        if len(self._ids) > _BATCH:
            return (name for (name,) in self._store.execute("SELECT id FROM files GROUP BY id HAVING count(*) > 1"))
        count = "SELECT count(*) FROM files WHERE id = ?"
        return (name for name in self._ids if self._store.execute(count, (name,)).fetchone()[0] > 1)

    def _flush(self) -> None:
        self._store.executemany("INSERT INTO files VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self._files)
        self._store.executemany("INSERT INTO items VALUES (?, ?)", self._items)
        self._store.executemany("INSERT INTO problems VALUES (?, ?)", self._problems)
        self._store.executemany("INSERT INTO images VALUES (?, ?)", self._images)
        self._files, self._items, self._problems, self._images = [], [], [], []
