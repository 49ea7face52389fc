"""The frozen values that templates see: one of these as `page`, a `SiteView` as `site`, and nothing else.

Paths start with `/`; the filter `url` puts the folder of the site in front. A `Body` becomes HTML just before drawing.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from digest.model import Correction
from digest.site.cards import BodyPicture, Card, HistoryLine


class Body(Struct, frozen=True, kw_only=True):
    """A reference to the text of a page: where it stands below the content folder, its digest, the pictures in it."""

    path: str
    digest: str
    pictures: tuple[BodyPicture, ...] = ()


class Label(Struct, frozen=True, kw_only=True):
    """A region, a category or an author as readers see it."""

    slug: str
    name: str
    url: str


class Credit(Struct, frozen=True, kw_only=True):
    """A source as readers see it: `name` in lists, `line` and `rights` under a text."""

    key: str
    name: str
    line: str
    rights: str


class SiteView(Struct, frozen=True, kw_only=True):
    """The frame around every page: configuration only. `direction` is `ltr` or `rtl`; `base_url` ends with `/`."""

    title: str
    tagline: str
    description: str
    publisher: str
    base_url: str
    base_path: str
    language: str
    direction: str
    regions: Mapping[str, Label]
    categories: Mapping[str, Label]
    sources: Mapping[str, Credit]
    authors: Mapping[str, Label]
    generator: str
    preview: bool
    hub: str = ""
    alternates: Mapping[str, str] = {}
    search: bool = False


class HeadImage(Struct, frozen=True, kw_only=True):
    """The picture that stands for a page elsewhere; `url` is a whole address."""

    url: str
    width: int
    height: int
    alt: str
    type: str


class Head(Struct, frozen=True, kw_only=True):
    """Metadata of a page. `canonical` is an absolute URL; `json_ld` is JSON that is safe inside a script element."""

    title: str
    description: str = ""
    canonical: str = ""
    index: bool = True
    type: str = "website"
    published: str = ""
    modified: str = ""
    section: str = ""
    feed: str = "/feed.xml"
    json_ld: str = ""
    image: HeadImage | None = None


class Crumb(Struct, frozen=True, kw_only=True):
    """A step of the way from the front page to here."""

    name: str
    url: str


class Section(Struct, frozen=True, kw_only=True):
    """Cards under a heading; `label` is None where the heading is a day."""

    label: Label | None
    day: date | None = None
    cards: tuple[Card, ...]


class FrontView(Struct, frozen=True, kw_only=True, tag=True):
    """The front page: the newest entries. `cards` are in order of rank; `edition` is the day of the newest."""

    url: str
    head: Head
    edition: date | None
    cards: tuple[Card, ...]


class ItemView(Struct, frozen=True, kw_only=True, tag=True):
    """An entry's own page.

    `timeline` is its whole story, newest first, itself included; empty when it stands alone. `related` are others of
    its region's day. `author` is set when the byline has a page.
    """

    url: str
    head: Head
    card: Card
    body: Body | None
    summary: str
    words: int
    author: Label | None
    credits: tuple[Credit, ...]
    history: tuple[HistoryLine, ...]
    corrections: tuple[Correction, ...]
    story: str
    timeline: tuple[Card, ...]
    related: tuple[Card, ...]
    crumbs: tuple[Crumb, ...]
    places: tuple[str, ...]
    ai: str
    ai_note: str


class EditionView(Struct, frozen=True, kw_only=True, tag=True):
    """One day: what was first seen, by region, the best first; `updated` is what older entries had new that day."""

    url: str
    head: Head
    day: date
    sections: tuple[Section, ...]
    updated: tuple[Card, ...]
    crumbs: tuple[Crumb, ...]


class CalendarDay(Struct, frozen=True, kw_only=True):
    """A day of a calendar; `url` is empty where nothing appeared, `entries` 0."""

    day: date
    url: str
    entries: int


class MonthView(Struct, frozen=True, kw_only=True, tag=True):
    """A month's calendar: weeks from Monday to Sunday, None outside the month."""

    url: str
    head: Head
    month: str
    first: date
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    earlier: str
    later: str
    crumbs: tuple[Crumb, ...]


class MonthLink(Struct, frozen=True, kw_only=True):
    """A month of a list's archive."""

    first: date
    url: str


class SectionView(Struct, frozen=True, kw_only=True, tag=True):
    """A list: of a region, a category, both, or an author. `axis` says which.

    `newest` is the day of the newest entry, `lead` the best one. `sections` holds the newest entries, the lead among
    them, grouped by the other axis; `also` what concerns it and stands elsewhere; `crosses` the lists one step down;
    `archive` its months, newest first; `about` a line or two (an author's), with
    the `email` and `link` by which they are reached.
    """

    url: str
    head: Head
    axis: str
    label: Label
    second: Label | None
    newest: date | None
    lead: Card | None
    sections: tuple[Section, ...]
    also: tuple[Card, ...]
    crosses: tuple[Label, ...]
    archive: tuple[MonthLink, ...]
    feed: str
    about: str
    email: str
    link: str
    crumbs: tuple[Crumb, ...]


class ArchiveView(Struct, frozen=True, kw_only=True, tag=True):
    """One month of a list, by day, newest first."""

    url: str
    head: Head
    label: Label
    second: Label | None
    first: date
    sections: tuple[Section, ...]
    archive: tuple[MonthLink, ...]
    crumbs: tuple[Crumb, ...]


class StoryView(Struct, frozen=True, kw_only=True, tag=True):
    """A story: `lead` is its newest entry, `cards` all of them, newest first."""

    url: str
    head: Head
    slug: str
    lead: Card
    cards: tuple[Card, ...]
    crumbs: tuple[Crumb, ...]


class Corrected(Struct, frozen=True, kw_only=True):
    """An entry with what was corrected in it."""

    card: Card
    corrections: tuple[Correction, ...]


class CorrectionsView(Struct, frozen=True, kw_only=True, tag=True):
    """All corrections, newest first."""

    url: str
    head: Head
    entries: tuple[Corrected, ...]
    crumbs: tuple[Crumb, ...]


class GoneView(Struct, frozen=True, kw_only=True, tag=True):
    """The notice at the address of an entry that was taken back. It says nothing of what was there."""

    url: str
    head: Head


class AliasView(Struct, frozen=True, kw_only=True, tag=True):
    """An older address that leads to the page at `target`."""

    url: str
    head: Head
    target: str


class SearchView(Struct, frozen=True, kw_only=True, tag=True):
    """The page to search on. `indexed`: there is an index for its script; `months`, newest first, need none."""

    url: str
    head: Head
    indexed: bool
    months: tuple[MonthLink, ...]
    crumbs: tuple[Crumb, ...]


class NotFoundView(Struct, frozen=True, kw_only=True, tag=True):
    """The page for URLs that do not exist."""

    url: str
    head: Head


class FeedEntry(Struct, frozen=True, kw_only=True):
    """An entry of a feed. `id` is permanent; `updated` a moment (RFC 3339); `published` may be empty: then unknown.

    `digital_source` is the IPTC digital source type (a URI) of a text in which a machine had a part, else empty.
    """

    id: str
    card: Card
    url: str
    published: str
    rfc822: str
    updated: str
    summary: str
    body: Body | None
    credits: tuple[Credit, ...]
    corrections: tuple[Correction, ...]
    digital_source: str
    ai_note: str


class FeedView(Struct, frozen=True, kw_only=True, tag=True):
    """A feed. `home` is the page that it follows, a path; `updated` the newest moment in it (RFC 3339)."""

    url: str
    title: str
    home: str
    id: str
    updated: str
    entries: tuple[FeedEntry, ...]


class SitemapUrl(Struct, frozen=True, kw_only=True):
    """A line of a sitemap: a whole URL, and when it changed (ISO 8601, may be empty)."""

    url: str
    modified: str


class SitemapView(Struct, frozen=True, kw_only=True, tag=True):
    """A sitemap (sitemaps.org 0.9), or the index over them."""

    url: str
    urls: tuple[SitemapUrl, ...]


class NewsUrl(Struct, frozen=True, kw_only=True):
    """A line of a news sitemap."""

    url: str
    title: str
    published: str
    language: str


class NewsSitemapView(Struct, frozen=True, kw_only=True, tag=True):
    """A news sitemap (Google's 0.9 schema): the entries of the last two days, 1,000 at the most."""

    url: str
    urls: tuple[NewsUrl, ...]


class RobotsView(Struct, frozen=True, kw_only=True, tag=True):
    """robots.txt (RFC 9309)."""

    url: str
    sitemap: str
    deny: tuple[str, ...]


class ManifestView(Struct, frozen=True, kw_only=True, tag=True):
    """The web app manifest (W3C): what the site is called when it stands among programs."""

    url: str


class SecurityView(Struct, frozen=True, kw_only=True, tag=True):
    """security.txt (RFC 9116): whom to tell of a weakness."""

    url: str
    contact: tuple[str, ...]
    expires: str
    policy: str
    encryption: str


class RulesView(Struct, frozen=True, kw_only=True, tag=True):
    """Rules for a host: `moved` pairs an older path with the new one (301), `gone` is what was taken back (410)."""

    url: str
    moved: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]


View = (
    FrontView
    | ItemView
    | EditionView
    | MonthView
    | SectionView
    | ArchiveView
    | StoryView
    | CorrectionsView
    | GoneView
    | AliasView
    | SearchView
    | NotFoundView
    | FeedView
    | SitemapView
    | NewsSitemapView
    | RobotsView
    | ManifestView
    | SecurityView
    | RulesView
)
