"""Archive pages: one month of a list."""

from collections.abc import Iterable
from datetime import date

from digest.site.context import Context
from digest.site.dates import format_month
from digest.site.groups import Group, Page, ReadGroup, prefix_of, suffix_of
from digest.site.kinds.front import newest_cards
from digest.site.kinds.kind import PageKind
from digest.site.kinds.section import archive_of, crumbs_of
from digest.site.lists import axis_of, by_day, labels_of
from digest.site.metadata.head import list_head
from digest.site.urls import list_path
from digest.site.views import ArchiveView, Crumb


class Archive(PageKind):
    """One month of a list, such as `/region/africa/2026/02/`."""

    name, template, is_numerous = "archive", "archive.html", True
    reads = ("month", "archive")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page of the month, or all months of a list that gained or lost a month."""
        if prefix_of(group) == "month":
            yield self._page(suffix_of(group))
            return
        for link in archive_of(suffix_of(group), read):
            yield self._page(f"{link.first.isoformat()[:7]}/{suffix_of(group)}")

    def long_group(self, page: Page) -> Group:
        """Return the group of the list's month."""
        return f"month/{page.key}"

    def view(self, page: Page, read: ReadGroup, context: Context) -> ArchiveView | None:
        """Build the view: the month's entries by day."""
        month, _, name = page.key.partition("/")
        cards = newest_cards(read, f"month/{page.key}", 0)
        labels = labels_of(name, context)
        if not cards or labels is None:
            return None
        label, second = labels
        first = date.fromisoformat(f"{month}-01")
        title = " – ".join([label.name, *([second.name] if second else []), format_month(first, context.site.language)])
        index = axis_of(name) != "cross"
        crumbs = (*crumbs_of(name, context), Crumb(name=(second or label).name, url=list_path(name)))
        return ArchiveView(
            url=page.url,
            head=list_head(page.url, title, cards, context, crumbs=crumbs, index=index),
            label=label,
            second=second,
            first=first,
            sections=by_day(cards),
            archive=archive_of(name, read),
            crumbs=crumbs,
        )

    def _page(self, key: str) -> Page:
        month, _, name = key.partition("/")
        return Page(self.name, key, f"{list_path(name)}{month.replace('-', '/')}/")
