"""`.digest/changes.jsonl`: what was changed by a command or the desk, a line for each file, only ever appended to.

A line has when, what for, the file, its text before and after; that a change was taken back is a line too. It is a
convenience, not a record: deleting it costs only the way back.
"""

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct, field

from digest.content.store.scan import CONTENT_FOLDER

LOG_FILE = ".digest/changes.jsonl"


class LogEntry(Struct, frozen=True, kw_only=True):
    """A line of the log. `at` and `what` tell the lines of one change from those of another.

    `page` is relative to `folder`, which is relative to the site. `undoes` is when the change was made that this one
    took back, or that is not to be taken back any more.
    """

    at: datetime
    action: str = field(name="what")
    page: str
    folder: str = CONTENT_FOLDER
    before: str | None = None
    after: str | None = None
    undoes: datetime | None = None


def append_log(site: Path, lines: Sequence[LogEntry]) -> None:
    """Write lines, and see that they are on the disk."""
    if not lines:
        return
    path = site / LOG_FILE
    path.parent.mkdir(exist_ok=True)
    with path.open("a+b") as file:
        torn = _is_torn(path)
        file.write((b"\n" if torn else b"") + _encoded(lines))
        file.flush()
        os.fsync(file.fileno())


def read_log(site: Path) -> list[LogEntry]:
    """All lines, oldest first; a line that is damaged ends what can be undone."""
    try:
        data = (site / LOG_FILE).read_bytes()
    except FileNotFoundError:
        return []
    lines: list[LogEntry] = []
    for line in data.splitlines():
        try:
            lines.append(msgspec.json.decode(line, type=LogEntry))
        except msgspec.DecodeError:
            lines.clear()
    return lines


def undoable_changes(lines: Sequence[LogEntry]) -> list[list[LogEntry]]:
    """The changes that were not taken back, oldest first, each with all its lines."""
    changes: list[list[LogEntry]] = []
    for line in lines:
        if line.undoes is not None:
            gone = next((n for n in range(len(changes) - 1, -1, -1) if changes[n][0].at == line.undoes), None)
            del changes[slice(0, 0) if gone is None else slice(gone, gone + 1)]
        elif changes and (changes[-1][0].at, changes[-1][0].action) == (line.at, line.action):
            changes[-1].append(line)
        else:
            changes.append([line])
    return changes


def forget_pages(site: Path, pages: Collection[str]) -> None:
    """Take all that the log says of these pages out of it: the one thing that is ever taken out."""
    lines = read_log(site)
    kept = [line for line in lines if line.page not in pages or line.folder != CONTENT_FOLDER]
    if len(kept) == len(lines):
        return
    path = site / LOG_FILE
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(_encoded(kept))
    beside.replace(path)
    if not kept:
        path.unlink()


def _is_torn(path: Path) -> bool:
    """Whether the last line has no end: whoever wrote it died."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _encoded(lines: Sequence[LogEntry]) -> bytes:
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
