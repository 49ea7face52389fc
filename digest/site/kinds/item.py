"""Item pages. A page reads only groups that its entry emits into: the entry, its story, its region and day."""

from collections.abc import Iterable

from digest.site.cards import Card, EntryCard, PictureCard
from digest.site.context import Context
from digest.site.groups import PICTURES, Group, GroupCard, Page, ReadGroup
from digest.site.kinds.front import newest_cards
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import item_head
from digest.site.metadata.social import social_group_cards
from digest.site.site_entry import SiteEntry
from digest.site.views import Body, Crumb, ItemView

RELATED_LIMIT = 5
TIMELINE_LIMIT = 60


def region_day_group(card: Card) -> Group:
    """Return the group of a card's region and day."""
    return f"near/{card.edition}/{card.regions[0]}"


class Item(PageKind):
    """The page of an entry, `/2026/02/05/slug/`."""

    name, template, is_numerous = "item", "item.html", True
    reads = ("entry", "story", "near")

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield the entry, its card for its region and day, its pictures and its social card."""
        card = site_entry.card
        if site_entry.is_visible and site_entry.pictures:
            yield GroupCard(PICTURES, card.id, card.id, PictureCard(paths=site_entry.pictures))
        if site_entry.is_visible:
            yield from social_group_cards(card, context)
        if site_entry.is_visible and card.page:
            yield GroupCard(f"entry/{card.id}", card.id, card.order, site_entry.detail)
            yield GroupCard(region_day_group(card), card.id, card.order, card)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the pages of all entries in the group."""
        for card in read(group, 0):
            entry = card.card if isinstance(card, EntryCard) else card
            if isinstance(entry, Card) and entry.page:
                yield Page(self.name, entry.id, entry.url)

    def view(self, page: Page, read: ReadGroup, context: Context) -> ItemView | None:
        """Build the view, or return None if the entry has no page or another URL."""
        found = [c for c in read(f"entry/{page.key}", 1) if isinstance(c, EntryCard)]
        if not found or found[0].card.url != page.url:
            return None
        entry, card = found[0], found[0].card
        timeline = newest_cards(read, f"story/{card.story}", TIMELINE_LIMIT)
        shown_ids = {c.id for c in timeline} | {card.id}
        region = context.region(card.regions[0])
        crumbs = (Crumb(name=context.site.title, url="/"), Crumb(name=region.name, url=region.url))
        related = [
            c
            for c in newest_cards(read, region_day_group(card), RELATED_LIMIT + 2 * len(shown_ids))
            if c.id not in shown_ids
        ]
        return ItemView(
            url=page.url,
            head=item_head(entry, (*crumbs, Crumb(name=card.title, url=page.url)), context),
            card=card,
            body=Body(path=entry.body, digest=entry.body_digest, pictures=entry.pictures) if entry.body else None,
            summary=entry.summary,
            words=entry.words,
            author=context.authors.get(card.byline),
            credits=tuple(context.credit(key) for key in card.sources),
            history=entry.history,
            corrections=entry.corrections,
            story=card.story,
            timeline=timeline if len(timeline) > 1 else (),
            related=tuple(related[:RELATED_LIMIT]),
            crumbs=crumbs,
            places=entry.places,
            ai=entry.ai,
            ai_note=entry.ai_note,
        )
