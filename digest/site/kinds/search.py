"""Search page, and the selection of entries for the search index.

The page also links to every month, so that it works without a script.
"""

from collections.abc import Iterable
from datetime import date

from digest.site.cards import MonthCard
from digest.site.context import Context
from digest.site.groups import SEARCH, SITEMAPS, Group, GroupCard, Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import is_indexed, page_head
from digest.site.site_entry import SiteEntry
from digest.site.urls import SEARCH_PAGE, month_path
from digest.site.views import Crumb, MonthLink, SearchView


class Search(PageKind):
    """The page `/search/`, if `[search]` is enabled."""

    name, template = "search", "search.html"
    reads = (SITEMAPS,)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield the detail of an entry whose page search engines may index."""
        card = site_entry.card
        if context.search_indexer and site_entry.is_visible and card.page and is_indexed(card, context):
            yield GroupCard(SEARCH, card.id, card.order, site_entry.detail)

    def fixed(self, context: Context) -> Iterable[Page]:
        """Yield the page if search is enabled."""
        if context.config.search.enabled:
            yield Page(self.name, "", SEARCH_PAGE)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page if a month was added or removed."""
        return self.fixed(context)

    def view(self, page: Page, read: ReadGroup, context: Context) -> SearchView | None:
        """Build the view with all months, or None if search is not enabled."""
        if not context.config.search.enabled:
            return None
        months = sorted({c.month for c in read(SITEMAPS, 0) if isinstance(c, MonthCard)}, reverse=True)
        return SearchView(
            url=page.url,
            head=page_head(page.url, "", context, index=False),
            indexed=bool(context.search_indexer),
            months=tuple(MonthLink(first=date.fromisoformat(f"{m}-01"), url=month_path(m)) for m in months),
            crumbs=(Crumb(name=context.site.title, url="/"),),
        )
