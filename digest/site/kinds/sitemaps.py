"""Sitemaps (sitemaps.org 0.9): one a month, one for lists, an index, and a news sitemap of the last two days.

A sitemap may contain 50,000 URLs. A month that may have more is split by days into several sitemaps.
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
"""Maximum number of URLs in a sitemap."""
MAX_NEWS_URLS = 1000
"""Maximum number of URLs in a news sitemap."""


class Sitemap(PageKind):
    """A sitemap: `/sitemaps/2026-02.xml`, or `/sitemaps/lists.xml` for configured pages.

    If a month is split, the first part is named after the month, the others after their first day:
    `/sitemaps/2026-02-15.xml`.
    """

    name, template = "sitemap", "sitemap.xml"
    reads = ("sitemap", "days")

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield the URL of a page that search engines may index."""
        card = site_entry.card
        if site_entry.is_visible and card.page and is_listed_in_sitemap(card, context):
            url = UrlCard(day=card.edition, url=card.url, modified=modified_of(site_entry.detail))
            yield GroupCard(f"sitemap/{month_of(card.edition)}", card.id, card.order, url)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the sitemap of lists."""
        yield self._page("lists")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the month's sitemap, and every sitemap that may begin on one of its days if the month is too long."""
        month = suffix_of(group)
        days = _days(month, read)
        names = [day.isoformat() for day in sorted(days)] if days.total() > MAX_URLS else []
        if names or prefix_of(group) == "sitemap":
            yield from map(self._page, (month, *names))

    def long_group(self, page: Page) -> Group:
        """Return the group of the month."""
        return f"sitemap/{_month(page.key)}"

    def view(self, page: Page, read: ReadGroup, context: Context) -> SitemapView | None:
        """Build the view: URLs, newest first; None for a day that begins no part."""
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
    """Return the days of a month with an upper bound of their URLs: the edition, its entries and their stories."""
    days = Counter[date]()
    for card in read(f"days/{month}", 0):
        if isinstance(card, DayCard):
            days[card.day] += 2 * card.entries + 1
    return days


def _parts(month: str, read: ReadGroup) -> dict[str, set[date]]:
    """Split a month into sitemaps: name → days. The oldest days come first, so that full sitemaps do not change."""
    parts, size = dict[str, set[date]](), 0
    for day, addresses in sorted(_days(month, read).items()):
        size += addresses
        if not parts or size > MAX_URLS:
            name, size = day.isoformat() if parts else month, addresses
            parts[name] = set()
        parts[name].add(day)
    return parts


class SitemapIndex(PageKind):
    """The sitemap index, `/sitemap.xml`."""

    name, template = "sitemap-index", "sitemap-index.xml"
    reads = (SITEMAPS, "days")

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/sitemap.xml")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the index."""
        return self.fixed(context)

    def view(self, page: Page, read: ReadGroup, context: Context) -> SitemapView:
        """Build the view: the sitemap of lists, then the months, newest first."""
        months = sorted({c.month for c in read(SITEMAPS, 0) if isinstance(c, MonthCard)}, reverse=True)
        parts = (part for month in months for part in reversed(_parts(month, read)))
        paths = [f"/sitemaps/{name}.xml" for name in ("lists", *parts)]
        return SitemapView(
            url=page.url, urls=tuple(SitemapUrl(url=context.absolute_url(p), modified="") for p in paths)
        )


class NewsSitemap(PageKind):
    """The news sitemap, `/news-sitemap.xml`."""

    name, template = "news-sitemap", "news-sitemap.xml"
    reads = (NEWS,)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield the card of a recent entry whose page search engines may index."""
        card = site_entry.card
        if (
            site_entry.is_visible
            and card.page
            and site_entry.visibility.is_recent
            and is_listed_in_sitemap(card, context)
        ):
            yield GroupCard(NEWS, card.id, card.order, card)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/news-sitemap.xml")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the news sitemap."""
        return self.fixed(context)

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - part of the interface
        """Return the limit of a news sitemap."""
        return MAX_NEWS_URLS

    def view(self, page: Page, read: ReadGroup, context: Context) -> NewsSitemapView:
        """Build the view: the newest entries, at most 1,000."""
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
    """Return a language code for news sitemaps: ISO 639; for Chinese `zh-cn` or `zh-tw`, by its script."""
    primary, _, rest = tag.lower().partition("-")
    if primary != "zh":
        return primary
    return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(rest.split("-")) else "zh-cn"
