"""What pages there are: one pass over the content folder that opens no file."""

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
"""The coarsest clock of a file system in use: FAT counts in steps of two seconds."""

_PASSING = (".", "#", "~")

# What the file system says of a page without opening it: path relative to the content folder with `/`, size, time of
# the last writing and of the last change in ns, inode. A plain tuple, since there may be 100,000.
FileStat: TypeAlias = tuple[str, int, int, int, int]


class Scan(Struct, frozen=True):
    """The pages in no order; the folders that could not be read, and why. `others` are files that are no pages."""

    files: Sequence[FileStat]
    unreadable_folders: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    other_files: Sequence[FileStat] = ()


def racy_since_ns() -> int:
    """The instant, in ns, from which on a file that was written can change again without a trace in its status.

    https://git-scm.com/docs/racy-git
    """
    return time.time_ns() - CLOCK_GRAIN_NS


def is_page(path: str) -> bool:
    """Whether a path below the content folder is one of a page: a `.md` file that is no editor's own.

    Editors write backups, swap and lock files beside a page (`x.md~`, `.x.md.swp`, `#x.md#`, `.#x.md`, `~$x.md`): none
    of these has the name of a page. Hidden folders and the copies of dumps hold no pages.
    """
    *folders, name = path.split("/")
    return is_page_name(name) and not any(f.startswith(".") for f in folders) and folders[:1] != [DUMPS_FOLDER]


def is_page_name(name: str) -> bool:
    """Whether a file of this name is a page."""
    return name.endswith(".md") and not name.startswith(_PASSING)


def scan(folder: Path) -> Scan:
    """All pages below `folder`. A folder is entered once, however many links lead to it: no link makes a loop."""
    walk = _Walk(f"{folder}/")
    while walk.folders or walk.links:
        # Folders before links to folders, so that a page keeps the path that it has without the link.
        walk.enter(walk.folders.pop() if walk.folders else walk.links.pop(walk.links.index(min(walk.links))))
    return Scan(walk.files, tuple(walk.unread), tuple(walk.issues), walk.others)


def scan_paths(folder: Path, paths: Iterable[str]) -> Scan:
    """The same for some paths alone: those that are pages and are there."""
    files = ((path, folder / path) for path in paths if is_page(path))
    return Scan([stat_of(path, file.stat()) for path, file in files if file.is_file()])


def stat_of(path: str, status: os.stat_result) -> FileStat:
    """What of a status counts."""
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


@contextmanager
def _entries(folder: str) -> Iterator[Iterator["os.DirEntry[str]"]]:
    """What a folder holds; by its descriptor, where there are such: its path is not followed again for each file."""
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
    """A pass over a folder: what was found so far, and what is still to be entered."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._entered: set[tuple[int, int]] = set()
        self.files, self.others = list[FileStat](), list[FileStat]()
        self.folders, self.links = [""], list[str]()
        self.unread: list[str] = []
        self.issues: list[Issue] = []

    def enter(self, prefix: str) -> None:
        """Looks at one folder, `prefix` being its path with `/` behind it."""
        try:
            status = os.stat(self._top + prefix)  # noqa: PTH116 - a Path for each costs more than the look itself
            if (status.st_dev, status.st_ino) in self._entered:
                return
            self._entered.add((status.st_dev, status.st_ino))
            with _entries(self._top + prefix) as entries:
                for entry in entries:
                    if is_page_name(entry.name) and entry.is_file():
                        self._page(prefix + entry.name, entry)
                    elif not entry.name.startswith(".") and entry.is_dir():
                        self._folder(prefix + entry.name, entry)
                    elif not entry.name.startswith(_PASSING) and entry.is_file():
                        self.others.append(stat_of(prefix + entry.name, entry.stat()))
        except FileNotFoundError:
            return
        except OSError as error:
            self.unread.append(prefix)
            message = f"the folder cannot be read: {error.strerror}"
            self.issues.append(issue("page-unreadable", f"{CONTENT_FOLDER}/{prefix}", message, "let this user read it"))

    def _page(self, path: str, entry: os.DirEntry[str]) -> None:
        if path.isascii() or (shown := path.encode("utf-8", "replace").decode()) == path:
            status = entry.stat()  # `stat_of`, but for a call a page
            self.files.append((path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
        else:
            place = f"{CONTENT_FOLDER}/{shown}"
            self.issues.append(issue("page-unreadable", place, "the name of the file is not UTF-8", "rename it"))

    def _folder(self, path: str, entry: os.DirEntry[str]) -> None:
        if path != DUMPS_FOLDER:
            (self.links if entry.is_symlink() else self.folders).append(f"{path}/")
