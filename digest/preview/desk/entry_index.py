"""The entries that the last build knows: where each stands, and what it is made of.

What it holds of an item is little; the rest is read from the page when somebody asks. Used by one thread.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from digest import config as configuration
from digest.config import Config
from digest.content.loader import PageLoader
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import STATE_FILE, open_store
from digest.issues import Issue
from digest.labels.engines import labeller_of, mark_of
from digest.model import Item, Labeller
from digest.site.entries import join
from digest.wire import id_of, key_of


class IndexedItem(Struct, frozen=True, kw_only=True, gc=False):
    """The little of an item that tells it from others."""

    path: str
    id: str
    version_of: str
    title: str
    slug: str
    day: date
    edition: date
    story: str
    link: str
    lead: int
    order: str


class EntryIndex:
    """The items of a site by path, and the entries that they make, as the last build left them."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.items_by_path: dict[str, IndexedItem] = {}
        self.entry_paths: dict[str, tuple[str, ...]] = {}
        self.version = 0
        """Another number when any item is another."""
        self._marks: set[tuple[str, str]] = set()
        self._roots: dict[str, str] = {}
        self._store: sqlite3.Connection | None = None
        self._inode = 0
        self._seen: tuple[object, ...] = ()
        self._config: tuple[object, Config] | None = None
        self._labeller: tuple[Config, Labeller] | None = None

    def refresh(self) -> None:
        """Take note of what a build has changed since the last look. Raises OSError or sqlite3.Error."""
        store = self._opened()
        seen = (store.execute("PRAGMA data_version").fetchone()[0], self.config.site)
        if seen == self._seen and self.items_by_path:
            return
        marks = self.archive.digests()
        if marks != self._marks:
            self._take({path for path, _ in marks - self._marks}, {path for path, _ in self._marks - marks})
            self.version += 1
        self._marks, self._seen = marks, seen

    @property
    def config(self) -> Config:
        """The site's configuration as it is now."""
        stat = (self.site / configuration.NAME).stat()
        mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._config is None or self._config[0] != mark:
            self._config = (mark, configuration.load(self.site)[0])
        return self._config[1]

    @property
    def labeller(self) -> Labeller:
        """The site's labeller."""
        config = self.config
        if self._labeller is None or self._labeller[0] != config:
            self._labeller = (config, labeller_of(config))
        return self._labeller[1]

    @property
    def archive(self) -> Archive:
        """The items as the last build left them."""
        config = self.config
        return Archive(self.site, self._opened(), config, lambda: self.labeller, default_id, mark_of(config))

    @property
    def loader(self) -> PageLoader:
        """What makes an item of a page's bytes, as a build does."""
        config = self.config
        return PageLoader(config, lambda: self.labeller, default_id, mark_of(config))

    def load_items(self, paths: Iterable[str]) -> Iterator[Item]:
        """The items at these paths as the last build left them."""
        return self.archive.items(paths)

    def entry_at(self, path: str) -> str:
        """The id of the entry that a page belongs to; empty where there is none."""
        return self._roots.get(path, "")

    def latest(self, entry_id: str) -> IndexedItem | None:
        """The line of an entry's newest version: its headline."""
        lines = [self.items_by_path[path] for path in self.entry_paths.get(entry_id, ()) if path in self.items_by_path]
        return max(lines, key=lambda line: (line.id != entry_id, line.order), default=None)

    def resolve_id(self, page_id: str) -> str:
        """The entry that an id means: its own, or that of one of its versions; empty where there is none."""
        if page_id in self.entry_paths:
            return page_id
        item = self.archive.by_id(page_id)
        return self.entry_at(item.path) if item else ""

    def issues(self) -> tuple[Issue, ...]:
        """What is wrong with pages."""
        return self.archive.issues()

    def close(self) -> None:
        """Let go of the store."""
        if self._store:
            self._store.close()
            self._store = None

    def _take(self, come: set[str], gone: set[str]) -> None:
        """Reads the items that are others than before, and joins all only where ids or versions are others."""
        config, lines = self.config, self.items_by_path
        old = {path: (line.id, line.version_of) for path in gone if (line := lines.get(path))}
        new = {item.path: indexed_item(item, config) for item in self.archive.items(sorted(come))}
        for path in gone - come:
            lines.pop(path, None)
        lines |= new
        if old != {path: (line.id, line.version_of) for path, line in new.items()}:
            self.entry_paths = dict(join(sorted(lines.values(), key=lambda line: line.path)).families)
            self._roots = {path: root for root, paths in self.entry_paths.items() for path in paths}

    def _opened(self) -> sqlite3.Connection:
        """The store; opened anew when its file is another."""
        file = self.site / STATE_FILE
        there = file.stat().st_ino if file.exists() else 0
        if self._store is not None and self._inode == there:
            return self._store
        self.close()
        self._store = open_store(self.site, SCHEMA)
        self._inode, self._seen = file.stat().st_ino, ()
        return self._store


def default_id(title: str, day: date) -> str:
    """The id of a page that has none of its own."""
    return id_of(key_of(title), day)


def indexed_item(item: Item, config: Config) -> IndexedItem:
    """What to hold of an item."""
    return IndexedItem(
        path=item.path,
        id=item.id,
        version_of=item.version_of,
        title=item.title,
        slug=item.slug,
        day=item.day,
        edition=config.edition_of(item.day, item.at),
        story=item.story,
        link=item.link,
        lead=item.lead,
        order=item.order,
    )
