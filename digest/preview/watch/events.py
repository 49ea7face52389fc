"""Raw file events → what an editor has changed: the last meaningful change of each path. Pure.

Saving is many events. Editors write beside a file and rename (vim, JetBrains, `sed -i`), write in place (nano, VS
Code), delete and make anew; they leave locks, swaps and backups behind. Of all this only the last state of a path that
a build reads is a change.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from digest.config import NAME as CONFIG
from digest.content.store.scan import CONTENT_FOLDER as CONTENT
from digest.content.store.scan import DUMPS_FOLDER, is_page

PICTURE_SUFFIXES = frozenset((".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"))
FOLDERS = ("content", "static", "strings", "templates", "themes")
"""The folders of a site that a build reads, beside its digest.toml."""

# vim's test file, `sed -i`, JetBrains, Syncthing, Dropbox, and what most others append
_TEMPORARY = re.compile(
    r"4913|5036|5159|sed\w{6}|.*___jb_(tmp|old)___|.*~|[.#~].*|"
    r".*\.(tmp|temp|swp|swx|swo|bak|orig|rej|save|part|partial|crdownload|crswap|vsctmp|lock|new)",
    re.DOTALL,
)


class EventKind(StrEnum):
    """What the file system says happened."""

    CREATED = "created"
    MODIFIED = "modified"
    DELETED = "deleted"
    MOVED = "moved"
    CLOSED = "closed"


class Event(Struct, frozen=True):
    """One event. Paths are relative to the site, with `/`; `to` is where something moved to, empty for elsewhere."""

    kind: EventKind
    path: str
    moved_to: str = ""
    is_folder: bool = False


class Change(StrEnum):
    """What a path is after a save: there with new content, or gone."""

    SAVED = "saved"
    GONE = "gone"


def coalesce(events: Iterable[Event]) -> Mapping[str, Change]:
    """The last change of each path that matters, in the order of these changes."""
    changes: dict[str, Change] = {}
    for event in events:
        for path, change in _changes(event):
            if is_build_input(path, is_folder=event.is_folder):
                changes.pop(path, None)
                changes[path] = change
    return changes


def is_build_input(path: str, *, is_folder: bool = False) -> bool:
    """Whether a build reads this path: configuration, pages, files of themes; never what tools leave behind."""
    if path == CONFIG:
        return not is_folder
    top, *below = path.split("/")
    if top not in FOLDERS or any(_TEMPORARY.fullmatch(part) for part in below):
        return False
    if is_folder or top != CONTENT or not below:
        return is_folder or bool(below)
    return is_dump(path) or is_page("/".join(below)) or _is_other(below[-1])


def is_dump(path: str) -> bool:
    """Whether a path is that of a dump that somebody may have put among the copies of dumps."""
    top, *below = path.split("/")
    return (top, *below[:1]) == (CONTENT, DUMPS_FOLDER) and len(below) > 1


def _is_other(name: str) -> bool:
    """Whether a file among the pages may be a picture, or a link to a folder; vim tries with a number for a name."""
    stem, dot, ending = name.rpartition(".")
    return f"{dot}{ending.lower()}" in PICTURE_SUFFIXES if dot and stem else not name.isdecimal()


def _changes(event: Event) -> Iterable[tuple[str, Change]]:
    if event.kind is EventKind.MOVED:
        yield event.path, Change.GONE
        if event.moved_to:
            yield event.moved_to, Change.SAVED
    elif event.kind is EventKind.DELETED:
        yield event.path, Change.GONE
    elif event.kind is EventKind.CLOSED:
        return
    elif not (
        event.is_folder and event.kind is EventKind.MODIFIED
    ):  # a folder is modified whenever a swap file comes or goes
        yield event.path, Change.SAVED
