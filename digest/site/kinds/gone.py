"""The notice at the address of an entry that was killed or has expired. Not a word of what it said."""

from collections.abc import Iterable

from digest.site.cards import GoneCard
from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.site_entry import SiteEntry
from digest.site.views import GoneView, Head
from digest.site.visibility import Presence


class Gone(PageKind):
    """An item's URL, once the item is gone; a brief without a page leaves no notice."""

    name, template = "gone", "gone.html"
    reads = ("gone",)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - on every site
        """A notice."""
        card = site_entry.card
        if site_entry.visibility.presence is Presence.GONE and card.page:
            notice = GoneCard(id=card.id, url=card.url, path=site_entry.detail.path)
            yield GroupCard(f"gone/{card.id}", card.id, card.order, notice)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The notice's page."""
        yield from (Page(self.name, card.id, card.url) for card in read(group, 0) if isinstance(card, GoneCard))

    def view(self, page: Page, read: ReadGroup, context: Context) -> GoneView | None:  # noqa: ARG002 - it says nothing
        """An address and nothing else."""
        found = [c for c in read(f"gone/{page.key}", 1) if isinstance(c, GoneCard)]
        if not found or found[0].url != page.url:
            return None
        return GoneView(url=page.url, head=Head(title="", index=False))
