"""Archive: the items of a site by path, id, story and day, with their issues, read from the SQLite index."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.config import Config
from digest.content.infer import Identify, LoadLabeller
from digest.content.loader import PageLoader
from digest.content.page import body_of
from digest.content.store.refresh import MapShards, RefreshResult, refresh
from digest.content.store.scan import CONTENT_FOLDER, Scan
from digest.content.store.tables import SCHEMA
from digest.engine_version import engine_digest
from digest.issues import Issue, issue, sort_issues
from digest.model import Item

__all__ = ["SCHEMA", "Archive", "Row"]

_NO_ZONE = "page-zone-missing"

_item = msgspec.json.Decoder(Item).decode
_issues = msgspec.json.Decoder(tuple[Issue, ...]).decode


class Row(Struct, frozen=True, gc=False):
    """The fields of an item that relate it to others. `digest` changes with any change of the item or its body."""

    path: str
    digest: str
    id: str
    version_of: str
    story: str


class Archive:
    """The items of a site. `store` has the tables of `SCHEMA`; `engine` overrides the digest of the installed code.

    `load_labeller` is called only when a page has no labels; `identify` makes an id from title and day.
    """

    def __init__(
        self, site: Path, store: sqlite3.Connection, config: Config, load_labeller: LoadLabeller, identify: Identify,
        engine: str = "",
    ) -> None:  # fmt: skip
        self._folder, self._store = site / CONTENT_FOLDER, store
        self._loader = PageLoader(config, load_labeller, identify, engine or engine_digest())
        self._folder_issues: tuple[Issue, ...] = ()

    def refresh(
        self, paths: Collection[str] | None = None, map_shards: MapShards | None = None, scan_result: Scan | None = None
    ) -> RefreshResult:
        """Read the pages that changed since the last refresh: all, or those of `paths` if no other can have changed.

        Paths are relative to the content folder. `scan_result` saves a scan. Raises sqlite3.Error.
        """
        done = refresh(self._store, self._folder, self._loader, paths, map_shards, scan_result)
        if done.complete:
            self._folder_issues = done.issues
        return done

    def iter_rows(self) -> Iterator[Row]:
        """Yield all rows by path, one by one, so that they are never all in memory."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE shown = 1 ORDER BY path"
        yield from (Row(*row) for row in self._store.execute(query))

    def rows(self, paths: Collection[str] | None = None) -> list[Row]:
        """Return the rows of all items by path, or of those at `paths`. Of duplicate ids, the first page counts."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE shown = 1"
        if paths is None:
            return list(self.iter_rows())
        found = (self._store.execute(f"{query} AND path = ?", (path,)) for path in sorted(paths))
        return [Row(*row) for rows in found for row in rows]

    def digests(self) -> set[tuple[str, str]]:
        """Return path and digest of all items; comparing two results gives the changed items."""
        return set(self._store.execute("SELECT path, digest FROM files WHERE shown = 1"))

    def row_by_id(self, item_id: str) -> Row | None:
        """The item with this id."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE id = ? AND shown = 1"
        return next((Row(*row) for row in self._store.execute(query, (item_id,))), None)

    def version_rows(self) -> list[Row]:
        """Return the items that are versions of others, and the items that they name, by path."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE version_of != '' AND shown = 1"
        versions = [Row(*row) for row in self._store.execute(query)]
        own = {row.id for row in versions}
        named = map(self.row_by_id, {row.version_of for row in versions} - own)
        return sorted((*versions, *filter(None, named)), key=lambda row: row.path)

    def count(self) -> int:
        """Return the number of items."""
        return int(self._store.execute("SELECT count(*) FROM files WHERE shown = 1").fetchone()[0])

    def items(self, paths: Iterable[str]) -> Iterator[Item]:
        """Yield the items at these paths, in this order; paths without an item are skipped."""
        for path in paths:
            yield from self._items("path = ?", path)

    def items_since(self, since: date) -> Iterator[Item]:
        """Yield the items whose day is `since` or later, by day and path."""
        return self._items("day >= ? AND shown = 1 ORDER BY day, path", since.isoformat())

    def digests_since(self, since: date) -> list[tuple[str, str]]:
        """Return path and digest (see `Row`) of the items whose day is `since` or later, by day and path."""
        query = "SELECT path, digest FROM files WHERE day >= ? AND shown = 1 ORDER BY day, path"
        return self._store.execute(query, (since.isoformat(),)).fetchall()

    def story_slugs(self) -> set[str]:
        """Return the slugs of all stories."""
        return {slug for (slug,) in self._store.execute("SELECT story FROM files WHERE shown = 1")}

    def has_id(self, item_id: str) -> bool:
        """Return whether an item has this id."""
        query = "SELECT 1 FROM files WHERE id = ? AND shown = 1"
        return self._store.execute(query, (item_id,)).fetchone() is not None

    def by_id(self, item_id: str) -> Item | None:
        """The item with this id."""
        return next(self._items("id = ? AND shown = 1", item_id), None)

    def by_story(self, story: str) -> tuple[Item, ...]:
        """Return the items of a story, by day and path."""
        return tuple(self._items("story = ? AND shown = 1 ORDER BY day, path", story))

    def images(self, paths: Collection[str] | None = None) -> dict[str, list[str]]:
        """Return the paths of images by the path of the item that names them; items without images are left out."""
        if paths is not None:
            query = "SELECT image FROM files JOIN images USING (file) WHERE path = ? AND shown = 1 ORDER BY image"
            each = {path: [image for (image,) in self._store.execute(query, (path,))] for path in paths}
            return {path: images for path, images in each.items() if images}
        found = dict[str, list[str]]()
        query = "SELECT path, image FROM images CROSS JOIN files USING (file) WHERE shown = 1 ORDER BY path, image"
        for path, image in self._store.execute(query):
            found.setdefault(path, []).append(image)
        return found

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues of all pages, whether read now or earlier, and of duplicate ids."""
        found = list(self._folder_issues)
        for (blob,) in self._store.execute("SELECT issues FROM problems"):
            found.extend(_issues(blob))
        return sort_issues((*_with_one_zone_issue(found), *self._duplicates()))

    def read_body(self, path: str) -> str:
        """Read the body of the page at `path` from the disk. Raises OSError."""
        return body_of((self._folder / path).read_bytes())

    def _items(self, where: str, value: str) -> Iterator[Item]:
        query = f"SELECT item FROM files JOIN items USING (file) WHERE {where}"  # noqa: S608 - `where` is a constant of this module
        for (blob,) in self._store.execute(query, (value,)):
            yield _item(blob)

    def _duplicates(self) -> Iterator[Issue]:
        query = """SELECT path, id, (SELECT min(path) FROM files AS first WHERE first.id = files.id)
            FROM files INDEXED BY files_hidden WHERE shown = 0 AND id IS NOT NULL"""
        for path, name, first in self._store.execute(query):
            message = f"the id `{name}` is also that of {CONTENT_FOLDER}/{first}; this page is ignored"
            hint = "give one of the two an id of its own, or delete it"
            yield issue("id-duplicate", f"{CONTENT_FOLDER}/{path}", message, hint)


def _with_one_zone_issue(issues: list[Issue]) -> Iterator[Issue]:
    """Yield the issues with only one for all times without a zone: the first, with the number of the others."""
    zoneless = sort_issues(i for i in issues if i.code == _NO_ZONE)
    yield from (i for i in issues if i.code != _NO_ZONE)
    if zoneless:
        more = f" (and {len(zoneless) - 1:,} more such times)" if len(zoneless) > 1 else ""
        yield msgspec.structs.replace(zoneless[0], message=zoneless[0].message + more)
