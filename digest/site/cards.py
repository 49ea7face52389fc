"""Cards: the few fields of an entry, a day or a month that lists show.

Paths in cards start with `/` and know nothing of the folder that the site stands in; templates add it.
"""

from datetime import date, datetime

from msgspec import Struct

from digest.model import Correction, Kind


class PictureFile(Struct, frozen=True, kw_only=True):
    """A picture in one width, in pixels; `url` is a path of the site."""

    url: str
    width: int


class PictureSource(Struct, frozen=True, kw_only=True):
    """A picture in one format: `type` is its media type, `files` come from the narrowest to the widest."""

    type: str
    files: tuple[PictureFile, ...]


class Picture(Struct, frozen=True, kw_only=True):
    """A picture: `url` is a path of the site, or a whole address, then of a size that is not known (0).

    `width` and `height` are in pixels, as the picture stands. `sources` are the formats that say the same in fewer
    bytes, the best first; `files` the picture in its own format in several widths. Both may be empty.
    """

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    type: str = ""
    sources: tuple[PictureSource, ...] = ()
    files: tuple[PictureFile, ...] = ()


class BodyPicture(Struct, frozen=True, kw_only=True):
    """A picture in a body, by the address that its HTML has; none where it cannot be shown."""

    src: str
    picture: Picture | None


class Card(Struct, frozen=True, kw_only=True, tag=True, cache_hash=True):
    """An entry on a list.

    `url` is its permanent address: a page, or its place in the edition (`page` false). `link` is where the original
    stands. `regions` and `categories` are slugs, the primary first. `at` only where a time is known. `sources` are keys
    of the site's sources. `sightings` is how many dumps said it, `position` its place in the first of them. `marks` are
    what the wire's markers mean to readers, and whether a machine wrote it: words of `MARKS`.
    """

    id: str
    order: str
    title: str
    url: str
    page: bool
    link: str
    kind: Kind
    edition: date
    day: date
    at: datetime | None
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    sources: tuple[str, ...]
    story: str
    standfirst: str
    byline: str
    image: Picture | None
    lead: int
    sightings: int
    position: int
    versions: int
    corrected: bool
    lang: str
    badge: str
    marks: tuple[str, ...] = ()


MARKS = ("breaking", "urgent", "update", "wrapup", "advisory", "assisted", "generated")
"""What readers are told beside a headline, in this order; that it was corrected is told by `corrected`."""


class HistoryLine(Struct, frozen=True, kw_only=True):
    """An update of an entry: its day, and its time if known."""

    day: date
    at: datetime | None


class EntryCard(Struct, frozen=True, kw_only=True, tag=True):
    """All that an entry's own page and the feeds must know beside its card.

    `body` is a content path, or empty; `summary` what an editor or the wire wrote, never the first paragraph.
    """

    card: Card
    body: str
    body_digest: str
    summary: str
    words: int
    updated: HistoryLine | None
    history: tuple[HistoryLine, ...]
    corrections: tuple[Correction, ...]
    places: tuple[str, ...]
    ai: str
    ai_note: str
    path: str
    pictures: tuple[BodyPicture, ...] = ()


class GoneCard(Struct, frozen=True, kw_only=True, tag=True):
    """An entry that was taken back: its address says so, and nothing else."""

    id: str
    url: str
    path: str


class AliasCard(Struct, frozen=True, kw_only=True, tag=True):
    """An older address of an entry."""

    id: str
    alias: str
    url: str
    path: str


class DayCard(Struct, frozen=True, kw_only=True, tag=True):
    """An edition that exists, with how many entries it has."""

    day: date
    entries: int


class MonthCard(Struct, frozen=True, kw_only=True, tag=True):
    """A month that has something: `2026-02`."""

    month: str


class PictureCard(Struct, frozen=True, kw_only=True, tag=True):
    """The pictures that an entry shows, by their paths on disk below the site."""

    paths: tuple[str, ...]


class SocialCard(Struct, frozen=True, kw_only=True, tag=True):
    """A card for social networks: its path below the output, the headline on it, and the word above that."""

    file: str
    title: str
    kicker: str


class UrlCard(Struct, frozen=True, kw_only=True, tag=True):
    """A line of a sitemap, of the edition of `day`. `modified` is a moment or a day in ISO 8601."""

    day: date
    url: str
    modified: str


AnyCard = Card | EntryCard | GoneCard | AliasCard | DayCard | MonthCard | PictureCard | SocialCard | UrlCard
