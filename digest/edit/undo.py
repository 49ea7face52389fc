"""Undo the last change, using the log on disk."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from digest.edit.change import Edit, changed_issue, digest_of, stale_edits, write_edits
from digest.edit.change_log import LogEntry, append_log, read_log, undoable_changes
from digest.issues import Issue

UNDO = "undo"


def last_change(site: Path) -> tuple[LogEntry, ...]:
    """Return the log lines of the change that `undo` would revert; empty when there is none."""
    changes = undoable_changes(read_log(site))
    return tuple(changes[-1]) if changes else ()


def undo_edits(lines: tuple[LogEntry, ...]) -> tuple[Edit, ...]:
    """Return the edits that revert a change, based on the texts that it wrote."""
    return tuple(
        Edit(page=line.page, folder=line.folder, text=line.before, base_digest=digest_of(line.after))
        for line in reversed(lines)
    )


def undo(site: Path, now: datetime | None = None, *, force: bool = False) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Revert the last change, or nothing if one of its files has changed since.

    `force` overwrites changed files. Returns the restored pages and the issues.
    """
    lines = last_change(site)
    edits = undo_edits(lines)
    if not force and (stale := stale_edits(site, edits)):
        return (), tuple(map(changed_issue, stale))
    done, issues = write_edits(
        site, [msgspec.structs.replace(edit, base_digest="") if force else edit for edit in edits]
    )
    discard_undo(site, lines, now)
    return tuple(edit.page for edit, _ in done), issues


def discard_undo(site: Path, lines: tuple[LogEntry, ...], now: datetime | None = None) -> None:
    """Mark a change as final: the next undo reverts the change before it."""
    at = now or datetime.now(UTC)
    append_log(site, [LogEntry(at=at, action=UNDO, page="", undoes=line.at) for line in lines[:1]])
