"""Index of the pages of the window: by headline key, body, id, slug and story. An import adds its pages to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec
from msgspec import Struct

from digest.content.infer import slug_of
from digest.content.seals import body_seals
from digest.model import Item, Kind, KnownItem, Status, Thread
from digest.stories import LikelyEntry, PreparedTitle, Threader
from digest.wire import id_of

_MAX_VERSION_DEPTH = 50
# How many pages with one headline an item is compared with; more than a few are a mistake of the wire.
_MAX_SAME_HEADLINE = 50
MAX_PREPARED_TITLES = 10_000
"""Prepared titles that are kept for the next import, about half a kilobyte each."""


class PageRecord(Struct, frozen=True, kw_only=True, gc=False):
    """The facts of a page that an import needs.

    `path` is relative to the content folder. `first_seen` is the day of its first dump, `seen` the time of that.
    `order` sorts the versions of an entry. `keys` are the keys of all wire headlines of the page, `dumps` the names of
    all dumps that contained one of them. `body_seals` are the seals of the wire's paragraphs, separated by spaces.
    """

    id: str
    path: str
    title: str
    slug: str
    day: date
    first_seen: date
    seen: str
    order: str
    kind: Kind
    story: str
    version_of: str = ""
    keys: tuple[str, ...] = ()
    dumps: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    body_seals: str = ""
    markers: tuple[str, ...] = ()
    killed: bool = False

    @property
    def marker_words(self) -> frozenset[str]:
        """The words of its markers, without numbers."""
        return frozenset(marker.partition(" ")[0] for marker in self.markers)

    @property
    def is_news(self) -> bool:
        """True if the page can be part of a story. An advisory to editors cannot."""
        return "advisory" not in self.marker_words


def record_of(item: Item) -> PageRecord:
    """Return the record of an existing page."""
    origin = item.origin
    return PageRecord(
        id=item.id,
        path=item.path,
        title=item.title,
        slug=item.slug,
        day=item.day,
        first_seen=_day_of(origin.seen) or item.day if origin else item.day,
        seen=origin.seen if origin else item.day.isoformat(),
        order=item.sort_key,
        kind=item.kind,
        story=item.story,
        version_of=item.version_of,
        keys=tuple(origin.key.split()) if origin else (),
        dumps=(origin.dump, *origin.also) if origin else (),
        sources=item.sources,
        regions=item.regions,
        categories=item.categories,
        body_seals=" ".join(body_seals(origin.seals)) if origin else "",
        markers=item.markers,
        killed=item.status is Status.KILLED,
    )


class KnownPages:
    """Records of the pages of the window, and the story index over their titles.

    Threading sees a changed title only from the next dump on (`begin_dump`), so that the result does not depend on
    which dumps are imported together.
    """

    def __init__(
        self,
        records: Iterable[PageRecord],
        index: Threader,
        is_id_taken: Callable[[str], bool],
        titles: Mapping[str, PreparedTitle] = {},
    ) -> None:
        """Fill the empty story `index`.

        `is_id_taken` knows the ids of all pages, also those outside the window; `titles` are prepared titles by id.
        """
        self._index, self._is_id_taken = index, is_id_taken
        self._by_id: dict[str, PageRecord] = {}
        self._ids_by_key: dict[str, list[str]] = defaultdict(list)
        self._versions: dict[str, list[str]] = defaultdict(list)
        self._id_by_body: dict[tuple[str, str], str] = {}
        self._slugs: set[tuple[date, str]] = set()
        self._last_numbers: dict[tuple[str, date], int] = {}
        self._stale_titles: dict[str, None] = {}
        self.prepared_titles: dict[str, PreparedTitle] = {}
        """Prepared titles of the pages that this import made, by title."""
        for record in records:
            self._store(record)
        # Sorted as the index sorts, so that each record is appended at the end of its lists.
        for record in sorted(self._by_id.values(), key=lambda r: (r.first_seen, r.id)):
            self._add_to_index(record, titles.get(record.id))

    def begin_dump(self) -> None:
        """Update the story index with the titles that changed during the last dump."""
        for page_id in self._stale_titles:
            self._index.remove(page_id)
            self._add_to_index(self._by_id[page_id])
        self._stale_titles.clear()

    def add(self, record: PageRecord, title: PreparedTitle | None = None) -> None:
        """Add a new page; `title` is its prepared title, if a worker has computed it."""
        self._store(record)
        self._add_to_index(record, title)
        if title and len(self.prepared_titles) < MAX_PREPARED_TITLES:
            self.prepared_titles[record.title] = title

    def replace(self, record: PageRecord) -> None:
        """Replace the record of a changed page. Its id and slug must be the same."""
        old = self._by_id[record.id]
        if (old.title, old.is_news) != (record.title, record.is_news):
            self._stale_titles[record.id] = None
        self._store(record)

    def get(self, page_id: str) -> PageRecord:
        """Return a record. Raises KeyError."""
        return self._by_id[page_id]

    def thread(self, item: KnownItem, title: PreparedTitle | None = None) -> Thread:
        """Find the story of a new item, without the evidence for it."""
        return self._index.thread(item, title, with_evidence=False)

    def likely_entries(self, item: KnownItem) -> list[LikelyEntry]:
        """Return the entries that may tell the same as an item, the likeliest first."""
        return self._index.likely_entries(item)

    def entry_pages(self, page_id: str) -> list[PageRecord]:
        """Return all pages of the entry that a page belongs to, the root first."""
        root = self.root_id(page_id)
        return [self._by_id[root], *(self._by_id[version] for version in self._versions.get(root, ()))]

    def with_key(self, key: str) -> list[PageRecord]:
        """Return the pages with a headline key, the first seen first. Of a great many, only the newest are returned."""
        ids = self._ids_by_key.get(key, ())
        records = [self._by_id[page_id] for page_id in ids[-_MAX_SAME_HEADLINE:]]
        return sorted(records, key=lambda r: (r.first_seen, r.order, r.id)) if len(records) > 1 else records

    def with_body(self, key: str, body_seals: str) -> PageRecord | None:
        """Return the page with a headline key and exactly this body from the wire."""
        record = self._by_id.get(self._id_by_body.get((key, body_seals), ""))
        return record if record and record.body_seals == body_seals else None

    def latest_version(self, page_id: str) -> PageRecord:
        """Return the newest version of the entry that a page belongs to."""
        return max(self.entry_pages(page_id), key=lambda r: (r.version_of != "", r.order))

    def root_id(self, page_id: str) -> str:
        """Return the id of the root page of an entry. A cycle in `version_of` ends somewhere in the cycle."""
        for _ in range(_MAX_VERSION_DEPTH):
            version_of = self._by_id[page_id].version_of
            if not version_of or version_of not in self._by_id:
                return page_id
            page_id = version_of
        return page_id

    def dump_names(self) -> set[str]:
        """Return the names of all dumps that pages of the window came from."""
        return {dump for record in self._by_id.values() for dump in record.dumps}

    def free_id(self, key: str, day: date) -> str:
        """Return the id for a headline first seen on a day, salted if another page has it."""
        number = self._last_numbers.get((key, day), 1)
        while self._has_id(page_id := id_of(key, day, "" if number == 1 else str(number))):
            number += 1
        if number > 1:
            self._last_numbers[key, day] = number
        return page_id

    def free_slug(self, title: str, day: date, page_id: str, exists: Callable[[str], bool]) -> str:
        """Return the slug for a title, numbered if a page of the day has it or its file `exists`.

        A title without a letter or digit gets the id as its slug.
        """
        base = slug_of(title) or page_id
        number = self._last_numbers.get((base, day), 1)
        while (day, slug := base if number == 1 else f"{base}-{number}") in self._slugs or exists(slug):
            number += 1
        if number > 1:
            self._last_numbers[base, day] = number
        return slug

    def _has_id(self, page_id: str) -> bool:
        return page_id in self._by_id or self._is_id_taken(page_id)

    def _store(self, record: PageRecord) -> None:
        old = self._by_id.get(record.id)
        self._by_id[record.id] = record
        self._slugs.add((record.day, record.slug))
        for key in record.keys:
            if old is None or key not in old.keys:
                self._ids_by_key[key].append(record.id)
            if record.body_seals:
                self._id_by_body[key, record.body_seals] = record.id
        if old is None and record.version_of:
            self._versions[record.version_of].append(record.id)

    def _add_to_index(self, record: PageRecord, title: PreparedTitle | None = None) -> None:
        if record.is_news:
            self._index.add(self._known_of(record), title)

    def _known_of(self, record: PageRecord) -> KnownItem:
        return KnownItem(
            id=record.id,
            title=record.title,
            day=record.first_seen,
            seen=record.seen,
            story=record.story,
            root=self.root_id(record.id),
            regions=record.regions,
            categories=record.categories,
        )


def record_with_dump(record: PageRecord, dump: str, sources: tuple[str, ...]) -> PageRecord:
    """Return the record of a page that another dump contains again."""
    merged = tuple(dict.fromkeys((*record.sources, *sources)))
    return msgspec.structs.replace(record, dumps=(*record.dumps, dump), sources=merged)


def _day_of(seen: str) -> date | None:
    try:
        return date.fromisoformat(seen[:10])
    except ValueError:
        return None
