"""One entry as its files are now: their texts, their items, and the digest on which a change is based."""

from collections.abc import Sequence

from msgspec import Struct

from digest.content.store.scan import CONTENT_FOLDER
from digest.edit import digest_of
from digest.edit.change import read_page_text
from digest.issues import Issue, issue
from digest.model import Entry, Item
from digest.preview.desk.entry_index import EntryIndex
from digest.site.entries import entry_of


class PageFile(Struct, frozen=True, kw_only=True):
    """A page of an entry: its path below `content/`, its text, the item made from it, and its issues."""

    path: str
    text: str
    item: Item
    issues: tuple[Issue, ...] = ()

    @property
    def digest(self) -> str:
        """Digest of the text."""
        return digest_of(self.text)


class EntryFiles(Struct, frozen=True, kw_only=True):
    """An entry with its files; that of the root item comes first."""

    entry: Entry
    files: tuple[PageFile, ...]

    @property
    def id(self) -> str:
        """Id of the entry."""
        return self.entry.root.id

    @property
    def digest(self) -> str:
        """Digest of all files: it changes when any of them changes."""
        return digest_of("\n".join(f"{file.path} {file.digest}" for file in self.files))

    @property
    def latest(self) -> PageFile:
        """File of the newest version, whose headline and labels readers see."""
        return next(file for file in self.files if file.path == self.entry.latest.path)


def load_entry(index: EntryIndex, page_id: str) -> EntryFiles | Issue:
    """Load an entry by its own id or that of one of its versions, or return the issue that prevents it."""
    entry_id = index.resolve_id(page_id)
    if not entry_id:
        message = f"no page has the id `{page_id}`"
        return issue("page-not-found", "", message, "the page was moved or deleted: reload this page")
    return read_entry(index, entry_id, index.entry_paths[entry_id])


def read_entry(index: EntryIndex, entry_id: str, paths: Sequence[str]) -> EntryFiles | Issue:
    """Read an entry from its files, or return the issue of the first file that cannot be read."""
    loader, files = index.loader, []
    for path in paths:
        text = read_page_text(index.site, path)
        if isinstance(text, Issue):
            return text
        loaded = loader.load(path, text.encode())
        if loaded.item is None:
            return loaded.issues[0] if loaded.issues else _unreadable(path)
        files.append(PageFile(path=path, text=text, item=loaded.item, issues=loaded.issues))
    return EntryFiles(entry=entry_of(entry_id, [file.item for file in files]), files=tuple(files))


def _unreadable(path: str) -> Issue:
    return issue(
        "page-front-matter", f"{CONTENT_FOLDER}/{path}", "the page cannot be read", "fix the page in an editor"
    )
