"""One entry as its files are at this moment: their texts, their items, and the digest that a change is made on."""

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
    """A page of an entry: its text, the item in it, and what is wrong with it."""

    path: str
    text: str
    item: Item
    issues: tuple[Issue, ...] = ()

    @property
    def digest(self) -> str:
        """The digest of the text."""
        return digest_of(self.text)


class EntryFiles(Struct, frozen=True, kw_only=True):
    """An entry with its files, the root's first."""

    entry: Entry
    files: tuple[PageFile, ...]

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.root.id

    @property
    def digest(self) -> str:
        """Another when any of the files is another."""
        return digest_of("\n".join(f"{file.path} {file.digest}" for file in self.files))

    @property
    def latest(self) -> PageFile:
        """The file whose headline and labels are shown."""
        return next(file for file in self.files if file.path == self.entry.latest.path)


def load_entry(index: EntryIndex, entry_id: str) -> EntryFiles | Issue:
    """The entry with this id, or that one of its versions has; or why it cannot be had."""
    root = index.resolve_id(entry_id)
    if not root:
        return issue(
            "page-not-found", "", f"no page has the id `{entry_id}`", "it was moved or deleted: load the page anew"
        )
    return read_entry(index, root, index.entry_paths[root])


def read_entry(index: EntryIndex, entry_id: str, paths: Sequence[str]) -> EntryFiles | Issue:
    """An entry from its files as they are on the disk."""
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
    return issue("page-front-matter", f"{CONTENT_FOLDER}/{path}", "the page cannot be read", "mend it in an editor")
