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

from msgspec import Struct

from digest.content.loader import Loaded, Loader
from digest.content.page import FOLDER
from digest.content.scan import Stat, look_at, scan
from digest.content.tables import Tables
from digest.issues import Issue, issue

# The coarsest clock of a file system in use: FAT counts in steps of two seconds.
_GRAIN_NS = 2_000_000_000


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
        tables = Tables(store)
        reading = tables.reading()
        anew = reading.get("context") != loader.context
        done = _Refresh(tables, folder, loader, anew=anew).run(None if anew else paths)
        tables.note("context", loader.context)
        return done


class _Refresh:
    """The work of one refresh. `anew` reads every file, changed or not."""

    def __init__(self, tables: Tables, folder: Path, loader: Loader, *, anew: bool) -> None:
        self._tables, self._top, self._folder, self._loader, self._anew = tables, f"{folder}/", folder, loader, anew
        self._unsure_from = time.time_ns() - _GRAIN_NS
        self._loaded = 0

    def run(self, paths: Collection[str] | None) -> Refreshed:
        found = scan(self._folder) if paths is None else look_at(self._folder, paths)
        sure, older = self._tables.sure(paths), self._tables.unsure(paths)
        differ = sorted(stat for stat in found.files if self._anew or stat not in sure)
        # What the tables say and the folder no longer does: of a page that changed, or that is gone.
        if self._anew or len(found.files) - len(differ) < len(sure):
            older.update(path for path, *_ in (sure if self._anew else sure.difference(found.files)))
        for stat in differ:
            self._take(stat, known=stat[0] in older, compare=not self._anew)
        for path in older.difference(path for path, *_ in differ):
            if not path.startswith(found.unread):
                self._tables.forget(path)
        self._label_anew(found.files, complete=paths is None)
        changed, removed = self._tables.settled()
        return Refreshed(
            changed=changed,
            removed=removed,
            scanned=len(found.files),
            loaded=self._loaded,
            issues=found.issues,
            complete=paths is None,
        )

    def _take(self, stat: Stat, *, known: bool, compare: bool) -> None:
        """Reads one file; with `compare`, only if its bytes are not those of the last time."""
        path, _, written_ns, changed_ns, _ = stat
        unsure = max(written_ns, changed_ns) >= self._unsure_from
        content, loaded = b"", None
        try:
            data = bytes_of(self._top + path)
        except FileNotFoundError:
            self._tables.forget(path)
            return
        except OSError as error:
            message = f"the page cannot be read: {error.strerror}"
            problem = issue("page-unreadable", f"{FOLDER}/{path}", message, "let this user read the file")
            unsure, loaded = True, Loaded(None, (problem,))
        else:
            content = blake2b(data, digest_size=16).digest()
            if known and compare and self._tables.same(stat, content, unsure=unsure):
                return
            self._loaded += 1
        if known:
            self._tables.forget(path)
        self._tables.add(stat, content, loaded or self._loader.load(path, data), unsure=unsure)

    def _label_anew(self, files: Iterable[Stat], *, complete: bool) -> None:
        """When the labeller turns out to be another one, all that the older one labelled is read again."""
        labeller = self._loader.labeller
        if not labeller or labeller == self._tables.reading().get("labeller"):
            return
        self._tables.note("labeller", labeller)
        labelled = self._tables.labelled()
        for stat in files if complete else look_at(self._folder, labelled).files:
            if stat[0] in labelled:
                self._take(stat, known=True, compare=False)


def bytes_of(path: str) -> bytes:
    """All of a file. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each of 100,000 files is half a second
        return file.read()
