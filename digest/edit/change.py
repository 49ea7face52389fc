"""Pages changed by a command or the desk: each file whole or not at all, and a log from which a change is undone.

`.digest/changes.jsonl` has a line for each page of a change: when, what for, the page, its text before and after. It is
a convenience, not a record: deleting it costs only the way back.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.content.page import FOLDER
from digest.content.rewrite import rewrite
from digest.content.write import Value
from digest.issues import Issue, issue

LOG = ".digest/changes.jsonl"


class Edit(Struct, frozen=True, kw_only=True):
    """A page, relative to the content folder, and its new text; None removes it."""

    page: str
    text: str | None


class Logged(Struct, frozen=True, kw_only=True):
    """A line of the log. `at` tells the lines of one change from those of another."""

    at: datetime
    what: str
    page: str
    before: str | None = None
    after: str | None = None


def text_at(site: Path, page: str) -> str | Issue:
    """The text of a page with its line ends, or why it cannot be had."""
    place = f"{FOLDER}/{page}"
    try:
        return (site / FOLDER / page).read_bytes().decode()
    except UnicodeDecodeError:
        return issue("page-encoding", place, "the page is not UTF-8", "save it as UTF-8")
    except OSError as error:
        return issue("page-unreadable", place, f"the page cannot be read: {error.strerror}", "look at its name")


def edit_of(site: Path, page: str, changes: Mapping[str, Value | None]) -> Edit | Issue:
    """A page with some fields set, or removed where the value is None; all other bytes stay."""
    text = text_at(site, page)
    if isinstance(text, Issue):
        return text
    try:
        return Edit(page=page, text=rewrite(text, changes))
    except ValueError as error:
        message = f"the page's fields cannot be changed: {error}"
        return issue("page-front-matter", f"{FOLDER}/{page}", message, "write one field a line between two lines ---")


def change_fields(
    site: Path, page: str, changes: Mapping[str, Value | None], what: str = "change", now: datetime | None = None
) -> tuple[Issue, ...]:
    """Change fields of one page, or say why not."""
    return change_all(site, [edit_of(site, page, changes)], what, now)


def change_all(
    site: Path, edits: Sequence[Edit | Issue], what: str, now: datetime | None = None, *, logged: bool = True
) -> tuple[Issue, ...]:
    """Carry out all edits or, when one of them is an issue, none. Without `logged` there is no way back."""
    issues = tuple(edit for edit in edits if isinstance(edit, Issue))
    wanted = [edit for edit in edits if isinstance(edit, Edit)]
    if issues:
        return issues
    at, lines = now or datetime.now(UTC), list[Logged]()
    try:
        for edit in wanted:
            before = _read(site / FOLDER / edit.page)
            if before != edit.text:
                _put(site / FOLDER / edit.page, edit.text)
                lines.append(Logged(at=at, what=what, page=edit.page, before=before, after=edit.text))
    except OSError as error:
        message = f"the change stopped: {error.strerror}"
        issues = (issue("file-failed", str(error.filename or site), message, "see to it, then do it again"),)
    if logged:
        _append(site / LOG, lines)
    return issues


def undo(site: Path) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Take back the last change: the pages that are as before again, and why others are not."""
    lines = _logged(site / LOG)
    last = [line for line in lines if lines and line.at == lines[-1].at and line.what == lines[-1].what]
    pages, issues = [], []
    for line in reversed(last):
        path = site / FOLDER / line.page
        if _read(path) != line.after:
            message = f"the page has changed since `{line.what}`; it stays as it is"
            issues.append(issue("page-changed", f"{FOLDER}/{line.page}", message, "take the change back by hand"))
            continue
        _put(path, line.before)
        pages.append(line.page)
    _put(site / LOG, _encoded(lines[: len(lines) - len(last)]) or None)
    return tuple(pages), tuple(issues)


def forget(site: Path, pages: Collection[str]) -> None:
    """Take all that the log says of these pages out of it."""
    lines = _logged(site / LOG)
    kept = [line for line in lines if line.page not in pages]
    if len(kept) < len(lines):
        _put(site / LOG, _encoded(kept) or None)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode())
    beside.replace(path)


def _append(path: Path, lines: Sequence[Logged]) -> None:
    if lines:
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.write(_encoded(lines).encode())
            file.flush()
            os.fsync(file.fileno())


def _encoded(lines: Sequence[Logged]) -> str:
    return "".join(msgspec.json.encode(line).decode() + "\n" for line in lines)


def _logged(path: Path) -> list[Logged]:
    """All lines of the log, oldest first; a line that is damaged ends what can be undone."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    lines: list[Logged] = []
    for line in data.splitlines():
        try:
            lines.append(msgspec.json.decode(line, type=Logged))
        except msgspec.DecodeError:
            lines.clear()
    return lines
