"""What pages there are: one pass over the content folder that opens no file."""

import os
from collections.abc import Collection, Iterator, Mapping
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
    files: dict[str, Stat] = {}
    unread: list[str] = []
    issues: list[Issue] = []
    entered: set[tuple[int, int]] = set()
    # Folders before links to folders, so that a page keeps the path that it has without the link.
    real, linked = [""], list[str]()
    while real or linked:
        prefix = real.pop() if real else linked.pop()
        try:
            status = (folder / prefix).stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder / prefix) as entries:
                _sort(entries, prefix, files, real, linked)
        except FileNotFoundError:
            continue
        except OSError as error:
            unread.append(prefix)
            message = f"the folder cannot be read: {error.strerror}"
            issues.append(issue("page-unreadable", f"{FOLDER}/{prefix}", message, "let this user read it"))
        linked.sort(reverse=True)
    return Scan(dict(sorted(files.items())), tuple(unread), tuple(issues))


def look_at(folder: Path, paths: Collection[str]) -> Scan:
    """The same for some paths alone: those that are pages and are there."""
    files = {}
    for path in sorted(paths):
        if is_page(path) and (folder / path).is_file():
            status = (folder / path).stat()
            files[path] = Stat(status.st_size, status.st_mtime_ns, status.st_ino)
    return Scan(files)


def _sort(
    entries: Iterator[os.DirEntry[str]], prefix: str, files: dict[str, Stat], real: list[str], linked: list[str]
) -> None:
    for entry in entries:
        name = entry.name
        if is_page_name(name):
            if entry.is_file():
                status = entry.stat()
                files[prefix + name] = Stat(status.st_size, status.st_mtime_ns, status.st_ino)
        elif not name.startswith(".") and prefix + name != DUMPS and entry.is_dir():
            (linked if entry.is_symlink() else real).append(f"{prefix}{name}/")
