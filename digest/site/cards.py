"""Cards: the summary of an entry, a day or a month that lists and other pages show.

Paths in cards start with `/` and do not contain the folder of `base_url`; templates add it.
"""

from datetime import date, datetime

from msgspec import Struct

from digest.model import Correction, Kind


class PictureFile(Struct, frozen=True, kw_only=True):
    """A picture file of one width, in pixels; `url` is a path of the site."""

    url: str
    width: int


class PictureSource(Struct, frozen=True, kw_only=True):
    """A picture in one format: `type` is its media type, `files` are sorted from the narrowest to the widest."""

    type: str
    files: tuple[PictureFile, ...]


class Picture(Struct, frozen=True, kw_only=True):
    """A picture. `url` is a path of the site, or an absolute URL; its size is then unknown (0).

    `width` and `height` are those of the original, in pixels. `sources` are smaller formats of the same picture, the
    smallest first; `files` are several widths in the original format. Both may be empty.
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
    """A picture in a body. `src` is its address in the HTML; `picture` is None if it cannot be shown."""

    src: str
    picture: Picture | None


class Card(Struct, frozen=True, kw_only=True, tag=True, cache_hash=True):
    """An entry in a list.

    `url` is its permanent address: a page, or an anchor in the edition (if `page` is false). `link` is the URL of the
    original. `regions` and `categories` are slugs, the primary one first. `at` is None if no time is known. `sources`
    are keys of the site's sources. `sightings` is the number of dumps that contain the item, `position` its position in
    the first of them. `marks` are words of `MARKS`: the wire's markers, and whether AI was used.
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
"""Marks shown beside a headline, in this order. Corrections have a field of their own, `corrected`."""


class HistoryLine(Struct, frozen=True, kw_only=True):
    """An update of an entry: its day, and its time if known."""

    day: date
    at: datetime | None


class EntryCard(Struct, frozen=True, kw_only=True, tag=True):
    """The data that an entry's own page and the feeds need, together with its card.

    `body` is a content path, or empty. `summary` comes from an editor or the wire; it is never the first paragraph.
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
    """A withdrawn entry: its address, and nothing of its text."""

    id: str
    url: str
    path: str


class AliasCard(Struct, frozen=True, kw_only=True, tag=True):
    """An older address (alias) of an entry."""

    id: str
    alias: str
    url: str
    path: str


class DayCard(Struct, frozen=True, kw_only=True, tag=True):
    """An edition with its number of entries."""

    day: date
    entries: int


class MonthCard(Struct, frozen=True, kw_only=True, tag=True):
    """A month with at least one entry: `2026-02`."""

    month: str


class PictureCard(Struct, frozen=True, kw_only=True, tag=True):
    """The pictures of an entry, as file paths relative to the site folder."""

    paths: tuple[str, ...]


class SocialCard(Struct, frozen=True, kw_only=True, tag=True):
    """A social card: its file path relative to the output, its headline, and the word above the headline."""

    file: str
    title: str
    kicker: str


class UrlCard(Struct, frozen=True, kw_only=True, tag=True):
    """A URL of a sitemap, in the edition of `day`. `modified` is a date or a date and time in ISO 8601."""

    day: date
    url: str
    modified: str


AnyCard = Card | EntryCard | GoneCard | AliasCard | DayCard | MonthCard | PictureCard | SocialCard | UrlCard
