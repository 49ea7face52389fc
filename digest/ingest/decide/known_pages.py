"""What is known of the pages that a new item may meet: by headline, by id, by address, by story."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec
from msgspec import Struct

from digest.content.infer import slug_of
from digest.content.seals import body_seals
from digest.model import Item, Kind, Known, Status, Thread
from digest.stories import Filed, Index, Likely
from digest.wire import id_of

_DEEPEST = 50
# How many pages with one headline an item is compared with; more than a few are a mistake of the wire.
_MOST = 50
MAX_PREPARED_TITLES = 10_000
"""Titles that are kept for the next import as they were filed, about half a kilobyte each."""


class PageRecord(Struct, frozen=True, kw_only=True, gc=False):
    """What import must know of a page. `path` is relative to the content folder; `first` is the day it was first seen.

    `keys` are those of all wire headlines that it stands for, `dumps` all that said one of them. `order` puts versions
    of one entry in order. `body` are the seals of the paragraphs that the wire wrote, joined by spaces.
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
        """The words of its markers, without their numbers."""
        return frozenset(marker.partition(" ")[0] for marker in self.markers)

    @property
    def is_news(self) -> bool:
        """Whether others may be of its story; an advisory to editors is no story."""
        return "advisory" not in self.marker_words


def record_of(item: Item) -> PageRecord:
    """What import must know of a page that is there."""
    origin = item.origin
    return PageRecord(
        id=item.id,
        path=item.path,
        title=item.title,
        slug=item.slug,
        day=item.day,
        first_seen=_day(origin.seen) or item.day if origin else item.day,
        seen=origin.seen if origin else item.day.isoformat(),
        order=item.order,
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
    """The records of the window, growing as an import goes on. `filed` are titles of pages that were made meanwhile.

    `taken` knows the ids of all pages, those beyond it too.

    `index` is an empty index of stories, `titles` are what was filed before, by id. Threading sees titles as they were
    when the dump began.
    """

    def __init__(
        self,
        records: Iterable[PageRecord],
        index: Index,
        is_id_taken: Callable[[str], bool],
        titles: Mapping[str, Filed] = {},
    ) -> None:
        self._index, self._taken = index, is_id_taken
        self._by_id: dict[str, PageRecord] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._versions: dict[str, list[str]] = defaultdict(list)
        self._by_body: dict[tuple[str, str], str] = {}
        self._addresses: set[tuple[date, str]] = set()
        self._numbers: dict[tuple[str, date], int] = {}
        self._stale: dict[str, None] = {}
        self.prepared_titles: dict[str, Filed] = {}
        for record in records:
            self._note(record)
        # In the order in which an index keeps them, so that each goes to an end.
        for record in sorted(self._by_id.values(), key=lambda r: (r.first_seen, r.id)):
            self._enter(record, titles.get(record.id))

    def begin_dump(self) -> None:
        """Let threading see the titles that have changed since the last dump."""
        for name in self._stale:
            self._index.forget(name)
            self._enter(self._by_id[name])
        self._stale.clear()

    def add(self, record: PageRecord, title: Filed | None = None) -> None:
        """A page that was made now; `title` is its title as it is filed, where that is at hand."""
        self._note(record)
        self._enter(record, title)
        if title and len(self.prepared_titles) < MAX_PREPARED_TITLES:
            self.prepared_titles[record.title] = title

    def replace(self, record: PageRecord) -> None:
        """A page that was changed now; its id and address are the same."""
        old = self._by_id[record.id]
        if (old.title, old.is_news) != (record.title, record.is_news):
            self._stale[record.id] = None
        self._note(record)

    def get(self, page_id: str) -> PageRecord:
        """The record with this id. Raises KeyError."""
        return self._by_id[page_id]

    def thread(self, item: Known, title: Filed | None = None) -> Thread:
        """Where a new item belongs; the reasons are no page's, and left out."""
        return self._index.thread(item, title, why=False)

    def likely_entries(self, item: Known) -> list[Likely]:
        """The entries that an item may say again."""
        return self._index.likely(item)

    def entry_pages(self, page_id: str) -> list[PageRecord]:
        """All pages of the entry that the page with this id belongs to, the root first."""
        root = self.root_id(page_id)
        return [self._by_id[root], *(self._by_id[version] for version in self._versions.get(root, ()))]

    def with_key(self, key: str) -> list[PageRecord]:
        """Pages that stand for a headline, the first seen first; of very many, those made last."""
        names = self._by_key.get(key, ())
        found = [self._by_id[name] for name in names[-_MOST:]]
        return sorted(found, key=lambda r: (r.first_seen, r.order, r.id)) if len(found) > 1 else found

    def with_body(self, key: str, body_seals: str) -> PageRecord | None:
        """The page that stands for a headline and has exactly this body from the wire."""
        record = self._by_id.get(self._by_body.get((key, body_seals), ""))
        return record if record and record.body_seals == body_seals else None

    def latest_version(self, page_id: str) -> PageRecord:
        """The newest version of the entry that the page with this id belongs to."""
        return max(self.entry_pages(page_id), key=lambda r: (r.version_of != "", r.order))

    def root_id(self, page_id: str) -> str:
        """The id of the page whose address the entry has."""
        for _ in range(_DEEPEST):
            of = self._by_id[page_id].version_of
            if not of or of not in self._by_id:
                return page_id
            page_id = of
        return page_id

    def dump_names(self) -> set[str]:
        """The names of all dumps that a page says it came from."""
        return {dump for record in self._by_id.values() for dump in record.dumps}

    def free_id(self, key: str, day: date) -> str:
        """The id for a headline first seen on a day; salted when another page has it."""
        number = self._numbers.get((key, day), 1)
        while (name := id_of(key, day, "" if number == 1 else str(number))) in self._by_id or self._taken(name):
            number += 1
        if number > 1:
            self._numbers[key, day] = number
        return name

    def free_slug(self, title: str, day: date, page_id: str, exists: Callable[[str], bool]) -> str:
        """The slug for a title, numbered when a page or file of the day has it; `name` for a title without a letter."""
        plain = slug_of(title) or page_id
        number = self._numbers.get((plain, day), 1)
        while (day, slug := plain if number == 1 else f"{plain}-{number}") in self._addresses or exists(slug):
            number += 1
        if number > 1:
            self._numbers[plain, day] = number
        return slug

    def _note(self, record: PageRecord) -> None:
        old = self._by_id.get(record.id)
        self._by_id[record.id] = record
        self._addresses.add((record.day, record.slug))
        for key in record.keys:
            if old is None or key not in old.keys:
                self._by_key[key].append(record.id)
            if record.body_seals:
                self._by_body[key, record.body_seals] = record.id
        if old is None and record.version_of:
            self._versions[record.version_of].append(record.id)

    def _enter(self, record: PageRecord, title: Filed | None = None) -> None:
        if record.is_news:
            self._index.add(self._known(record), title)

    def _known(self, record: PageRecord) -> Known:
        return Known(
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
    """The record of a page that another dump has said again."""
    merged = tuple(dict.fromkeys((*record.sources, *sources)))
    return msgspec.structs.replace(record, dumps=(*record.dumps, dump), sources=merged)


def _day(seen: str) -> date | None:
    try:
        return date.fromisoformat(seen[:10])
    except ValueError:
        return None
