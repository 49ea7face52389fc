"""Brings the store up to date with the content folder: one look at every file, one reading of each that changed.

A file counts as unchanged when its size, times and inode are those of the last look. One that was written within the
clock's grain of that look can change again without changing any of them, so its content is compared the next time:
https://git-scm.com/docs/racy-git
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct

from digest.content.loader import LoadedPage, PageLoader
from digest.content.store.scan import CONTENT_FOLDER, FileStat, Scan, racy_since_ns, scan, scan_paths
from digest.content.store.tables import FileRecord, Tables, record_of
from digest.issues import Issue, issue

# From so many new files on, reading them in several processes is worth while; so many go to a process at a time.
_MANY = 1000
_SHARD = 128
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_AT_ONCE = 1 << 16

Paths: TypeAlias = Sequence[str]
MapShards: TypeAlias = Callable[
    [Callable[[Paths], list[FileRecord | None]], Iterable[Paths]], Iterator[list[FileRecord | None]]
]
"""Does a work on each of many lists of paths, in processes that have a copy of this one; the results in order."""


class RefreshResult(Struct, frozen=True, kw_only=True):
    """What a refresh found: paths of items that are new or differ, paths of items that are gone, and the work done.

    `former` are the ids that items had before at these paths. `issues` are those of folders; `complete` says that all
    of the content folder was looked at. `turn` is another one after each change of any item, `since` the one before.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    scanned: int = 0
    loaded: int = 0
    issues: tuple[Issue, ...] = ()
    complete: bool = True
    former_ids: Mapping[str, str] = {}
    previous_generation: str = ""
    generation: str = ""


def refresh(
    store: sqlite3.Connection,
    folder: Path,
    loader: PageLoader,
    paths: Collection[str] | None = None,
    map_shards: MapShards | None = None,
    scan_result: Scan | None = None,
) -> RefreshResult:
    """One transaction: `paths` below `folder`, or all pages, are read where they changed. Raises sqlite3.Error.

    Many new files are read by `spread`, if there is one, in the processes that it has. `found` is what a look at all
    pages found a moment ago, if there was one.
    """
    store.execute("BEGIN IMMEDIATE")
    with store:
        tables = Tables(store)
        reading = tables.metadata()
        anew = reading.get("context") != loader.context_digest
        done = _Refresh(tables, folder, loader, map_shards, anew=anew).run(None if anew else paths, scan_result)
        tables.set_metadata("context", loader.context_digest)
        since = turn = reading.get("turn", "0")
        if done.changed or done.removed:
            turn = str(int(since) + 1)
            tables.set_metadata("turn", turn)
        return msgspec.structs.replace(done, previous_generation=since, generation=turn)


class _Refresh:
    """The work of one refresh. `anew` reads every file, changed or not."""

    def __init__(
        self, tables: Tables, folder: Path, loader: PageLoader, spread: MapShards | None, *, anew: bool
    ) -> None:
        self._tables, self._top, self._folder, self._loader, self._anew = tables, f"{folder}/", folder, loader, anew
        self._spread = spread
        self._unsure_from = racy_since_ns()
        self._loaded = 0

    def run(self, paths: Collection[str] | None, found: Scan | None) -> RefreshResult:
        found = (found or scan(self._folder)) if paths is None else scan_paths(self._folder, paths)
        sure, older = self._tables.reliable_stats(paths), self._tables.racy_paths(paths)
        differ = sorted(stat for stat in found.files if self._anew or stat not in sure)
        # What the tables say and the folder no longer does: of a page that changed, or that is gone.
        if self._anew or len(found.files) - len(differ) < len(sure):
            older.update(path for path, *_ in (sure if self._anew else sure.difference(found.files)))
        self._take_all(differ, older)
        for path in older.difference(path for path, *_ in differ):
            if not path.startswith(found.unreadable_folders):
                self._tables.remove(path)
        self._label_anew(found.files, complete=paths is None)
        changed, removed = self._tables.finish()
        return RefreshResult(
            changed=changed,
            removed=removed,
            former_ids=self._tables.former_ids,
            scanned=len(found.files),
            loaded=self._loaded,
            issues=found.issues,
            complete=paths is None,
        )

    def _take_all(self, differ: Sequence[FileStat], older: Collection[str]) -> None:
        """Reads the files that seem to differ; new ones elsewhere, where there are many."""
        new = [stat for stat in differ if self._anew or stat[0] not in older]
        if self._spread is None or len(new) < _MANY:
            for stat in differ:
                self._take(stat, known=stat[0] in older, compare=not self._anew)
            return
        for stat in differ:
            if not self._anew and stat[0] in older:
                self._take(stat, known=True, compare=True)
        shards = [new[start : start + _SHARD] for start in range(0, len(new), _SHARD)]
        paths = ([stat[0] for stat in shard] for shard in shards)
        for shard, found in zip(shards, self._spread(self._read_all, paths), strict=True):
            for stat, kept in zip(shard, found, strict=True):
                self._keep(stat, kept, known=stat[0] in older)

    def _read_all(self, paths: Sequence[str]) -> list[FileRecord | None]:
        """What to keep of files; runs in any process that has a copy of this object."""
        return [self._read(path) for path in paths]

    def _read(self, path: str, data: bytes | None = None) -> FileRecord | None:
        """What to keep of a file, whose bytes may be at hand already; None for one that went away."""
        try:
            data = load_bytes(self._top + path) if data is None else data
        except FileNotFoundError:
            return None
        except OSError as error:
            message = f"the page cannot be read: {error.strerror}"
            problem = issue("page-unreadable", f"{CONTENT_FOLDER}/{path}", message, "let this user read the file")
            return record_of(b"", LoadedPage(None, (problem,)))
        return record_of(blake2b(data, digest_size=16).digest(), self._loader.load(path, data))

    def _take(self, stat: FileStat, *, known: bool, compare: bool) -> None:
        """Reads one file; with `compare`, only if its bytes are not those of the last time."""
        data = None
        if known and compare:
            with suppress(OSError):
                data = load_bytes(self._top + stat[0])
                content = blake2b(data, digest_size=16).digest()
                if self._tables.update_stat_if_same(stat, content, racy=self._is_unsure(stat)):
                    return
        self._keep(stat, self._read(stat[0], data), known=known)

    def _keep(self, stat: FileStat, kept: FileRecord | None, *, known: bool) -> None:
        """Sets down what was read; `known` when the tables say something of the file already."""
        if known or kept is None:
            self._tables.remove(stat[0])
        if kept is None:
            return
        self._loaded += bool(kept.content)
        if kept.labelled:
            self._loader.load_labeller()
        self._tables.add(stat, kept, racy=not kept.content or self._is_unsure(stat))

    def _is_unsure(self, stat: FileStat) -> bool:
        """Whether a file may change again without a trace."""
        return max(stat[2], stat[3]) >= self._unsure_from

    def _label_anew(self, files: Iterable[FileStat], *, complete: bool) -> None:
        """When the labeller turns out to be another one, all that the older one labelled is read again."""
        labeller = self._loader.used_labeller
        if not labeller or labeller == self._tables.metadata().get("labeller"):
            return
        self._tables.set_metadata("labeller", labeller)
        labelled = self._tables.labelled_paths()
        for stat in files if complete else scan_paths(self._folder, labelled).files:
            if stat[0] in labelled:
                self._take(stat, known=True, compare=False)


def load_bytes(path: str) -> bytes:
    """All of a file. Raises OSError."""
    file = os.open(path, _READ)  # a file object would ask the system as much again, and a Path take as long
    try:
        data = os.read(file, _AT_ONCE)
        while more := os.read(file, _AT_ONCE):
            data += more
    finally:
        os.close(file)
    return data
