"""The last change taken back, by the log that outlives every run."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from digest.edit.change import Edit, changed_issue, digest_of, stale_edits, write_edits
from digest.edit.change_log import LogEntry, append_log, read_log, undoable_changes
from digest.issues import Issue

UNDO = "undo"


def last_change(site: Path) -> tuple[LogEntry, ...]:
    """The lines of the change that `undo` would take back; none when there is none."""
    changes = undoable_changes(read_log(site))
    return tuple(changes[-1]) if changes else ()


def undo_edits(lines: tuple[LogEntry, ...]) -> tuple[Edit, ...]:
    """The edits that take a change back, made on the texts that it left."""
    return tuple(
        Edit(page=line.page, folder=line.folder, text=line.before, base_digest=digest_of(line.after))
        for line in reversed(lines)
    )


def undo(site: Path, now: datetime | None = None, *, force: bool = False) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Take back the last change, or none of it when a page has changed since: the pages that are as before again.

    With `force` they are put back all the same.
    """
    lines = last_change(site)
    edits = undo_edits(lines)
    if not force and (others := stale_edits(site, edits)):
        return (), tuple(map(changed_issue, others))
    done, issues = write_edits(
        site, [msgspec.structs.replace(edit, base_digest="") if force else edit for edit in edits]
    )
    discard_undo(site, lines, now)
    return tuple(edit.page for edit, _ in done), issues


def discard_undo(site: Path, lines: tuple[LogEntry, ...], now: datetime | None = None) -> None:
    """Let a change stand for good: undo goes on with the one before it."""
    at = now or datetime.now(UTC)
    append_log(site, [LogEntry(at=at, action=UNDO, page="", undoes=line.at) for line in lines[:1]])
