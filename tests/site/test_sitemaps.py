"""Splitting of a month into several sitemaps."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from digest.site.cards import AnyCard, DayCard, MonthCard, UrlCard
from digest.site.groups import SITEMAPS, Group, Page
from digest.site.kinds import KINDS
from digest.site.kinds.sitemaps import MAX_URLS
from digest.site.views import SitemapView
from tests.site.values import context_of

BASE = "https://post.example/news/sitemaps/"
MONTH = "2026-03"
DAYS = st.dictionaries(st.integers(1, 31), st.integers(1, MAX_URLS // 2 - 1), min_size=1)


def reader(days: Mapping[int, int]) -> Callable[[Group, int], tuple[AnyCard, ...]]:
    """A month whose editions have so many entries; its sitemap's group holds what each edition itself puts there."""
    dates = {date.fromisoformat(f"{MONTH}-{day:02}"): entries for day, entries in sorted(days.items(), reverse=True)}
    groups: dict[Group, tuple[AnyCard, ...]] = {
        f"days/{MONTH}": tuple(DayCard(day=day, entries=entries) for day, entries in dates.items()),
        f"sitemap/{MONTH}": tuple(UrlCard(day=day, url=f"/{day:%Y/%m/%d}/", modified=f"{day}") for day in dates),
        SITEMAPS: (MonthCard(month=MONTH),),
    }
    return lambda group, _limit: groups.get(group, ())


def named(days: Mapping[int, int]) -> list[str]:
    """The month's sitemaps in the index."""
    index = KINDS["sitemap-index"].view(Page("sitemap-index", "", "/sitemap.xml"), reader(days), context_of())
    assert isinstance(index, SitemapView)
    assert index.urls[0].url == f"{BASE}lists.xml"
    return [line.url.removeprefix(BASE).removesuffix(".xml") for line in index.urls[1:]]


def days_in(name: str, days: Mapping[int, int]) -> list[int]:
    """The days in a sitemap, the newest first; none when there is no such sitemap."""
    view = KINDS["sitemap"].view(Page("sitemap", name, f"/sitemaps/{name}.xml"), reader(days), context_of())
    assert view is None or isinstance(view, SitemapView)
    return [int(line.modified[-2:]) for line in view.urls] if view else []


def readers(days: Mapping[int, int], groups: Sequence[Group] = (f"sitemap/{MONTH}", f"days/{MONTH}")) -> set[str]:
    return {page.key for group in groups for page in KINDS["sitemap"].readers(group, reader(days), context_of())}


def test_a_month_of_few_addresses_has_one_sitemap() -> None:
    days = {1: 100, 2: MAX_URLS // 2 - 101}
    assert named(days) == [MONTH]
    assert days_in(MONTH, days) == [2, 1]
    assert days_in(f"{MONTH}-02", days) == []
    assert readers(days, [f"days/{MONTH}"]) == set(), "entries without a page are nothing to a sitemap"
    assert readers(days, [f"sitemap/{MONTH}"]) == {MONTH}


def test_a_long_month_is_split_between_days_and_full_sitemaps_do_not_change() -> None:
    days = {1: 100, 2: MAX_URLS // 2 - 101, 3: 1, 4: MAX_URLS // 2 - 2, 9: 7}
    assert named(days) == [f"{MONTH}-09", f"{MONTH}-03", MONTH]
    assert [days_in(name, days) for name in named(days)] == [[9], [4, 3], [2, 1]]
    assert named(days | {10: 5}) == named(days)


@given(DAYS)
def test_every_day_is_in_one_sitemap_that_is_not_too_long(days: dict[int, int]) -> None:
    found = [days_in(name, days) for name in reversed(named(days))]
    assert sorted(day for part in found for day in part) == sorted(days)
    assert all(max(one) < min(other) for one, other in pairwise(found))
    assert all(sum(2 * days[day] + 1 for day in part) <= MAX_URLS for part in found)


@given(DAYS, DAYS)
def test_a_change_affects_all_old_and_new_sitemaps_of_a_month(before: dict[int, int], after: dict[int, int]) -> None:
    old, new = reader(before), reader(after)
    pages = KINDS["sitemap"].readers(f"days/{MONTH}", lambda g, n: (*new(g, n), *old(g, n)), context_of())
    was, now = set(named(before)), set(named(after))
    assert {page.key for page in pages} >= ((was | now) if len(was | now) > 1 else set())
