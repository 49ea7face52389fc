"""Groups: the named sets of cards that pages read. The prefix of a group's name selects the page kinds that read it.

| group | holds | ordered by |
|---|---|---|
| `entry/ID` | the entry | – |
| `alias/PATH` | an older address | – |
| `story/SLUG` | the entries of a story | newest first |
| `edition/DAY`, `updated/DAY` | the entries of a day; older entries updated that day | newest first |
| `near/DAY/REGION` | the entries of a region and day that have a page | newest first |
| `front`, `corrections`, `news` | all entries; corrected entries; entries of the last two days | newest first |
| `gone/ID`, `rules` | withdrawn entries; withdrawn entries and aliases, for the rules of hosts | newest first |
| `pictures` | the pictures of entries | – |
| `search` | the entries in the search index | newest first |
| `social/ID`, `social/story-SLUG` | the social card of an article or a story | – |
| `list/LIST`, `also/LIST` | the entries of a list; entries with the region as a secondary label | newest first |
| `month/MONTH/LIST` | a month of a list | newest first |
| `feed/LIST` | the entries of a feed | newest first |
| `days/MONTH`, `months/YEAR`, `archive/LIST`, `sitemaps` | what is not empty (from `reduce`) | newest first |
| `sitemap/MONTH` | the URLs of a month | newest first |

LIST is `all`, `region/SLUG`, `category/SLUG`, `cross/REGION/CATEGORY` or `author/SLUG`.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from digest.site.cards import AnyCard

Group = str
FRONT, CORRECTIONS, NEWS, SITEMAPS, RULES = "front", "corrections", "news", "sitemaps", "rules"
PICTURES, SEARCH, SOCIAL = "pictures", "search", "social"

ReadGroup = Callable[[Group, int], tuple[AnyCard, ...]]
"""Reads the cards of a group, newest first. The number is the limit; 0 means all."""


class Page(NamedTuple):
    """A page of the site: its kind, its key among pages of that kind, its URL."""

    kind: str
    key: str
    url: str


class GroupCard(Struct, frozen=True, gc=False):
    """A card in a group. `order` is its sort key, `key` is unique in the group."""

    group: Group
    key: str
    order: str
    card: AnyCard


def prefix_of(group: Group) -> str:
    """Return the first part of a group's name."""
    return group.partition("/")[0]


def suffix_of(group: Group) -> str:
    """Return the rest of a group's name, after the prefix."""
    return group.partition("/")[2]


def month_of(day: date) -> str:
    """Return the month of a day, such as `2026-02`."""
    return day.isoformat()[:7]
