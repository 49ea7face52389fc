"""Section pages: the list of a region, a category, both, or an author, with the newest 60 entries."""

from collections.abc import Iterable, Sequence
from datetime import date

from digest.site.cards import Card, MonthCard
from digest.site.context import Context
from digest.site.groups import Group, GroupCard, Page, ReadGroup, month_of, prefix_of, suffix_of
from digest.site.kinds.front import NEWEST_LIMIT, newest_cards
from digest.site.kinds.kind import PageKind
from digest.site.lists import axis_of, by_other_axis, labels_of, lists_of
from digest.site.metadata.head import list_head
from digest.site.ranking import ranked
from digest.site.site_entry import SiteEntry
from digest.site.urls import list_path
from digest.site.views import Crumb, Label, MonthLink, SectionView

ALSO_LIMIT = 12
MIN_INDEXED = 3
"""Minimum number of entries for a region's category to be indexed by search engines."""


class Section(PageKind):
    """A list page: `/region/africa/`, `/category/sport/`, `/region/africa/sport/` or `/author/slug/`."""

    name, template = "section", "section.html"
    reduces = ("month",)
    reads = ("list", "also", "archive")

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield cards for the entry's lists, their months, and its secondary regions."""
        card = site_entry.card
        if not site_entry.is_visible:
            return
        for name in lists_of(card, context):
            yield GroupCard(f"list/{name}", card.id, card.order, card)
            yield GroupCard(f"month/{month_of(card.edition)}/{name}", card.id, card.order, card)
        for region in card.regions[1:]:
            yield GroupCard(f"also/region/{region}", card.id, card.order, card)

    def reduce(self, group: Group, read: ReadGroup, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield a month of a list that is not empty."""
        month, _, name = suffix_of(group).partition("/")
        if read(group, 1):
            yield GroupCard(f"archive/{name}", group, group, MonthCard(month=month))

    def fixed(self, context: Context) -> Iterable[Page]:
        """Yield the pages of all configured regions, categories and authors, including empty ones."""
        names = [f"region/{s}" for s in context.regions] + [f"category/{s}" for s in context.categories]
        names += [f"author/{label.slug}" for label in context.authors.values()]
        yield from (Page(self.name, name, list_path(name)) for name in names)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page of the list; also the region's page, which links to the lists of its categories."""
        name = suffix_of(group)
        yield Page(self.name, name, list_path(name))
        if prefix_of(group) == "archive" and axis_of(name) == "cross":
            region = f"region/{name.split('/')[1]}"
            yield Page(self.name, region, list_path(region))

    def newest_limit(self, head: str, context: Context) -> int:  # noqa: ARG002 - part of the interface
        """Return the limit of the group; 0 (all) for the archive."""
        return {"list": NEWEST_LIMIT, "also": ALSO_LIMIT}.get(head, 0)

    def view(self, page: Page, read: ReadGroup, context: Context) -> SectionView | None:
        """Build the view, or return None for a list that is neither configured nor filled."""
        labels = labels_of(page.key, context)
        cards = newest_cards(read, f"list/{page.key}")
        axis = axis_of(page.key)
        if labels is None or (axis == "cross" and not cards):
            return None
        label, second = labels
        title = f"{label.name} – {second.name}" if second else label.name
        author = context.config.authors.get(label.slug) if axis == "author" else None
        index = axis != "cross" or len(cards) >= MIN_INDEXED
        feed = f"/{page.key}/feed.xml" if axis in ("region", "category") else ""
        crumbs = crumbs_of(page.key, context)
        return SectionView(
            url=page.url,
            head=list_head(
                page.url,
                title,
                cards,
                context,
                crumbs=crumbs,
                index=index,
                feed=feed or "/feed.xml",
            ),
            axis=axis,
            label=label,
            second=second,
            newest=max((card.edition for card in cards), default=None),
            lead=ranked(cards, context.config.categories)[0].card if cards else None,
            sections=by_other_axis(page.key, cards, context),
            also=_also(read, page.key, cards) if axis == "region" else (),
            crosses=tuple(_crosses(page.key, read, context)) if axis == "region" else (),
            archive=archive_of(page.key, read),
            feed=feed,
            about=author.bio if author else "",
            email=author.email if author else "",
            link=author.link if author else "",
            crumbs=crumbs,
        )


def _also(read: ReadGroup, name: str, own: Sequence[Card]) -> tuple[Card, ...]:
    own_ids = {card.id for card in own}
    return tuple(card for card in newest_cards(read, f"also/{name}", ALSO_LIMIT) if card.id not in own_ids)


def _crosses(name: str, read: ReadGroup, context: Context) -> Iterable[Label]:
    """Yield the categories for which the region has a list."""
    region = suffix_of(name)
    for slug, label in context.categories.items():
        cross = f"cross/{region}/{slug}"
        if read(f"archive/{cross}", 1):
            yield Label(slug=slug, name=label.name, url=list_path(cross))


def archive_of(name: str, read: ReadGroup) -> tuple[MonthLink, ...]:
    """Return links to the months of a list, newest first."""
    months = sorted({c.month for c in read(f"archive/{name}", 0) if isinstance(c, MonthCard)}, reverse=True)
    base = list_path(name)
    return tuple(MonthLink(first=date.fromisoformat(f"{m}-01"), url=f"{base}{m.replace('-', '/')}/") for m in months)


def crumbs_of(name: str, context: Context) -> tuple[Crumb, ...]:
    """Return the breadcrumb of a list: the front page, and the region for a region's category."""
    home = Crumb(name=context.site.title, url="/")
    labels = labels_of(name, context)
    if labels and labels[1]:
        return home, Crumb(name=labels[0].name, url=labels[0].url)
    return (home,)
