"""Files changed by a command or the desk: each whole or not at all, with a line in the log for the way back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from digest.content.rewrite import set_fields
from digest.content.serialize import Value
from digest.content.store.scan import CONTENT_FOLDER
from digest.edit.change_log import LogEntry, append_log
from digest.issues import Issue, issue


class Edit(Struct, frozen=True, kw_only=True):
    """A page and its new text; None removes it. `page` is relative to `folder`, which is relative to the site.

    `base`, where it is given, is the digest of the text that the edit was made on: any other is not overwritten.
    """

    page: str
    text: str | None
    folder: str = CONTENT_FOLDER
    base_digest: str = ""

    @property
    def file(self) -> str:
        """The file, relative to the site."""
        return f"{self.folder}/{self.page}" if self.folder else self.page


def digest_of(text: str | None) -> str:
    """What `Edit.base` says of a text; of a file that is not there, that."""
    return blake2b(text.encode(), digest_size=12).hexdigest() if text is not None else "gone"


def read_page_text(site: Path, page: str) -> str | Issue:
    """The text of a page with its line ends, or why it cannot be had."""
    place = f"{CONTENT_FOLDER}/{page}"
    try:
        return (site / CONTENT_FOLDER / page).read_bytes().decode()
    except UnicodeDecodeError:
        return issue("page-encoding", place, "the page is not UTF-8", "save it as UTF-8")
    except OSError as error:
        return issue("page-unreadable", place, f"the page cannot be read: {error.strerror}", "look at its name")


def edit_of(site: Path, page: str, changes: Mapping[str, Value | None]) -> Edit | Issue:
    """A page with some fields set, or removed where the value is None; all other bytes stay."""
    text = read_page_text(site, page)
    return text if isinstance(text, Issue) else edit_of_text(page, text, changes)


def edit_of_text(page: str, text: str, changes: Mapping[str, Value | None]) -> Edit | Issue:
    """The same for a page whose text is at hand."""
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
    """Change fields of one page, or say why not."""
    return apply_edits(site, [edit_of(site, page, changes)], action, now)


def apply_edits(
    site: Path, edits: Sequence[Edit | Issue], action: str, now: datetime | None = None, *, logged: bool = True
) -> tuple[Issue, ...]:
    """Carry out all edits or, when one of them is an issue or made on another text than is there now, none.

    Without `logged` there is no way back.
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
    """The edits whose file is another than the one that they were made on."""
    return tuple(
        edit for edit in edits if edit.base_digest and digest_of(load_text(site / edit.file)) != edit.base_digest
    )


def changed_issue(edit: Edit) -> Issue:
    """That the file of an edit is not what it was."""
    hint = "look at it as it is now, then make the change again"
    return issue("page-changed", edit.file, "the file has changed since; it stays as it is", hint)


def write_edits(site: Path, edits: Sequence[Edit]) -> tuple[list[tuple[Edit, str | None]], tuple[Issue, ...]]:
    """Write files. Those that became others, each with its text before; and what stopped it."""
    done: list[tuple[Edit, str | None]] = []
    try:
        for edit in edits:
            before = load_text(site / edit.file)
            if edit.base_digest and digest_of(before) != edit.base_digest:
                return done, (changed_issue(edit),)
            if before != edit.text:
                _put(site / edit.file, edit.text)
                done.append((edit, before))
    except OSError as error:
        message = f"the change stopped: {error.strerror}"
        return done, (issue("file-failed", str(error.filename or site), message, "see to it, then do it again"),)
    return done, ()


def load_text(path: Path) -> str | None:
    """The text of a file; None where there is none."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None


def _put(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path = path.resolve()  # the file that a link leads to is changed, and the link stays
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode())
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o7777)
    beside.replace(path)
