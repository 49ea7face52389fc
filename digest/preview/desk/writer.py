"""Changes carried out: checked by the reader of pages, inside the site, never over what somebody else has written."""

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
from digest.preview.desk.edits import ChangesByPage
from digest.preview.desk.entry_files import EntryFiles, PageFile
from digest.preview.desk.entry_index import EntryIndex

_PATIENCE_S = 5.0
_REMEMBERED = 400


class Conflict(Struct, frozen=True, kw_only=True):
    """A file that has changed meanwhile: what the change would have made of it, and what stands there now."""

    file: str
    mine: str | None
    theirs: str | None
    entry: str = ""
    title: str = ""


class Refusal(Struct, frozen=True, kw_only=True):
    """Nothing was written: because files have changed since, or because of what is wrong."""

    conflicts: tuple[Conflict, ...] = ()
    issues: tuple[Issue, ...] = ()


class ShownTexts:
    """The texts that editors were shown, by their digests: what `mine` in a conflict is made of. The newest 400."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, str]] = {}

    def remember(self, entry: EntryFiles) -> None:
        """Remember an entry's files as they are shown now."""
        self._texts.pop(entry.digest, None)
        self._texts[entry.digest] = {file.path: file.text for file in entry.files}
        while len(self._texts) > _REMEMBERED:
            del self._texts[next(iter(self._texts))]

    def texts_of(self, digest: str) -> Mapping[str, str]:
        """The files that had this digest together; nothing when that is long ago."""
        return self._texts.get(digest, {})


def edits_of(index: EntryIndex, entry: EntryFiles, changes: ChangesByPage) -> list[Edit | Issue]:
    """The edits that write an entry's new fields, or why they cannot be written."""
    return [_edit(index, file, changes[file.path]) for file in entry.files if file.path in changes]


def _edit(shelf: EntryIndex, file: PageFile, fields: Mapping[str, Value | None]) -> Edit | Issue:
    """An edit that the reader of pages has nothing to say against that it did not say before."""
    made = edit_of_text(file.path, file.text, fields)
    if isinstance(made, Issue) or made.text is None:
        return made
    loaded = shelf.loader.load(file.path, made.text.encode())
    known = {(one.code, one.message) for one in file.issues}
    wrong = (i for i in loaded.issues if i.severity is Severity.ERROR and (i.code, i.message) not in known)
    return next(wrong, made)


def conflicts_of(entry: EntryFiles, changes: ChangesByPage, base: Mapping[str, str]) -> tuple[Conflict, ...]:
    """An entry that is not what it was: each file that the change touches, as both would have it.

    `base` are the texts on which the change was made.
    """
    touched = [file for file in entry.files if file.path in changes]
    differ = [file for file in touched if base.get(file.path) != file.text] or touched
    return tuple(_conflict(entry, file, changes[file.path], base.get(file.path, file.text)) for file in differ)


def _conflict(whole: EntryFiles, file: PageFile, fields: Mapping[str, Value | None], base: str) -> Conflict:
    made = edit_of_text(file.path, base, fields)
    mine = base if isinstance(made, Issue) else made.text
    name, title = whole.id, whole.latest.item.title
    return Conflict(file=f"content/{file.path}", mine=mine, theirs=file.text, entry=name, title=title)


def stale_conflicts(site: Path, edits: Sequence[Edit]) -> tuple[Conflict, ...]:
    """Those edits whose file has changed since they were made."""
    return tuple(Conflict(file=e.file, mine=e.text, theirs=load_text(site / e.file)) for e in stale_edits(site, edits))


def write_edits(site: Path, edits: Sequence[Edit | Issue], what: str) -> Refusal | None:
    """Carry out all edits, or none and say why. Waits for an import to end, five seconds at most."""
    checked = [check_allowed(site, edit) for edit in edits]
    with import_lock(site) as busy:
        if busy:
            return Refusal(issues=(busy,))
        done = [edit for edit in checked if isinstance(edit, Edit)]
        if conflicts := stale_conflicts(site, done):
            return Refusal(conflicts=conflicts)
        issues = apply_edits(site, checked, what, datetime.now(UTC))
    return Refusal(issues=issues) if issues else None


@contextmanager
def import_lock(site: Path) -> Iterator[Issue | None]:
    """Keeps imports away, which read pages and write them a moment later. Yields why that cannot be."""
    with ExitStack() as stack:
        try:
            stack.enter_context(file_lock(site / LOCK_FILE, _PATIENCE_S))
        except LockTimeoutError:
            yield issue(
                "import-locked", LOCK_FILE, "another import of this site is running", "try again when it has ended"
            )
        else:
            yield None
