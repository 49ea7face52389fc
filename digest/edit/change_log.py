"""Undo log `.digest/changes.jsonl`: one line per changed file, append-only.

A line has the time, the action, the file, and its text before and after. Undoing a change appends a line too. Deleting
the log only costs the ability to undo.
"""

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct, field

from digest.content.atomic_write import replace_file
from digest.content.store.scan import CONTENT_FOLDER

LOG_FILE = ".digest/changes.jsonl"


class LogEntry(Struct, frozen=True, kw_only=True):
    """A line of the log. Lines with the same `at` and `action` belong to one change.

    `page` is relative to `folder`, which is relative to the site. `undoes` is the time of the change that this line
    undoes, or marks as final.
    """

    at: datetime
    action: str = field(name="what")
    page: str
    folder: str = CONTENT_FOLDER
    before: str | None = None
    after: str | None = None
    undoes: datetime | None = None


def append_log(site: Path, lines: Sequence[LogEntry]) -> None:
    """Append lines and flush them to the disk."""
    if not lines:
        return
    path = site / LOG_FILE
    path.parent.mkdir(exist_ok=True)
    with path.open("a+b") as file:
        incomplete = _is_incomplete(path)
        file.write((b"\n" if incomplete else b"") + _encoded(lines))
        file.flush()
        os.fsync(file.fileno())


def read_log(site: Path) -> list[LogEntry]:
    """Return all lines, oldest first; only changes after the last damaged line can be undone."""
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
    """Return the changes that were not undone, oldest first, each with all its lines."""
    changes: list[list[LogEntry]] = []
    for line in lines:
        if line.undoes is not None:
            undone = next((n for n in range(len(changes) - 1, -1, -1) if changes[n][0].at == line.undoes), None)
            del changes[slice(0, 0) if undone is None else slice(undone, undone + 1)]
        elif changes and (changes[-1][0].at, changes[-1][0].action) == (line.at, line.action):
            changes[-1].append(line)
        else:
            changes.append([line])
    return changes


def forget_pages(site: Path, pages: Collection[str]) -> None:
    """Remove all lines of these pages from the log; nothing else ever removes lines."""
    lines = read_log(site)
    kept = [line for line in lines if line.page not in pages or line.folder != CONTENT_FOLDER]
    if len(kept) == len(lines):
        return
    path = site / LOG_FILE
    replace_file(path, _encoded(kept))
    if not kept:
        path.unlink()


def _is_incomplete(path: Path) -> bool:
    """Return whether the last line is incomplete, because its writer was killed."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _encoded(lines: Sequence[LogEntry]) -> bytes:
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
