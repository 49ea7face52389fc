"""Editorial status of a page: kill, hold, release, erase."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from digest.edit.change import Edit, apply_edits, edit_of
from digest.edit.change_log import forget_pages
from digest.issues import Issue
from digest.model import Status


def kill(site: Path, page: str, reason: str = "", now: datetime | None = None) -> tuple[Issue, ...]:
    """Take a page and its whole entry off the site. The reason becomes a comment after the status, for editors."""
    return _set(site, page, Status.KILLED, reason, now)


def hold(site: Path, page: str, reason: str = "", now: datetime | None = None) -> tuple[Issue, ...]:
    """Keep a page from being published."""
    return _set(site, page, Status.HOLD, reason, now)


def release(site: Path, pages: Sequence[str], now: datetime | None = None) -> tuple[Issue, ...]:
    """Publish pages that were killed, held or drafts."""
    return apply_edits(site, [edit_of(site, page, {"status": None}) for page in pages], "release", now)


def erase(site: Path, pages: Sequence[str]) -> tuple[Issue, ...]:
    """Delete pages (all versions of an entry) and their lines in the log. This cannot be undone.

    Import does not make the pages again: it knows from the archived dump that they were deleted.
    """
    issues = apply_edits(site, [Edit(page=page, text=None) for page in pages], "erase", logged=False)
    forget_pages(site, pages)
    return issues


def _set(site: Path, page: str, status: Status, reason: str, now: datetime | None) -> tuple[Issue, ...]:
    edit = edit_of(site, page, {"status": status.value})
    if isinstance(edit, Edit) and edit.text and reason:
        edit = msgspec.structs.replace(edit, text=_with_comment(edit.text, reason))
    return apply_edits(site, [edit], str(status), now)


def _with_comment(text: str, reason: str) -> str:
    """Return the page with a comment after its status; an older comment is replaced."""
    comment = " ".join(reason.split())
    return re.sub(r"^(status:[ \t]*\w+)[^\r\n]*", lambda m: f"{m[1]}  # {comment}", text, count=1, flags=re.MULTILINE)
