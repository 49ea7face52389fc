"""Index of the entries that the last build knows: which items exist, and which of them form an entry.

The index keeps a few fields of each item; everything else is read from the page on request. For use in one thread.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from digest import config as configuration
from digest.config import Config
from digest.content.loader import PageLoader
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import STATE_FILE, open_store
from digest.issues import Issue
from digest.labels.engines import engine_fingerprint, site_labeller
from digest.model import Item, Labeller
from digest.site.entries import group_versions
from digest.wire import id_of, key_of


class IndexedItem(Struct, frozen=True, kw_only=True, gc=False):
    """The fields of an item that the index keeps in memory."""

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
    """Items of a site by path, and the entries that they form, as of the last build.

    `entry_paths` maps the id of each entry (that of its root item) to the paths of its items. `version` changes
    whenever an item changes.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.items_by_path: dict[str, IndexedItem] = {}
        self.entry_paths: dict[str, tuple[str, ...]] = {}
        self.version = 0
        self._item_marks: set[tuple[str, str]] = set()
        self._entry_ids: dict[str, str] = {}
        self._store: sqlite3.Connection | None = None
        self._inode = 0
        self._state_key: tuple[object, ...] = ()
        self._config: tuple[object, Config] | None = None
        self._labeller: tuple[Config, Labeller] | None = None

    def refresh(self) -> None:
        """Read what builds have changed since the last refresh. Raise OSError or sqlite3.Error."""
        store = self._open_store()
        state_key = (store.execute("PRAGMA data_version").fetchone()[0], self.config.site)
        if state_key == self._state_key and self.items_by_path:
            return
        marks = self.archive.digests()
        if marks != self._item_marks:
            changed = {path for path, _ in marks - self._item_marks}
            outdated = {path for path, _ in self._item_marks - marks}
            self._update(changed, outdated)
            self.version += 1
        self._item_marks, self._state_key = marks, state_key

    @property
    def config(self) -> Config:
        """Current configuration of the site; read again when digest.toml has changed."""
        stat = (self.site / configuration.CONFIG_FILE).stat()
        file_key = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if self._config is None or self._config[0] != file_key:
            self._config = (file_key, configuration.load(self.site)[0])
        return self._config[1]

    @property
    def labeller(self) -> Labeller:
        """Labeller for the current configuration."""
        config = self.config
        if self._labeller is None or self._labeller[0] != config:
            self._labeller = (config, site_labeller(config))
        return self._labeller[1]

    @property
    def archive(self) -> Archive:
        """Item archive of the last build."""
        config = self.config
        return Archive(
            self.site, self._open_store(), config, lambda: self.labeller, default_id, engine_fingerprint(config)
        )

    @property
    def loader(self) -> PageLoader:
        """Loader that makes an item from the bytes of a page, as a build does."""
        config = self.config
        return PageLoader(config, lambda: self.labeller, default_id, engine_fingerprint(config))

    def load_items(self, paths: Iterable[str]) -> Iterator[Item]:
        """Load the items at these paths, as of the last build."""
        return self.archive.items(paths)

    def recent_items(self, days: int) -> list[IndexedItem]:
        """Return the items of the last `days` days before the newest item."""
        items = self.items_by_path.values()
        newest = max((item.day for item in items), default=date.min)
        return [item for item in items if newest - item.day <= timedelta(days)]

    def body_of(self, item: Item) -> str:
        """Return the body of an item; empty if its page was deleted since the last build."""
        try:
            return self.archive.read_body(item.path) if item.body else ""
        except OSError:
            return ""

    def entry_at(self, path: str) -> str:
        """Return the id of the entry that a page belongs to; empty if there is none."""
        return self._entry_ids.get(path, "")

    def latest(self, entry_id: str) -> IndexedItem | None:
        """Return the newest version of an entry, whose headline readers see."""
        items = [self.items_by_path[path] for path in self.entry_paths.get(entry_id, ()) if path in self.items_by_path]
        return max(items, key=lambda item: (item.id != entry_id, item.order), default=None)

    def resolve_id(self, page_id: str) -> str:
        """Return the id of the entry for its own id or that of one of its versions; empty if there is none."""
        if page_id in self.entry_paths:
            return page_id
        item = self.archive.by_id(page_id)
        return self.entry_at(item.path) if item else ""

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues of all pages, as of the last build."""
        return self.archive.issues()

    def close(self) -> None:
        """Close the store."""
        if self._store:
            self._store.close()
            self._store = None

    def _update(self, changed: set[str], outdated: set[str]) -> None:
        """Read the changed items. Join items into entries again only if an id or a `version_of` has changed.

        `changed` are paths of new or changed items, `outdated` those of changed or deleted ones.
        """
        config, items = self.config, self.items_by_path
        old = {path: (item.id, item.version_of) for path in outdated if (item := items.get(path))}
        new = {item.path: indexed_item(item, config) for item in self.archive.items(sorted(changed))}
        for path in outdated - changed:
            items.pop(path, None)
        items |= new
        if old != {path: (item.id, item.version_of) for path, item in new.items()}:
            self.entry_paths = dict(group_versions(sorted(items.values(), key=lambda item: item.path)).paths_by_root)
            self._entry_ids = {path: entry_id for entry_id, paths in self.entry_paths.items() for path in paths}

    def _open_store(self) -> sqlite3.Connection:
        """Return the store; open it again if its file was replaced."""
        file = self.site / STATE_FILE
        inode = file.stat().st_ino if file.exists() else 0
        if self._store is not None and self._inode == inode:
            return self._store
        self.close()
        self._store = open_store(self.site, SCHEMA)
        self._inode, self._state_key = file.stat().st_ino, ()
        return self._store


def default_id(title: str, day: date) -> str:
    """Return the id of a page whose front matter has none."""
    return id_of(key_of(title), day)


def indexed_item(item: Item, config: Config) -> IndexedItem:
    """Return the fields of an item that the index keeps."""
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
        order=item.sort_key,
    )
