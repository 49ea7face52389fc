"""Feeds: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1. Entry ids are permanent: they do not depend on title, slug or date.

Atom requires a time for every entry. An entry without a time gets the start of its day in the site's time zone, in
feeds only; optional times (published, pubDate) are left out if no time is known.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from urllib.parse import urlsplit

from digest.site.cards import EntryCard, HistoryLine
from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup, suffix_of
from digest.site.kinds.kind import PageKind
from digest.site.metadata.jsonld import digital_source_of
from digest.site.site_entry import SiteEntry
from digest.site.views import Body, FeedEntry, FeedView

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Feed(PageKind):
    """A feed: `/feed.xml`, `/rss.xml` or `/feed.json`; Atom also for every region and category."""

    reads = ("feed",)

    def __init__(self, name: str, file: str, template: str) -> None:
        self.name, self.file, self.template = name, file, template

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield the cards of a visible entry, once for all formats."""
        card = site_entry.card
        if self.name != "atom" or not site_entry.is_visible:
            return
        names = ["all", f"region/{card.regions[0]}", *(f"category/{c}" for c in card.categories)]
        order = _order(site_entry.detail)
        yield from (GroupCard(f"feed/{name}", card.id, order, site_entry.detail) for name in names)

    def fixed(self, context: Context) -> Iterable[Page]:
        """Yield the site's feed; for Atom also those of all regions and categories."""
        names = ["all"]
        if self.name == "atom":
            names += [f"region/{s}" for s in context.regions] + [f"category/{s}" for s in context.categories]
        yield from (self._page(name) for name in names)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the feed of the group."""
        if self.name == "atom" or suffix_of(group) == "all":
            yield self._page(suffix_of(group))

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - part of the interface
        """Return the number of entries of a feed."""
        return context.config.feeds.entries

    def view(self, page: Page, read: ReadGroup, context: Context) -> FeedView | None:
        """Build the view of the newest entries, or None for an unknown region or category."""
        axis, _, slug = page.key.partition("/")
        label = {"region": context.regions, "category": context.categories}.get(axis, {}).get(slug)
        if label is None and page.key != "all":
            return None
        found = [c for c in read(f"feed/{page.key}", context.config.feeds.entries) if isinstance(c, EntryCard)]
        host = urlsplit(context.site.base_url).hostname
        entries = tuple(_entry(e, f"tag:{host},2026:", context) for e in found)
        start = datetime.combine(date(1970, 1, 1), time.min, context.config.zone).isoformat()
        return FeedView(
            url=page.url,
            title=f"{context.site.title} – {label.name}" if label else context.site.title,
            home=label.url if label else "/",
            id=f"tag:{host},2026:feed:{page.key}",
            updated=max((e.updated for e in entries), key=datetime.fromisoformat, default=start),
            entries=entries,
        )

    def _page(self, name: str) -> Page:
        return Page(self.name, name, f"/{self.file}" if name == "all" else f"/{name}/{self.file}")


def _order(entry: EntryCard) -> str:
    """Return the sort key in a feed. A corrected entry moves up to the day of its correction."""
    day = max((correction.day for correction in entry.corrections), default=entry.card.day)
    return max(entry.card.order, day.isoformat() + entry.card.order[10:])


def rfc822_of(at: datetime) -> str:
    """Format a time for RSS: `Thu, 05 Feb 2026 14:10:00 +0100` (RFC 822; always in English)."""
    return f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04} {at:%H:%M:%S %z}"


def _entry(entry: EntryCard, tag: str, context: Context) -> FeedEntry:
    card = entry.card
    modes = {context.config.sources[k].feed for k in card.sources if k in context.config.sources} or {"summary"}
    # an item of two sources follows the stricter one
    mode = next(m for m in ("headline", "summary", "full") if m in modes)
    lines = [HistoryLine(day=card.day, at=card.at), *entry.history]
    lines += [HistoryLine(day=c.day, at=None) for c in entry.corrections]
    lines += [entry.updated] if entry.updated else []
    full = mode == "full" and entry.body
    return FeedEntry(
        id=f"{tag}{card.id}",
        card=card,
        url=context.absolute_url(card.url) if card.page or not card.link else card.link,
        published=card.at.isoformat() if card.at else "",
        rfc822=rfc822_of(card.at) if card.at else "",
        updated=max(_moment(line, context) for line in lines).isoformat(),
        summary="" if mode == "headline" else card.standfirst,
        body=Body(path=entry.body, digest=entry.body_digest, pictures=entry.pictures) if full else None,
        credits=tuple(context.credit(key) for key in card.sources),
        corrections=entry.corrections,
        digital_source=digital_source_of(entry),
        ai_note=entry.ai_note,
    )


def _moment(line: HistoryLine, context: Context) -> datetime:
    return line.at or datetime.combine(line.day, time.min, context.config.zone)
