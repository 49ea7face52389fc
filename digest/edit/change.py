"""Edits of pages and digest.toml: make them, detect conflicts, write them atomically, and log them for undo."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from digest.content.atomic_write import replace_file
from digest.content.rewrite import set_fields
from digest.content.serialize import Value
from digest.content.store.scan import CONTENT_FOLDER
from digest.edit.change_log import LogEntry, append_log
from digest.issues import Issue, issue


class Edit(Struct, frozen=True, kw_only=True):
    """The new text of a file; None deletes it. `page` is relative to `folder`, which is relative to the site.

    `base_digest`, if not empty, is the digest of the text that the edit is based on: no other text is overwritten.
    """

    page: str
    text: str | None
    folder: str = CONTENT_FOLDER
    base_digest: str = ""

    @property
    def file(self) -> str:
        """The path of the file, relative to the site."""
        return f"{self.folder}/{self.page}" if self.folder else self.page


def digest_of(text: str | None) -> str:
    """Return the digest of a text for `Edit.base_digest`; `gone` for a missing file (None)."""
    return blake2b(text.encode(), digest_size=12).hexdigest() if text is not None else "gone"


def read_page_text(site: Path, page: str) -> str | Issue:
    """Return the text of a page with its line ends, or an issue when it cannot be read."""
    place = f"{CONTENT_FOLDER}/{page}"
    try:
        return (site / CONTENT_FOLDER / page).read_bytes().decode()
    except UnicodeDecodeError:
        return issue("page-encoding", place, "the page is not UTF-8", "save it as UTF-8")
    except OSError as error:
        return issue("page-unreadable", place, f"the page cannot be read: {error.strerror}", "look at its name")


def edit_of(site: Path, page: str, changes: Mapping[str, Value | None]) -> Edit | Issue:
    """Return an edit that sets fields of a page, or removes those with the value None; all other bytes stay."""
    text = read_page_text(site, page)
    return text if isinstance(text, Issue) else edit_of_text(page, text, changes)


def edit_of_text(page: str, text: str, changes: Mapping[str, Value | None]) -> Edit | Issue:
    """Return an edit that sets or removes fields in the given text of a page."""
    try:
        return Edit(page=page, text=set_fields(text, changes), base_digest=digest_of(text))
    except ValueError as error:
        message = f"the page's fields cannot be changed: {error}"
        return issue(
            "page-front-matter", f"{CONTENT_FOLDER}/{page}", message, "write one field a line between two lines ---"
        )


def change_fields(
    site: Path, page: str, changes: Mapping[str, Value | None], action: str = "change", now: datetime | None = None
) -> tuple[Issue, ...]:
    """Set or remove fields of one page; return the issues."""
    return apply_edits(site, [edit_of(site, page, changes)], action, now)


def apply_edits(
    site: Path, edits: Sequence[Edit | Issue], action: str, now: datetime | None = None, *, logged: bool = True
) -> tuple[Issue, ...]:
    """Write all edits, or none when one of them is an issue or stale.

    `action` names the change in the log. With `logged` False the change cannot be undone.
    """
    wanted = [edit for edit in edits if isinstance(edit, Edit)]
    issues = (*(edit for edit in edits if isinstance(edit, Issue)), *map(changed_issue, stale_edits(site, wanted)))
    if issues:
        return issues
    at = now or datetime.now(UTC)
    done, issues = write_edits(site, wanted)
    if logged:
        lines = [
            LogEntry(at=at, action=action, page=e.page, folder=e.folder, before=was, after=e.text) for e, was in done
        ]
        append_log(site, lines)
    return issues


def stale_edits(site: Path, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits whose file has changed since they were made."""
    return tuple(
        edit for edit in edits if edit.base_digest and digest_of(load_text(site / edit.file)) != edit.base_digest
    )


def changed_issue(edit: Edit) -> Issue:
    """Return the issue for a stale edit."""
    hint = "look at it as it is now, then make the change again"
    return issue("page-changed", edit.file, "the file has changed since the edit was made; nothing was written", hint)


def write_edits(site: Path, edits: Sequence[Edit]) -> tuple[list[tuple[Edit, str | None]], tuple[Issue, ...]]:
    """Write files. Return the edits that changed a file, each with the text before, and the issue that stopped it."""
    done: list[tuple[Edit, str | None]] = []
    try:
        for edit in edits:
            before = load_text(site / edit.file)
            if edit.base_digest and digest_of(before) != edit.base_digest:
                return done, (changed_issue(edit),)
            if before != edit.text:
                _write_or_delete(site / edit.file, edit.text)
                done.append((edit, before))
    except OSError as error:
        message = f"the change stopped: {error.strerror}"
        return done, (issue("file-failed", str(error.filename or site), message, "see to it, then do it again"),)
    return done, ()


def load_text(path: Path) -> str | None:
    """Return the text of a file, or None when it does not exist."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None


def _write_or_delete(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    replace_file(path, text.encode())
