"""Reduce raw file system events to the last meaningful change of each path. Pure functions.

One save is many events. Editors write a temporary file and rename it (vim, JetBrains, `sed -i`), write in place (nano,
VS Code), or delete the file and create it again; they also leave lock, swap and backup files. Only the final state of a
path that a build reads counts as a change.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from digest.config import CONFIG_FILE as CONFIG
from digest.content.store.scan import CONTENT_FOLDER as CONTENT
from digest.content.store.scan import DUMPS_FOLDER, is_page

PICTURE_SUFFIXES = frozenset((".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"))
FOLDERS = ("content", "static", "strings", "templates", "themes")
"""Folders of a site that a build reads, besides its digest.toml."""

# vim's probe file, `sed -i`, JetBrains, Syncthing, Dropbox, and the suffixes that most other programs append
_TEMPORARY_NAME = re.compile(
    r"4913|5036|5159|sed\w{6}|.*___jb_(tmp|old)___|.*~|[.#~].*|"
    r".*\.(tmp|temp|swp|swx|swo|bak|orig|rej|save|part|partial|crdownload|crswap|vsctmp|lock|new)",
    re.DOTALL,
)


class EventKind(StrEnum):
    """Kind of a file system event, with the names that watchdog uses."""

    CREATED = "created"
    MODIFIED = "modified"
    DELETED = "deleted"
    MOVED = "moved"
    CLOSED = "closed"


class Event(Struct, frozen=True):
    """One file system event. Paths are relative to the site and use `/`.

    `moved_to` is the new path of a moved file, empty when that lies outside the watched folders.
    """

    kind: EventKind
    path: str
    moved_to: str = ""
    is_folder: bool = False


class Change(StrEnum):
    """State of a path after a save: it has new content, or it no longer exists."""

    SAVED = "saved"
    GONE = "gone"


def coalesce(events: Iterable[Event]) -> Mapping[str, Change]:
    """Return the last change of each path that a build reads, in the order of these changes."""
    last: dict[str, Change] = {}
    for event in events:
        for path, change in _changes(event):
            if is_build_input(path, is_folder=event.is_folder):
                last.pop(path, None)
                last[path] = change
    return last


def is_build_input(path: str, *, is_folder: bool = False) -> bool:
    """Return true for a path that a build reads: configuration, pages, pictures, theme files; no temporary files."""
    if path == CONFIG:
        return not is_folder
    top, *below = path.split("/")
    if top not in FOLDERS or any(_TEMPORARY_NAME.fullmatch(part) for part in below):
        return False
    if is_folder or top != CONTENT or not below:
        return is_folder or bool(below)
    return is_dump(path) or is_page("/".join(below)) or _is_picture_or_link(below[-1])


def is_dump(path: str) -> bool:
    """Return true for a file in `content/dumps/`."""
    top, *below = path.split("/")
    return (top, *below[:1]) == (CONTENT, DUMPS_FOLDER) and len(below) > 1


def _is_picture_or_link(name: str) -> bool:
    """Return true for a picture, or for a name without suffix, which may be a link to a folder.

    Names that are numbers are left out: vim probes a folder by creating such a file.
    """
    stem, dot, suffix = name.rpartition(".")
    return f"{dot}{suffix.lower()}" in PICTURE_SUFFIXES if dot and stem else not name.isdecimal()


def _changes(event: Event) -> Iterable[tuple[str, Change]]:
    if event.kind is EventKind.MOVED:
        yield event.path, Change.GONE
        if event.moved_to:
            yield event.moved_to, Change.SAVED
    elif event.kind is EventKind.DELETED:
        yield event.path, Change.GONE
    elif event.kind is EventKind.CLOSED:
        return
    elif event.kind is not EventKind.MODIFIED or not event.is_folder:  # swap files modify their folder: no change
        yield event.path, Change.SAVED
