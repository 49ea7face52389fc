"""The content folder with a memory: items by path, id, key, story and day, and all that is wrong with them."""

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
from digest.issues import Issue, in_order, issue
from digest.model import Item

__all__ = ["SCHEMA", "Archive", "Row"]

ZONELESS = "page-zone-missing"

_item = msgspec.json.Decoder(Item).decode
_issues = msgspec.json.Decoder(tuple[Issue, ...]).decode


class Row(Struct, frozen=True, gc=False):
    """The little that tells what an item is to others. `digest` changes when anything of the item or its body does."""

    path: str
    digest: str
    id: str
    version_of: str
    story: str


class Archive:
    """The items of a site. `store` holds the tables of `SCHEMA`; `engine` names the code, if not as it stands here.

    `label` gives the labeller, and is called only when a page has no labels; `identify` makes an id from title and day.
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
        """Reads what changed since the last refresh: of all pages, or of `paths` alone when no other can have changed.

        `found` is what a look at all pages found a moment ago, if there was one.
        Paths are relative to the content folder. Raises sqlite3.Error when the store cannot be written.
        """
        done = refresh(self._store, self._folder, self._loader, paths, map_shards, scan_result)
        if done.complete:
            self._folder_issues = done.issues
        return done

    def iter_rows(self) -> Iterator[Row]:
        """The same as all `rows`, one by one: never all of them are in memory."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE shown = 1 ORDER BY path"
        yield from (Row(*row) for row in self._store.execute(query))

    def rows(self, paths: Collection[str] | None = None) -> list[Row]:
        """All items by path, or those at some paths. Of several with one id, the first."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE shown = 1"
        if paths is None:
            return list(self.iter_rows())
        found = (self._store.execute(f"{query} AND path = ?", (path,)) for path in sorted(paths))
        return [Row(*row) for rows in found for row in rows]

    def digests(self) -> set[tuple[str, str]]:
        """The paths of all items with their digests: what differs from those of before has changed."""
        return set(self._store.execute("SELECT path, digest FROM files WHERE shown = 1"))

    def row_by_id(self, item_id: str) -> Row | None:
        """The item with this id."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE id = ? AND shown = 1"
        return next((Row(*row) for row in self._store.execute(query, (item_id,))), None)

    def version_rows(self) -> list[Row]:
        """By path, the items that are versions, and those that are named by them."""
        query = "SELECT path, digest, id, version_of, story FROM files WHERE version_of != '' AND shown = 1"
        versions = [Row(*row) for row in self._store.execute(query)]
        own = {row.id for row in versions}
        named = map(self.row_by_id, {row.version_of for row in versions} - own)
        return sorted((*versions, *filter(None, named)), key=lambda row: row.path)

    def count(self) -> int:
        """How many items there are."""
        return int(self._store.execute("SELECT count(*) FROM files WHERE shown = 1").fetchone()[0])

    def items(self, paths: Iterable[str]) -> Iterator[Item]:
        """The items at these paths, in this order; a path without one is passed over."""
        for path in paths:
            yield from self._items("path = ?", path)

    def items_since(self, since: date) -> Iterator[Item]:
        """Items whose day is `since` or later, by day and path."""
        return self._items("day >= ? AND shown = 1 ORDER BY day, path", since.isoformat())

    def digests_since(self, since: date) -> list[tuple[str, str]]:
        """The paths of the same items with their digests (`Row`)."""
        query = "SELECT path, digest FROM files WHERE day >= ? AND shown = 1 ORDER BY day, path"
        return self._store.execute(query, (since.isoformat(),)).fetchall()

    def story_slugs(self) -> set[str]:
        """The slugs of the stories of all items."""
        return {slug for (slug,) in self._store.execute("SELECT story FROM files WHERE shown = 1")}

    def has_id(self, item_id: str) -> bool:
        """Whether an item has this id."""
        query = "SELECT 1 FROM files WHERE id = ? AND shown = 1"
        return self._store.execute(query, (item_id,)).fetchone() is not None

    def by_id(self, item_id: str) -> Item | None:
        """The item with this id."""
        return next(self._items("id = ? AND shown = 1", item_id), None)

    def by_story(self, story: str) -> tuple[Item, ...]:
        """Items of a story, by day and path."""
        return tuple(self._items("story = ? AND shown = 1 ORDER BY day, path", story))

    def images(self, paths: Collection[str] | None = None) -> dict[str, list[str]]:
        """The paths of pictures that items name, by the paths of the items; those that name none are not there."""
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
        """All that is wrong with all pages, whether read now or earlier, and between them."""
        found = list(self._folder_issues)
        for (blob,) in self._store.execute("SELECT issues FROM problems"):
            found.extend(_issues(blob))
        return in_order((*_zone_once(found), *self._duplicates()))

    def read_body(self, path: str) -> str:
        """The body of the page at `path` as it is on disk now. Raises OSError when it cannot be read."""
        return body_of((self._folder / path).read_bytes())

    def _items(self, where: str, value: str) -> Iterator[Item]:
        query = f"SELECT item FROM files JOIN items USING (file) WHERE {where}"  # noqa: S608 - `where` is ours, above
        for (blob,) in self._store.execute(query, (value,)):
            yield _item(blob)

    def _duplicates(self) -> Iterator[Issue]:
        query = """SELECT path, id, (SELECT min(path) FROM files AS first WHERE first.id = files.id)
            FROM files INDEXED BY files_hidden WHERE shown = 0 AND id IS NOT NULL"""
        for path, name, first in self._store.execute(query):
            message = f"the id `{name}` is also that of {CONTENT_FOLDER}/{first}; this page is left out"
            hint = "give one of the two an id of its own, or delete it"
            yield issue("id-duplicate", f"{CONTENT_FOLDER}/{path}", message, hint)


def _zone_once(issues: list[Issue]) -> Iterator[Issue]:
    """That a time has no zone is said once for the whole site; the first stands for the others."""
    zoneless = in_order(i for i in issues if i.code == ZONELESS)
    yield from (i for i in issues if i.code != ZONELESS)
    if zoneless:
        more = f" (and {len(zoneless) - 1:,} more such times)" if len(zoneless) > 1 else ""
        yield msgspec.structs.replace(zoneless[0], message=zoneless[0].message + more)
