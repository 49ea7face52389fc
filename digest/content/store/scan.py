"""Scan of the content folder: paths, sizes and times of all pages, without opening a file."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from digest.issues import Issue, issue

CONTENT_FOLDER = "content"
DUMPS_FOLDER = "dumps"
CLOCK_GRAIN_NS = 2_000_000_000
"""Coarsest resolution of mtime in use: FAT has steps of two seconds."""

_TEMPORARY_PREFIXES = (".", "#", "~")

# Status of a file: path relative to the content folder with `/`, size, mtime and ctime in ns, inode. A plain tuple,
# because there may be 100,000 of them.
FileStat: TypeAlias = tuple[str, int, int, int, int]


class Scan(Struct, frozen=True):
    """Result of a scan: pages in no order, unreadable folders with their issues, and files that are no pages."""

    files: Sequence[FileStat]
    unreadable_folders: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    other_files: Sequence[FileStat] = ()


def racy_since_ns() -> int:
    """Return the time in ns since which a file written can change again without a change of its status.

    https://git-scm.com/docs/racy-git
    """
    return time.time_ns() - CLOCK_GRAIN_NS


def is_page(path: str) -> bool:
    """Return whether a path below the content folder is a page: a `.md` file outside hidden folders and `dumps/`.

    Backup, swap and lock files of editors (`x.md~`, `.x.md.swp`, `#x.md#`, `.#x.md`, `~$x.md`) are no pages.
    """
    *folders, name = path.split("/")
    return is_page_name(name) and not any(f.startswith(".") for f in folders) and folders[:1] != [DUMPS_FOLDER]


def is_page_name(name: str) -> bool:
    """Return whether a file of this name is a page."""
    return name.endswith(".md") and not name.startswith(_TEMPORARY_PREFIXES)


def scan(folder: Path) -> Scan:
    """Find all pages below `folder`. Each folder is entered once, however many symbolic links lead to it."""
    walk = _Walk(f"{folder}/")
    while walk.folders or walk.links:
        # Folders before links to folders, so that a page keeps its path without the link.
        walk.enter(walk.folders.pop() if walk.folders else walk.links.pop(walk.links.index(min(walk.links))))
    return Scan(walk.files, tuple(walk.unread), tuple(walk.issues), walk.others)


def scan_paths(folder: Path, paths: Iterable[str]) -> Scan:
    """Look at some paths only; the result has those that are pages and exist."""
    files = ((path, folder / path) for path in paths if is_page(path))
    return Scan([stat_of(path, file.stat()) for path, file in files if file.is_file()])


def stat_of(path: str, status: os.stat_result) -> FileStat:
    """Return the relevant part of a file's status."""
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@contextmanager
def _entries(folder: str) -> Iterator[Iterator["os.DirEntry[str]"]]:
    """List a folder by its descriptor where supported, so that the path is not resolved again for each file."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(descriptor) as entries:
            yield entries
    finally:
        os.close(descriptor)


class _Walk:
    """State of a walk: files found so far, and folders still to enter."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._entered: set[tuple[int, int]] = set()
        self.files, self.others = list[FileStat](), list[FileStat]()
        self.folders, self.links = [""], list[str]()
        self.unread: list[str] = []
        self.issues: list[Issue] = []

    def enter(self, prefix: str) -> None:
        """List one folder; `prefix` is its path with a trailing `/`."""
        try:
            status = os.stat(self._top + prefix)  # noqa: PTH116 - making a Path takes longer than the call
            if (status.st_dev, status.st_ino) in self._entered:
                return
            self._entered.add((status.st_dev, status.st_ino))
            with _entries(self._top + prefix) as entries:
                for entry in entries:
                    if is_page_name(entry.name) and entry.is_file():
                        self._page(prefix + entry.name, entry)
                    elif not entry.name.startswith(".") and entry.is_dir():
                        self._folder(prefix + entry.name, entry)
                    elif not entry.name.startswith(_TEMPORARY_PREFIXES) and entry.is_file():
                        self.others.append(stat_of(prefix + entry.name, entry.stat()))
        except FileNotFoundError:
            return
        except OSError as error:
            self.unread.append(prefix)
            message = f"the folder cannot be read: {error.strerror}"
            self.issues.append(issue("page-unreadable", f"{CONTENT_FOLDER}/{prefix}", message, "let this user read it"))

    def _page(self, path: str, entry: os.DirEntry[str]) -> None:
        if path.isascii() or (shown := path.encode("utf-8", "replace").decode()) == path:
            status = entry.stat()  # `stat_of` inlined: saves a call per page
            self.files.append((path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
        else:
            place = f"{CONTENT_FOLDER}/{shown}"
            self.issues.append(issue("page-unreadable", place, "the name of the file is not UTF-8", "rename it"))

    def _folder(self, path: str, entry: os.DirEntry[str]) -> None:
        if path != DUMPS_FOLDER:
            (self.links if entry.is_symlink() else self.folders).append(f"{path}/")
