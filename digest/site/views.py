"""Views: the frozen values that templates see. A template gets one of them as `page` and a `SiteView` as `site`.

Paths start with `/`; the filter `url` adds the folder of the site. A `Body` is replaced by its HTML at render time.
"""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from digest.model import Correction
from digest.site.cards import BodyPicture, Card, HistoryLine


class Body(Struct, frozen=True, kw_only=True):
    """A reference to the text of a page: its path below the content folder, its digest, its pictures."""

    path: str
    digest: str
    pictures: tuple[BodyPicture, ...] = ()


class Label(Struct, frozen=True, kw_only=True):
    """A region, a category or an author: slug, name and URL."""

    slug: str
    name: str
    url: str


class Credit(Struct, frozen=True, kw_only=True):
    """The credit of a source: `name` in lists, `line` and `rights` below a text."""

    key: str
    name: str
    line: str
    rights: str


class SiteView(Struct, frozen=True, kw_only=True):
    """The site as every page shows it: configuration only. `direction` is `ltr` or `rtl`; `base_url` ends with `/`."""

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
    """The picture that other sites show for a page; `url` is absolute."""

    url: str
    width: int
    height: int
    alt: str
    type: str


class Head(Struct, frozen=True, kw_only=True):
    """Metadata of a page's `<head>`. `canonical` is an absolute URL; `json_ld` is JSON for a script element."""

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
    """A link of the breadcrumb from the front page to this page."""

    name: str
    url: str


class Section(Struct, frozen=True, kw_only=True):
    """Cards under a heading; `label` is None if the heading is a day."""

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

    `timeline` is its complete story, newest first, this entry included; empty for an entry without a story. `related`
    are other entries of its region and day. `author` is set if the byline has a page.
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
    """The edition of a day: new entries by region, ranked; `updated` are older entries that changed on this day."""

    url: str
    head: Head
    day: date
    sections: tuple[Section, ...]
    updated: tuple[Card, ...]
    crumbs: tuple[Crumb, ...]


class CalendarDay(Struct, frozen=True, kw_only=True):
    """A day of a calendar; if it has no entries, `url` is empty and `entries` is 0."""

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
    """The list of a region, a category, both, or an author; `axis` is one of `region`, `category`, `cross`, `author`.

    `newest` is the day of the newest entry, `lead` the highest-ranked entry. `sections` holds the newest entries,
    including the lead, grouped by the other axis. `also` are entries with the region as a secondary label. `crosses`
    are the lists of the region's categories. `archive` are its months, newest first. `about`, `email` and `link`
    describe an author.
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
    """An entry with its corrections."""

    card: Card
    corrections: tuple[Correction, ...]


class CorrectionsView(Struct, frozen=True, kw_only=True, tag=True):
    """The page of corrections, newest first."""

    url: str
    head: Head
    entries: tuple[Corrected, ...]
    crumbs: tuple[Crumb, ...]


class GoneView(Struct, frozen=True, kw_only=True, tag=True):
    """The notice at the address of a withdrawn entry. It contains nothing of the entry."""

    url: str
    head: Head


class AliasView(Struct, frozen=True, kw_only=True, tag=True):
    """An older address (alias) that redirects to the page at `target`."""

    url: str
    head: Head
    target: str


class SearchView(Struct, frozen=True, kw_only=True, tag=True):
    """The search page. `indexed` is true if there is an index for its script; `months`, newest first, need none."""

    url: str
    head: Head
    indexed: bool
    months: tuple[MonthLink, ...]
    crumbs: tuple[Crumb, ...]


class NotFoundView(Struct, frozen=True, kw_only=True, tag=True):
    """The page that a host shows for an unknown address (404)."""

    url: str
    head: Head


class FeedEntry(Struct, frozen=True, kw_only=True):
    """An entry of a feed. `id` is permanent; `updated` is a time (RFC 3339); `published` is empty if unknown.

    `digital_source` is the IPTC digital source type (a URI) of a text made with AI, else empty.
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
    """A feed. `home` is the path of the page with the same entries; `updated` the newest time in it (RFC 3339)."""

    url: str
    title: str
    home: str
    id: str
    updated: str
    entries: tuple[FeedEntry, ...]


class SitemapUrl(Struct, frozen=True, kw_only=True):
    """A URL of a sitemap: an absolute URL and the time of its last change (ISO 8601, may be empty)."""

    url: str
    modified: str


class SitemapView(Struct, frozen=True, kw_only=True, tag=True):
    """A sitemap (sitemaps.org 0.9), or the sitemap index."""

    url: str
    urls: tuple[SitemapUrl, ...]


class NewsUrl(Struct, frozen=True, kw_only=True):
    """A URL of a news sitemap."""

    url: str
    title: str
    published: str
    language: str


class NewsSitemapView(Struct, frozen=True, kw_only=True, tag=True):
    """A news sitemap (Google's 0.9 schema): the entries of the last two days, at most 1,000."""

    url: str
    urls: tuple[NewsUrl, ...]


class RobotsView(Struct, frozen=True, kw_only=True, tag=True):
    """robots.txt (RFC 9309)."""

    url: str
    sitemap: str
    deny: tuple[str, ...]


class ManifestView(Struct, frozen=True, kw_only=True, tag=True):
    """The web app manifest (W3C): the site's name as an installed app."""

    url: str


class SecurityView(Struct, frozen=True, kw_only=True, tag=True):
    """security.txt (RFC 9116): the contact for security reports."""

    url: str
    contact: tuple[str, ...]
    expires: str
    policy: str
    encryption: str


class RulesView(Struct, frozen=True, kw_only=True, tag=True):
    """Rules for a host: `moved` pairs an older path with the new one (301), `gone` are withdrawn paths (410)."""

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
