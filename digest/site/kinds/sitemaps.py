"""Sitemaps (sitemaps.org 0.9): of each month, one of the lists, an index over them, and one of the news of two days.

A sitemap may hold 50,000 addresses. A month that may have more has several sitemaps, each of some days.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from digest.site.cards import Card, DayCard, MonthCard, UrlCard
from digest.site.context import Context
from digest.site.groups import NEWS, SITEMAPS, Group, GroupCard, Page, ReadGroup, month_of, prefix_of, suffix_of
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import is_listed_in_sitemap, iso_moment, modified_of
from digest.site.site_entry import SiteEntry
from digest.site.views import NewsSitemapView, NewsUrl, SitemapUrl, SitemapView

MAX_URLS = 50_000
"""The most addresses that a sitemap may hold."""
MAX_NEWS_URLS = 1000
"""The most that a news sitemap may hold."""


class Sitemap(PageKind):
    """`/sitemaps/2026-02.xml`, and `/sitemaps/lists.xml` for what configuration alone decides.

    Of a month in several parts the first has the month's name, the others that of their first day:
    `/sitemaps/2026-02-15.xml`.
    """

    name, template = "sitemap", "sitemap.xml"
    reads = ("sitemap", "days")

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """A page that search engines may keep."""
        card = site_entry.card
        if site_entry.is_visible and card.page and is_listed_in_sitemap(card, context):
            url = UrlCard(day=card.edition, url=card.url, modified=modified_of(site_entry.detail))
            yield GroupCard(f"sitemap/{month_of(card.edition)}", card.id, card.order, url)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """The one of the lists."""
        yield self._page("lists")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The month's sitemap; where there are too many addresses for one, days say where another begins."""
        month = suffix_of(group)
        days = _days(month, read)
        names = [day.isoformat() for day in sorted(days)] if days.total() > MAX_URLS else []
        if names or prefix_of(group) == "sitemap":
            yield from map(self._page, (month, *names))

    def long_group(self, page: Page) -> Group:
        """The month."""
        return f"sitemap/{_month(page.key)}"

    def view(self, page: Page, read: ReadGroup, context: Context) -> SitemapView | None:
        """Addresses, the newest first; none for a day that begins no part."""
        if page.key == "lists":
            labels = [*context.regions.values(), *context.categories.values(), *context.authors.values()]
            paths = ["/", *(label.url for label in labels), "/corrections/"]
            return SitemapView(
                url=page.url, urls=tuple(SitemapUrl(url=context.absolute_url(p), modified="") for p in paths)
            )
        days = _parts(_month(page.key), read).get(page.key, ())
        cards = (c for c in read(self.long_group(page), 0) if isinstance(c, UrlCard) and c.day in days) if days else ()
        urls = dict.fromkeys(SitemapUrl(url=context.absolute_url(c.url), modified=c.modified) for c in cards)
        return SitemapView(url=page.url, urls=tuple(urls)) if urls else None

    def _page(self, key: str) -> Page:
        return Page(self.name, key, f"/sitemaps/{key}.xml")


def _undated_sitemap(page: Page, paths: Iterable[str], context: Context) -> SitemapView:
    urls = (SitemapUrl(url=context.absolute_url(path), modified="") for path in paths)
    return SitemapView(url=page.url, urls=tuple(urls))


def _month(key: str) -> str:
    return key[: len("2026-02")]


def _days(month: str, read: ReadGroup) -> Counter[date]:
    """The month's days, and how many addresses each may have: its own, those of its entries and of their stories."""
    days = Counter[date]()
    for card in read(f"days/{month}", 0):
        if isinstance(card, DayCard):
            days[card.day] += 2 * card.entries + 1
    return days


def _parts(month: str, read: ReadGroup) -> dict[str, set[date]]:
    """The days of each of a month's sitemaps, by its name; the oldest first, so that what is full stays as it is."""
    parts, held = dict[str, set[date]](), 0
    for day, addresses in sorted(_days(month, read).items()):
        held += addresses
        if not parts or held > MAX_URLS:
            name, held = day.isoformat() if parts else month, addresses
            parts[name] = set()
        parts[name].add(day)
    return parts


class SitemapIndex(PageKind):
    """`/sitemap.xml`."""

    name, template = "sitemap-index", "sitemap-index.xml"
    reads = (SITEMAPS, "days")

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/sitemap.xml")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The index."""
        return self.fixed(context)

    def view(self, page: Page, read: ReadGroup, context: Context) -> SitemapView:
        """The lists, then the months, newest first."""
        months = sorted({c.month for c in read(SITEMAPS, 0) if isinstance(c, MonthCard)}, reverse=True)
        parts = (part for month in months for part in reversed(_parts(month, read)))
        paths = [f"/sitemaps/{name}.xml" for name in ("lists", *parts)]
        return SitemapView(
            url=page.url, urls=tuple(SitemapUrl(url=context.absolute_url(p), modified="") for p in paths)
        )


class NewsSitemap(PageKind):
    """`/news-sitemap.xml`."""

    name, template = "news-sitemap", "news-sitemap.xml"
    reads = (NEWS,)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Emit entries of the last two days that have an indexable page."""
        card = site_entry.card
        if (
            site_entry.is_visible
            and card.page
            and site_entry.visibility.is_recent
            and is_listed_in_sitemap(card, context)
        ):
            yield GroupCard(NEWS, card.id, card.order, card)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - on every site
        """One."""
        yield Page(self.name, "", "/news-sitemap.xml")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The news sitemap."""
        return self.fixed(context)

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - every kind is given the same
        """The newest."""
        return MAX_NEWS_URLS

    def view(self, page: Page, read: ReadGroup, context: Context) -> NewsSitemapView:
        """The newest, 1,000 at the most."""
        cards = [c for c in read(NEWS, MAX_NEWS_URLS) if isinstance(c, Card)]
        return NewsSitemapView(
            url=page.url,
            urls=tuple(
                NewsUrl(
                    url=context.absolute_url(card.url),
                    title=card.title,
                    published=iso_moment(card.day, card.at),
                    language=_language(card.lang or context.site.language),
                )
                for card in cards
            ),
        )


def _language(tag: str) -> str:
    """Return a language code for news sitemaps: ISO 639, with the country for Chinese scripts."""
    primary, _, rest = tag.lower().partition("-")
    if primary != "zh":
        return primary
    return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(rest.split("-")) else "zh-cn"
