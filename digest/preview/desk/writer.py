"""Writes the desk's changes: checked by the page reader, inside the site, and never over another person's change."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from digest.content.serialize import Value
from digest.content.store.lock import LockTimeoutError, file_lock
from digest.edit import Edit, apply_edits, check_allowed, edit_of_text, stale_edits
from digest.edit.change import load_text
from digest.ingest.pipeline import LOCK_FILE
from digest.issues import Issue, Severity, issue
from digest.preview.desk.entry_files import EntryFiles, PageFile
from digest.preview.desk.entry_index import EntryIndex
from digest.preview.desk.field_changes import ChangesByPage

_LOCK_TIMEOUT_S = 5.0
_MAX_ENTRIES = 400


class Conflict(Struct, frozen=True, kw_only=True):
    """A file that has changed since the editor saw it: the text with the editor's change, and the current text.

    `mine` is None for a change that deletes the file, `theirs` if the file no longer exists.
    """

    file: str
    mine: str | None
    theirs: str | None
    entry: str = ""
    title: str = ""


class Refusal(Struct, frozen=True, kw_only=True):
    """Result of a request that wrote nothing, because of conflicts or issues."""

    conflicts: tuple[Conflict, ...] = ()
    issues: tuple[Issue, ...] = ()


class ShownTexts:
    """Texts of the 400 entries that editors saw last, by digest. `Conflict.mine` is based on them."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, str]] = {}

    def remember(self, entry: EntryFiles) -> None:
        """Store the current texts of an entry."""
        self._texts.pop(entry.digest, None)
        self._texts[entry.digest] = {file.path: file.text for file in entry.files}
        while len(self._texts) > _MAX_ENTRIES:
            del self._texts[next(iter(self._texts))]

    def texts_of(self, digest: str) -> Mapping[str, str]:
        """Return the texts of an entry with this digest, by path; empty if they are no longer stored."""
        return self._texts.get(digest, {})


def edits_of(index: EntryIndex, entry: EntryFiles, changes: ChangesByPage) -> list[Edit | Issue]:
    """Return the edits that write the changes of an entry, or the issues that prevent them."""
    return [_edit(index, file, changes[file.path]) for file in entry.files if file.path in changes]


def _edit(index: EntryIndex, file: PageFile, fields: Mapping[str, Value | None]) -> Edit | Issue:
    """Return the edit of one page, or the first error that the page would have then and does not have now."""
    edit = edit_of_text(file.path, file.text, fields)
    if isinstance(edit, Issue) or edit.text is None:
        return edit
    loaded = index.loader.load(file.path, edit.text.encode())
    known = {(one.code, one.message) for one in file.issues}
    new_errors = (i for i in loaded.issues if i.severity is Severity.ERROR and (i.code, i.message) not in known)
    return next(new_errors, edit)


def conflicts_of(entry: EntryFiles, changes: ChangesByPage, base: Mapping[str, str]) -> tuple[Conflict, ...]:
    """Return a conflict for each page that the changes touch and that differs from its text in `base`.

    `base` has the texts on which the changes were made. If no touched page differs from it, all of them are conflicts.
    """
    touched = [file for file in entry.files if file.path in changes]
    differing = [file for file in touched if base.get(file.path) != file.text] or touched
    return tuple(_conflict(entry, file, changes[file.path], base.get(file.path, file.text)) for file in differing)


def _conflict(entry: EntryFiles, file: PageFile, fields: Mapping[str, Value | None], base: str) -> Conflict:
    edit = edit_of_text(file.path, base, fields)
    mine = base if isinstance(edit, Issue) else edit.text
    title = entry.latest.item.title
    return Conflict(file=f"content/{file.path}", mine=mine, theirs=file.text, entry=entry.id, title=title)


def stale_conflicts(site: Path, edits: Sequence[Edit]) -> tuple[Conflict, ...]:
    """Return a conflict for each edit whose file has changed since the edit was made."""
    return tuple(Conflict(file=e.file, mine=e.text, theirs=load_text(site / e.file)) for e in stale_edits(site, edits))


def write_edits(site: Path, edits: Sequence[Edit | Issue], description: str) -> Refusal | None:
    """Write all edits, or none and return the reason. Wait at most five seconds for a running import."""
    checked = [check_allowed(site, edit) for edit in edits]
    with import_lock(site) as busy:
        if busy:
            return Refusal(issues=(busy,))
        allowed = [edit for edit in checked if isinstance(edit, Edit)]
        if conflicts := stale_conflicts(site, allowed):
            return Refusal(conflicts=conflicts)
        issues = apply_edits(site, checked, description, datetime.now(UTC))
    return Refusal(issues=issues) if issues else None


@contextmanager
def import_lock(site: Path) -> Iterator[Issue | None]:
    """Hold the import lock, since an import reads pages and writes them a moment later.

    Yield an issue if another import holds it.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(site / LOCK_FILE, _LOCK_TIMEOUT_S))
        except LockTimeoutError:
            yield issue(
                "import-locked", LOCK_FILE, "another import of this site is running", "try again when it has ended"
            )
        else:
            yield None
