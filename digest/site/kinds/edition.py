"""Edition pages: one day. An edition links to no later day, so that it does not change after its day."""

from collections.abc import Iterable, Sequence
from datetime import date

from digest.site.cards import Card, DayCard, MonthCard, UrlCard
from digest.site.context import Context
from digest.site.dates import format_day, format_month
from digest.site.groups import SITEMAPS, Group, GroupCard, Page, ReadGroup, month_of, suffix_of
from digest.site.kinds.front import newest_cards
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import list_head
from digest.site.ranking import ranked
from digest.site.site_entry import SiteEntry, card_of_day
from digest.site.urls import day_path, month_path
from digest.site.views import Crumb, EditionView, Section


class Edition(PageKind):
    """The page of one day, `/2026/02/05/`. `reduce` adds it to the calendar and the sitemap."""

    name, template, is_numerous = "edition", "edition.html", True
    reduces = ("edition", "updated")
    reads = ("edition", "updated")

    def emit(self, site_entry: SiteEntry, context: Context) -> Iterable[GroupCard]:
        """Yield cards for the entry's own day and for the days of its later versions."""
        card = site_entry.card
        if not site_entry.is_visible:
            return
        yield GroupCard(
            f"edition/{site_entry.edition}", card.id, card.order, card_of_day(site_entry, site_entry.edition, context)
        )
        for day in sorted(_update_days(site_entry, context) - {site_entry.edition}):
            yield GroupCard(f"updated/{day}", card.id, card.order, card_of_day(site_entry, day, context))

    def reduce(self, group: Group, read: ReadGroup, context: Context) -> Iterable[GroupCard]:  # noqa: ARG002 - part of the interface
        """Yield the day for the calendar, its month, and its URL for the sitemap."""
        cards = read(group, 0)
        if not cards:
            return
        day = date.fromisoformat(suffix_of(group))
        month = month_of(day)
        yield GroupCard(f"days/{month}", group, group, DayCard(day=day, entries=len(cards)))
        yield GroupCard(f"months/{day.year}", group, group, MonthCard(month=month))
        yield GroupCard(SITEMAPS, group, group, MonthCard(month=month))
        url = UrlCard(day=day, url=day_path(day), modified=day.isoformat())
        yield GroupCard(f"sitemap/{month}", day.isoformat(), group, url)

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the page of the day."""
        day = suffix_of(group)
        yield Page(self.name, day, day_path(date.fromisoformat(day)))

    def view(self, page: Page, read: ReadGroup, context: Context) -> EditionView | None:
        """Build the view: the day's entries by region, ranked."""
        day = date.fromisoformat(page.key)
        cards = newest_cards(read, f"edition/{page.key}", 0)
        updated = newest_cards(read, f"updated/{page.key}", 0)
        if not cards and not updated:
            return None
        order = [rank.card for rank in ranked(cards, context.config.categories)]
        language, month = context.site.language, month_of(day)
        name = format_day(day, language)
        crumbs = (
            Crumb(name=context.site.title, url="/"),
            Crumb(name=format_month(day, language), url=month_path(month)),
        )
        return EditionView(
            url=page.url,
            head=list_head(page.url, name, order, context, crumbs=crumbs),
            day=day,
            sections=tuple(_sections(order, context)),
            updated=updated,
            crumbs=crumbs,
        )


def _update_days(site_entry: SiteEntry, context: Context) -> set[date]:
    """Return the later days on which an entry got a new version, an article or a changed text."""
    lines = [*site_entry.detail.history, *([site_entry.detail.updated] if site_entry.detail.updated else [])]
    days = {context.config.edition_of(line.day, line.at) for line in lines}
    return {day for day in days if day > site_entry.edition}


def _sections(cards: Sequence[Card], context: Context) -> Iterable[Section]:
    for slug, label in context.regions.items():
        chosen = tuple(card for card in cards if card.regions[0] == slug)
        if chosen:
            yield Section(label=label, cards=chosen)
