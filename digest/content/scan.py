"""What pages there are: one pass over the content folder that opens no file."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from digest.content.page import FOLDER
from digest.issues import Issue, issue

DUMPS = "dumps"


class Stat(NamedTuple):
    """What the file system says of a file without opening it. Equal means unchanged, but see `archive`."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Scan(Struct, frozen=True):
    """Pages by path relative to the content folder with `/`, sorted; the folders that could not be read, and why."""

    files: Mapping[str, Stat]
    unread: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def is_page(path: str) -> bool:
    """Whether a path below the content folder is one of a page: a `.md` file that is no editor's own.

    Editors write backups, swap and lock files beside a page (`x.md~`, `.x.md.swp`, `#x.md#`, `.#x.md`, `~$x.md`): none
    of these has the name of a page. Hidden folders and the copies of dumps hold no pages.
    """
    *folders, name = path.split("/")
    return is_page_name(name) and not any(f.startswith(".") for f in folders) and folders[:1] != [DUMPS]


def is_page_name(name: str) -> bool:
    """Whether a file of this name is a page."""
    return name.endswith(".md") and not name.startswith((".", "#", "~"))


def scan(folder: Path) -> Scan:
    """All pages below `folder`. A folder is entered once, however many links lead to it: no link makes a loop."""
    walk = _Walk(str(folder))
    while walk.folders or walk.links:
        # Folders before links to folders, so that a page keeps the path that it has without the link.
        walk.enter(walk.folders.pop() if walk.folders else walk.links.pop(walk.links.index(min(walk.links))))
    return Scan(dict(sorted(walk.files.items())), tuple(walk.unread), tuple(walk.issues))


def look_at(folder: Path, paths: Collection[str]) -> Scan:
    """The same for some paths alone: those that are pages and are there."""
    files = {}
    for path in sorted(paths):
        if is_page(path) and (folder / path).is_file():
            files[path] = _stat_of((folder / path).stat())
    return Scan(files)


def _stat_of(status: os.stat_result) -> Stat:
    return Stat(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class _Walk:
    """A pass over a folder: what was found so far, and what is still to be entered."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._entered: set[tuple[int, int]] = set()
        self.files: dict[str, Stat] = {}
        self.folders, self.links = [""], list[str]()
        self.unread: list[str] = []
        self.issues: list[Issue] = []

    def enter(self, prefix: str) -> None:
        """Looks at one folder, `prefix` being its path with `/` behind it."""
        path = os.path.join(self._top, prefix)  # noqa: PTH118 - a Path for each costs more than the folder's stat
        try:
            status = os.stat(path)  # noqa: PTH116 - the same
            if (status.st_dev, status.st_ino) in self._entered:
                return
            self._entered.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                for entry in entries:
                    self._see(entry, prefix)
        except FileNotFoundError:
            return
        except OSError as error:
            self.unread.append(prefix)
            message = f"the folder cannot be read: {error.strerror}"
            self.issues.append(issue("page-unreadable", f"{FOLDER}/{prefix}", message, "let this user read it"))

    def _see(self, entry: os.DirEntry[str], prefix: str) -> None:
        name = entry.name
        path = prefix + name
        if name.startswith("."):
            return
        if is_page_name(name) and entry.is_file():
            shown = path if path.isascii() else path.encode("utf-8", "replace").decode()
            if shown == path:
                self.files[path] = _stat_of(entry.stat())
            else:
                self._nameless(shown)
        elif entry.is_dir() and path != DUMPS:
            (self.links if entry.is_symlink() else self.folders).append(f"{path}/")

    def _nameless(self, shown: str) -> None:
        self.issues.append(
            issue("page-unreadable", f"{FOLDER}/{shown}", "the name of the file is not UTF-8", "rename it")
        )
