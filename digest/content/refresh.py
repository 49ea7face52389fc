"""Brings the store up to date with the content folder: one look at every file, one reading of each that changed.

A file counts as unchanged when its size, times and inode are those of the last look. One that was written within the
clock's grain of that look can change again without changing any of them, so its content is compared the next time:
https://git-scm.com/docs/racy-git
"""

import sqlite3
import time
from collections.abc import Collection, Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.content.loader import Loaded, Loader
from digest.content.page import FOLDER
from digest.content.scan import Scan, Stat, look_at, scan
from digest.issues import Issue, issue

# The coarsest clock of a file system in use: FAT counts in steps of two seconds.
_GRAIN_NS = 2_000_000_000
_encode = msgspec.json.Encoder().encode


class Refreshed(Struct, frozen=True, kw_only=True):
    """What a refresh found: paths of items that are new or differ, paths of items that are gone, and the work done.

    `issues` are those of folders; `complete` says that all of the content folder was looked at.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    scanned: int = 0
    loaded: int = 0
    issues: tuple[Issue, ...] = ()
    complete: bool = True


def refresh(store: sqlite3.Connection, folder: Path, loader: Loader, paths: Collection[str] | None = None) -> Refreshed:
    """One transaction: `paths` below `folder`, or all pages, are read where they changed. Raises sqlite3.Error."""
    store.execute("BEGIN IMMEDIATE")
    with store:
        return _Refresh(store, folder, loader, paths).run()


class _Refresh:
    """The work of one refresh: what was known before, and what has been seen to change so far."""

    def __init__(self, store: sqlite3.Connection, folder: Path, loader: Loader, paths: Collection[str] | None) -> None:
        self._store, self._folder, self._loader = store, folder, loader
        self._reading = dict(store.execute("SELECT name, value FROM reading"))
        self._anew = self._reading.get("context") != loader.context
        self._paths = None if self._anew else paths
        # Digest of each item before, and the ids that more or fewer pages may have now.
        self._before: dict[str, str | None] = {}
        self._ids: set[str] = set()
        self._loaded = 0

    def run(self) -> Refreshed:
        self._unsure_from = time.time_ns() - _GRAIN_NS
        found = scan(self._folder) if self._paths is None else look_at(self._folder, self._paths)
        known = self._known()
        for path, stat in found.files.items():
            if self._anew or known.pop(path, None) != (*stat, 0):
                self._take(path, stat)
        self._drop(path for path in known if path not in found.files and not path.startswith(found.unread))
        self._label_anew(found)
        self._store.execute("INSERT OR REPLACE INTO reading VALUES ('context', ?)", (self._loader.context,))
        changed, removed = self._settled()
        return Refreshed(
            changed=changed,
            removed=removed,
            scanned=len(found.files),
            loaded=self._loaded,
            issues=found.issues,
            complete=self._paths is None,
        )

    def _known(self) -> dict[str, tuple[int, ...]]:
        """Size, times, inode and doubt of each file as of the last look."""
        query = "SELECT path, size, mtime_ns, ctime_ns, inode, unsure FROM files"
        if self._paths is None:
            return {path: tuple(rest) for path, *rest in self._store.execute(query)}
        rows = (self._store.execute(f"{query} WHERE path = ?", (path,)).fetchone() for path in self._paths)
        return {row[0]: row[1:] for row in rows if row}

    def _take(self, path: str, stat: Stat, *, anew: bool = False) -> None:
        """Reads one file, unless its bytes are those of the last time."""
        unsure = max(stat.mtime_ns, stat.ctime_ns) >= self._unsure_from
        try:
            data = (self._folder / path).read_bytes()
        except FileNotFoundError:
            self._drop([path])
            return
        except OSError as error:
            message = f"the page cannot be read: {error.strerror}"
            problem = issue("page-unreadable", f"{FOLDER}/{path}", message, "let this user read the file")
            self._save(path, stat, b"", Loaded(None, (problem,)), unsure=True)
            return
        content = blake2b(data, digest_size=16).digest()
        if not (self._anew or anew):
            same = """UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, unsure = ?
                WHERE path = ? AND content = ?"""
            if self._store.execute(same, (*stat, unsure, path, content)).rowcount:
                return
        self._loaded += 1
        self._save(path, stat, content, self._loader.load(path, data), unsure=unsure)

    def _save(self, path: str, stat: Stat, content: bytes, loaded: Loaded, *, unsure: bool) -> None:
        self._note(path)
        blob = _encode(loaded.item) if loaded.item else b""
        row: tuple[object, ...] = (None,) * 7
        if item := loaded.item:
            digest = blake2b(blob, digest_size=8).hexdigest()
            key = item.origin.key if item.origin else ""
            row = (digest, item.id, key, item.day.isoformat(), item.version_of, item.story, item.status)
            self._ids.add(item.id)
        file = self._store.execute(
            """INSERT INTO files (path, size, mtime_ns, ctime_ns, inode, unsure, content, labelled, shown,
                digest, id, key, day, version_of, story, status) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
            (path, *stat, unsure, content, loaded.labelled, bool(blob), *row),
        ).lastrowid
        if blob:
            self._store.execute("INSERT INTO items VALUES (?, ?)", (file, blob))
        if loaded.issues:
            self._store.execute("INSERT INTO problems VALUES (?, ?)", (file, _encode(loaded.issues)))

    def _drop(self, paths: Iterable[str]) -> None:
        for path in paths:
            self._note(path)

    def _note(self, path: str) -> None:
        """Forgets a file, but for what its item was before."""
        query = "DELETE FROM files WHERE path = ? RETURNING file, id, CASE WHEN shown THEN digest END"
        row = self._store.execute(query, (path,)).fetchone()
        if row is None:
            self._before.setdefault(path, None)
            return
        file, name, digest = row
        self._before.setdefault(path, digest)
        self._ids.update([name] if name else [])
        self._store.execute("DELETE FROM items WHERE file = ?", (file,))
        self._store.execute("DELETE FROM problems WHERE file = ?", (file,))

    def _label_anew(self, found: Scan) -> None:
        """When the labeller turns out to be another one, all that the older one labelled is read again."""
        now = self._loader.labeller
        if not now or now == self._reading.get("labeller"):
            return
        self._store.execute("INSERT OR REPLACE INTO reading VALUES ('labeller', ?)", (now,))
        labelled = self._store.execute(
            "SELECT path, size, mtime_ns, ctime_ns, inode FROM files WHERE labelled = 1"
        ).fetchall()
        for path, *stat in labelled:
            if path not in self._before:
                self._take(path, found.files.get(path, Stat(*stat)), anew=True)

    def _settled(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """One page for an id: the first by path. Paths whose item differs, and paths that have none any more."""
        after: dict[str, str | None] = dict.fromkeys(self._before)
        for name in self._ids:
            rows = self._store.execute(
                "SELECT file, path, digest, shown FROM files WHERE id = ? ORDER BY path", (name,)
            )
            for n, (file, path, digest, shown) in enumerate(rows.fetchall()):
                self._before.setdefault(path, digest if shown else None)
                after[path] = digest if n == 0 else None
                if shown != (n == 0):
                    self._store.execute("UPDATE files SET shown = ? WHERE file = ?", (n == 0, file))
        differ = sorted(path for path, digest in after.items() if digest != self._before[path])
        return tuple(p for p in differ if after[p]), tuple(p for p in differ if not after[p])
