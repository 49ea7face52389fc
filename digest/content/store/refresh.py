"""Refresh the index from the content folder: check the status of every file, read the files that changed.

A file is unchanged when its size, times and inode equal those of the last refresh. A file that was written within the
clock's resolution before that refresh is racy: it can change without a change of its status, so its content is compared
the next time. See https://git-scm.com/docs/racy-git
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

# From this number of new files on, several processes read them; a process gets a shard of this size at a time.
_MIN_PARALLEL = 1000
_SHARD_SIZE = 128
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_CHUNK = 1 << 16

Paths: TypeAlias = Sequence[str]
MapShards: TypeAlias = Callable[
    [Callable[[Paths], list[FileRecord | None]], Iterable[Paths]], Iterator[list[FileRecord | None]]
]
"""Map a function over lists of paths in forked copies of this process; yields the results in order."""


class RefreshResult(Struct, frozen=True, kw_only=True):
    """Result of a refresh: paths of items that are new or changed, paths of items that are gone, and counts.

    `former_ids` are the ids that items had before at these paths. `issues` are those of folders. `complete` is True
    when the whole content folder was scanned. `generation` changes with every change of any item;
    `previous_generation` is that before this refresh.
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
    """Read the changed files among `paths` below `folder`, or among all pages, in one transaction.

    `map_shards` reads many new files in several processes. `scan_result` saves the scan when a caller has just made
    one. Raises sqlite3.Error.
    """
    store.execute("BEGIN IMMEDIATE")
    with store:
        tables = Tables(store)
        metadata = tables.metadata()
        reread = metadata.get("context") != loader.context_digest
        done = _Refresh(tables, folder, loader, map_shards, reread=reread).run(None if reread else paths, scan_result)
        tables.set_metadata("context", loader.context_digest)
        previous = generation = metadata.get("generation", "0")
        if done.changed or done.removed:
            generation = str(int(previous) + 1)
            tables.set_metadata("generation", generation)
        return msgspec.structs.replace(done, previous_generation=previous, generation=generation)


class _Refresh:
    """One refresh. `reread` reads every file, changed or not."""

    def __init__(
        self, tables: Tables, folder: Path, loader: PageLoader, map_shards: MapShards | None, *, reread: bool
    ) -> None:
        self._tables, self._top, self._folder, self._loader, self._reread = tables, f"{folder}/", folder, loader, reread
        self._map_shards = map_shards
        self._racy_since = racy_since_ns()
        self._loaded = 0

    def run(self, paths: Collection[str] | None, scan_result: Scan | None) -> RefreshResult:
        scanned = (scan_result or scan(self._folder)) if paths is None else scan_paths(self._folder, paths)
        reliable, known_paths = self._tables.reliable_stats(paths), self._tables.racy_paths(paths)
        changed_stats = sorted(stat for stat in scanned.files if self._reread or stat not in reliable)
        # Add paths whose recorded status is no longer in the folder: the page has changed or is gone.
        if self._reread or len(scanned.files) - len(changed_stats) < len(reliable):
            known_paths.update(path for path, *_ in (reliable if self._reread else reliable.difference(scanned.files)))
        self._record_all(changed_stats, known_paths)
        for path in known_paths.difference(path for path, *_ in changed_stats):
            if not path.startswith(scanned.unreadable_folders):
                self._tables.remove(path)
        self._reread_labelled(scanned.files, complete=paths is None)
        changed, removed = self._tables.finish()
        return RefreshResult(
            changed=changed,
            removed=removed,
            former_ids=self._tables.former_ids,
            scanned=len(scanned.files),
            loaded=self._loaded,
            issues=scanned.issues,
            complete=paths is None,
        )

    def _record_all(self, changed_stats: Sequence[FileStat], known_paths: Collection[str]) -> None:
        """Read the files with another status; many new files are read by `map_shards`."""
        new = [stat for stat in changed_stats if self._reread or stat[0] not in known_paths]
        if self._map_shards is None or len(new) < _MIN_PARALLEL:
            for stat in changed_stats:
                self._record(stat, known=stat[0] in known_paths, compare=not self._reread)
            return
        for stat in changed_stats:
            if not self._reread and stat[0] in known_paths:
                self._record(stat, known=True, compare=True)
        shards = [new[start : start + _SHARD_SIZE] for start in range(0, len(new), _SHARD_SIZE)]
        paths = ([stat[0] for stat in shard] for shard in shards)
        for shard, found in zip(shards, self._map_shards(self._read_all, paths), strict=True):
            for stat, kept in zip(shard, found, strict=True):
                self._store(stat, kept, known=stat[0] in known_paths)

    def _read_all(self, paths: Sequence[str]) -> list[FileRecord | None]:
        """Return the records of files; runs in any process that has a copy of this object."""
        return [self._read(path) for path in paths]

    def _read(self, path: str, data: bytes | None = None) -> FileRecord | None:
        """Return the record of a file, or None when it no longer exists. `data` saves reading it again."""
        try:
            data = load_bytes(self._top + path) if data is None else data
        except FileNotFoundError:
            return None
        except OSError as error:
            message = f"the page cannot be read: {error.strerror}"
            problem = issue("page-unreadable", f"{CONTENT_FOLDER}/{path}", message, "let this user read the file")
            return record_of(b"", LoadedPage(None, (problem,)))
        return record_of(blake2b(data, digest_size=16).digest(), self._loader.load(path, data))

    def _record(self, stat: FileStat, *, known: bool, compare: bool) -> None:
        """Read one file and record it; with `compare`, only if its bytes have changed."""
        data = None
        if known and compare:
            with suppress(OSError):
                data = load_bytes(self._top + stat[0])
                content = blake2b(data, digest_size=16).digest()
                if self._tables.update_stat_if_same(stat, content, racy=self._is_racy(stat)):
                    return
        self._store(stat, self._read(stat[0], data), known=known)

    def _store(self, stat: FileStat, kept: FileRecord | None, *, known: bool) -> None:
        """Store a record; `known` is True when the tables have an known_paths one."""
        if known or kept is None:
            self._tables.remove(stat[0])
        if kept is None:
            return
        self._loaded += bool(kept.content)
        if kept.labelled:
            self._loader.load_labeller()
        self._tables.add(stat, kept, racy=not kept.content or self._is_racy(stat))

    def _is_racy(self, stat: FileStat) -> bool:
        """Return whether a file may change again without a change of its status."""
        return max(stat[2], stat[3]) >= self._racy_since

    def _reread_labelled(self, files: Iterable[FileStat], *, complete: bool) -> None:
        """Read the pages again that another labeller labelled, if the labeller has changed."""
        labeller = self._loader.used_labeller
        if not labeller or labeller == self._tables.metadata().get("labeller"):
            return
        self._tables.set_metadata("labeller", labeller)
        labelled = self._tables.labelled_paths()
        for stat in files if complete else scan_paths(self._folder, labelled).files:
            if stat[0] in labelled:
                self._record(stat, known=True, compare=False)


def load_bytes(path: str) -> bytes:
    """Return the bytes of a file. Raises OSError."""
    file = os.open(path, _READ)  # fewer system calls than a file object, and faster than a Path
    try:
        data = os.read(file, _CHUNK)
        while more := os.read(file, _CHUNK):
            data += more
    finally:
        os.close(file)
    return data
