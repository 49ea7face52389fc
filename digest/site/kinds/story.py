"""Story pages: two or more entries about one event, as a timeline."""

from collections.abc import Iterable

from digest.site.cards import Card, SocialCard, UrlCard
from digest.site.context import Context
from digest.site.groups import SOCIAL, Group, GroupCard, Page, ReadGroup, month_of, suffix_of
from digest.site.kinds.front import newest_cards
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import head_image, iso_moment, list_head
from digest.site.metadata.social import entry_social_card
from digest.site.site_entry import SiteEntry
from digest.site.views import Crumb, StoryView


class Story(PageKind):
    """The page of a story, `/story/slug/`. `reduce` adds it to the sitemap."""

    name, template, is_numerous = "story", "story.html", True
    reduces = ("story",)
    reads = ("story",)

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield the card for the entry's story."""
        if site_entry.is_visible and site_entry.in_story:
            yield GroupCard(
                f"story/{site_entry.card.story}", site_entry.card.id, site_entry.card.order, site_entry.card
            )

    def reduce(self, group: Group, read: ReadGroup, context: Context) -> Iterable[GroupCard]:
        """Yield the URL for the sitemap of its newest entry's month, and the social card."""
        cards = newest_cards(read, group, 2)
        if len(cards) > 1:
            newest = cards[0]
            url = UrlCard(day=newest.edition, url=_path(group), modified=iso_moment(newest.day, newest.at))
            yield GroupCard(f"sitemap/{month_of(newest.edition)}", group, group, url)
            if card := _social(group, newest, context):
                yield GroupCard(f"{SOCIAL}/{_key(group)}", group, group, card)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page of the story."""
        yield Page(self.name, suffix_of(group), _path(group))

    def view(self, page: Page, read: ReadGroup, context: Context) -> StoryView | None:
        """Build the view of all entries, or return None if there are fewer than two."""
        cards = newest_cards(read, f"story/{page.key}", 0)
        if len(cards) < 2:
            return None
        lead = cards[0]
        region = context.region(lead.regions[0])
        image = head_image(lead, _social(f"story/{page.key}", lead, context), context)
        crumbs = (Crumb(name=context.site.title, url="/"), Crumb(name=region.name, url=region.url))
        return StoryView(
            url=page.url,
            head=list_head(
                page.url,
                lead.title,
                cards,
                context,
                crumbs=crumbs,
                description=lead.standfirst,
                image=image,
            ),
            slug=page.key,
            lead=lead,
            cards=cards,
            crumbs=crumbs,
        )


def _key(group: Group) -> str:
    return f"story-{suffix_of(group)}"


def _social(group: Group, newest: Card, context: Context) -> SocialCard | None:
    return entry_social_card(newest, _key(group), context) if context.social else None


def _path(group: Group) -> str:
    return f"/story/{suffix_of(group)}/"
