"""Month pages: a calendar of editions."""

import calendar
from collections.abc import Iterable
from datetime import date

from digest.site.cards import DayCard, MonthCard
from digest.site.context import Context
from digest.site.dates import format_month
from digest.site.groups import Group, Page, ReadGroup, prefix_of, suffix_of
from digest.site.kinds.kind import PageKind
from digest.site.metadata.head import page_head
from digest.site.urls import day_path, month_path
from digest.site.views import CalendarDay, Crumb, MonthView


class Month(PageKind):
    """The page of a month, `/2026/02/`. It reads its days, and the months of three years around it."""

    name, template = "month", "month.html"
    reads = ("days", "months")

    def readers(self, group: Group, read: ReadGroup, context: Context) -> Iterable[Page]:  # noqa: ARG002 - part of the interface
        """Yield the month of changed days, or the months around a year that gained or lost a month."""
        if prefix_of(group) == "days":
            yield self._page(suffix_of(group))
            return
        year = int(suffix_of(group))
        yield from (self._page(f"{y:04}-{m:02}") for y in (year - 1, year, year + 1) if y > 0 for m in range(1, 13))

    def view(self, page: Page, read: ReadGroup, context: Context) -> MonthView | None:
        """Build the view: the weeks, and links to the previous and next month with an edition."""
        days: dict[date, int] = {}
        for card in read(f"days/{page.key}", 0):
            if isinstance(card, DayCard):
                days[card.day] = days.get(card.day, 0) + card.entries
        if not days:
            return None
        first = date.fromisoformat(f"{page.key}-01")
        years = [str(y) for y in (first.year - 1, first.year, first.year + 1)]
        months = sorted({c.month for y in years for c in read(f"months/{y}", 0) if isinstance(c, MonthCard)})
        index = months.index(page.key)
        return MonthView(
            url=page.url,
            head=page_head(page.url, format_month(first, context.site.language), context),
            month=page.key,
            first=first,
            weeks=tuple(_weeks(first, days)),
            earlier=month_path(months[index - 1]) if index else "",
            later=month_path(months[index + 1]) if index + 1 < len(months) else "",
            crumbs=(Crumb(name=context.site.title, url="/"),),
        )

    def _page(self, month: str) -> Page:
        return Page(self.name, month, month_path(month))


def _weeks(first: date, days: dict[date, int]) -> Iterable[tuple[CalendarDay | None, ...]]:
    for week in calendar.Calendar().monthdatescalendar(first.year, first.month):
        yield tuple(_day(day, days.get(day, 0)) if day.month == first.month else None for day in week)


def _day(day: date, entries: int) -> CalendarDay:
    return CalendarDay(day=day, url=day_path(day) if entries else "", entries=entries)
