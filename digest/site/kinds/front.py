"""Front page: the newest 60 visible entries of any day, ranked."""

from collections.abc import Iterable

from digest.site.cards import Card
from digest.site.context import Context
from digest.site.groups import FRONT, Group, GroupCard, Page, ReadGroup
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import list_head
from digest.site.ranking import ranked
from digest.site.site_entry import SiteEntry
from digest.site.views import FrontView

NEWEST_LIMIT = 60


def newest_cards(read: ReadGroup, group: Group, limit: int = NEWEST_LIMIT) -> tuple[Card, ...]:
    """Read the newest cards of a group."""
    return tuple(card for card in read(group, limit) if isinstance(card, Card))


class Front(PageKind):
    """The page `/`."""

    name, template = "front", "front.html"
    reads = (FRONT,)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield the card of a visible entry."""
        if site_entry.is_visible:
            yield GroupCard(FRONT, site_entry.card.id, site_entry.card.order, site_entry.card)

    def fixed(self, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page."""
        yield Page(self.name, "", "/")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the front page."""
        return self.fixed(context)

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - part of the interface
        """Return the limit of the page."""
        return NEWEST_LIMIT

    def view(self, page: Page, read: ReadGroup, context: Context) -> FrontView:
        """Build the view: cards sorted by rank."""
        cards = newest_cards(read, FRONT)
        order = tuple(rank.card for rank in ranked(cards, context.config.categories))
        site = context.config.site
        head = list_head(page.url, site.title, order, context, description=site.description or site.tagline)
        edition = max((card.edition for card in cards), default=None)
        return FrontView(url=page.url, head=head, edition=edition, cards=order)
