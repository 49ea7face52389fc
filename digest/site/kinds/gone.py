"""Withdrawal notices: pages at the addresses of killed or expired entries. They contain nothing of the text."""

from collections.abc import Iterable

from digest.site.cards import GoneCard
from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.site_entry import SiteEntry
from digest.site.views import GoneView, Head
from digest.site.visibility import Presence


class Gone(PageKind):
    """The notice at a withdrawn item's URL. A brief without a page has no notice."""

    name, template = "gone", "gone.html"
    reads = ("gone",)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield the notice of a withdrawn entry."""
        card = site_entry.card
        if site_entry.visibility.presence is Presence.GONE and card.page:
            notice = GoneCard(id=card.id, url=card.url, path=site_entry.detail.path)
            yield GroupCard(f"gone/{card.id}", card.id, card.order, notice)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page of the notice."""
        yield from (Page(self.name, card.id, card.url) for card in read(group, 0) if isinstance(card, GoneCard))

    def view(self, page: Page, read: ReadGroup, context: Context) -> GoneView | None:  # noqa: ARG002 - part of the interface
        """Build the view: the address and nothing else."""
        found = [c for c in read(f"gone/{page.key}", 1) if isinstance(c, GoneCard)]
        if not found or found[0].url != page.url:
            return None
        return GoneView(url=page.url, head=Head(title="", index=False))
