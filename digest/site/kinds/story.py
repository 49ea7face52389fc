"""A story: two entries or more that tell one event, as a timeline."""

from collections.abc import Iterable

from digest.site.cards import Card, SocialCard, UrlCard
from digest.site.context import Context
from digest.site.groups import SOCIAL, Group, Page, Put, Read, month_of, rest_of
from digest.site.kinds.front import newest_cards
from digest.site.kinds.kind import Kind
from digest.site.metadata.head import head_image, list_head, moment
from digest.site.metadata.social import card_of
from digest.site.site_entry import Shown
from digest.site.views import Crumb, StoryView


class Story(Kind):
    """`/story/slug/`. The second round puts it into the sitemap."""

    name, template, often = "story", "story.html", True
    reduces = ("story",)
    listens = ("story",)

    def emit(self, shown: Shown, context: Context) -> Iterable[Put]:  # noqa: ARG002 - on every site
        """An entry's story."""
        if shown.seen and shown.in_story:
            yield Put(f"story/{shown.card.story}", shown.card.id, shown.card.order, shown.card)

    def reduce(self, group: Group, read: Read, context: Context) -> Iterable[Put]:
        """Its address, in the month of its newest entry."""
        cards = newest_cards(read, group, 2)
        if len(cards) > 1:
            newest = cards[0]
            url = UrlCard(day=newest.edition, url=_path(group), modified=moment(newest.day, newest.at))
            yield Put(f"sitemap/{month_of(newest.edition)}", group, group, url)
            if card := _social(group, newest, context):
                yield Put(f"{SOCIAL}/{_key(group)}", group, group, card)

    def readers(self, group: Group, read: Read, context: Context) -> Iterable[Page]:  # noqa: ARG002 - every kind is given the same
        """The story's page."""
        yield Page(self.name, rest_of(group), _path(group))

    def view(self, page: Page, read: Read, context: Context) -> StoryView | None:
        """All its entries; none when there are fewer than two."""
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
    return f"story-{rest_of(group)}"


def _social(group: Group, newest: Card, context: Context) -> SocialCard | None:
    return card_of(newest, _key(group), context) if context.social else None


def _path(group: Group) -> str:
    return f"/story/{rest_of(group)}/"
