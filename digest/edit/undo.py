"""The last change taken back, by the log that outlives every run."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from digest.edit.change import Edit, changed, digest_of, put_all, stale
from digest.edit.change_log import Logged, append, changes_in, read_log
from digest.issues import Issue

UNDO = "undo"


def last_change(site: Path) -> tuple[Logged, ...]:
    """The lines of the change that `undo` would take back; none when there is none."""
    changes = changes_in(read_log(site))
    return tuple(changes[-1]) if changes else ()


def taking_back(lines: tuple[Logged, ...]) -> tuple[Edit, ...]:
    """The edits that take a change back, made on the texts that it left."""
    return tuple(
        Edit(page=line.page, folder=line.folder, text=line.before, base=digest_of(line.after))
        for line in reversed(lines)
    )


def undo(site: Path, now: datetime | None = None, *, force: bool = False) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Take back the last change, or none of it when a page has changed since: the pages that are as before again.

    With `force` they are put back all the same.
    """
    lines = last_change(site)
    edits = taking_back(lines)
    if not force and (others := stale(site, edits)):
        return (), tuple(map(changed, others))
    done, issues = put_all(site, [msgspec.structs.replace(edit, base="") if force else edit for edit in edits])
    give_up(site, lines, now)
    return tuple(edit.page for edit, _ in done), issues


def give_up(site: Path, lines: tuple[Logged, ...], now: datetime | None = None) -> None:
    """Let a change stand for good: undo goes on with the one before it."""
    at = now or datetime.now(UTC)
    append(site, [Logged(at=at, what=UNDO, page="", undoes=line.at) for line in lines[:1]])
