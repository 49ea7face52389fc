"""Corrections page: the newest corrections of all entries."""

from collections.abc import Iterable

from digest.site.cards import EntryCard
from digest.site.context import Context
from digest.site.groups import CORRECTIONS, Group, GroupCard, Page, ReadGroup
from digest.site.kinds.front import NEWEST_LIMIT
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import page_head
from digest.site.site_entry import SiteEntry
from digest.site.views import Corrected, CorrectionsView, Crumb


class Corrections(PageKind):
    """The page `/corrections/`."""

    name, template = "corrections", "corrections.html"
    reads = (CORRECTIONS,)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield a card for an entry with corrections, sorted by the day of its newest correction."""
        said = site_entry.detail.corrections
        if site_entry.is_visible and said:
            order = f"{max(c.day for c in said)} {site_entry.card.order}"
            yield GroupCard(CORRECTIONS, site_entry.card.id, order, site_entry.detail)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/corrections/")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        return self.fixed(context)

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - part of the interface
        """Return the limit of the page."""
        return NEWEST_LIMIT

    def view(self, page: Page, read: ReadGroup, context: Context) -> CorrectionsView:
        """Build the view of the newest corrections."""
        entries = [c for c in read(CORRECTIONS, NEWEST_LIMIT) if isinstance(c, EntryCard)]
        return CorrectionsView(
            url=page.url,
            head=page_head(page.url, "", context),
            entries=tuple(Corrected(card=e.card, corrections=e.corrections) for e in entries),
            crumbs=(Crumb(name=context.site.title, url="/"),),
        )
