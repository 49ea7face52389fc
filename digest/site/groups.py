"""The names of groups: the named sets of cards that pages read. A group's first word says who listens to it.

| group | holds | ordered by |
|---|---|---|
| `entry/ID` | the entry itself, or that it is gone | – |
| `alias/PATH` | an older address | – |
| `story/SLUG` | the entries of a story | newest first |
| `edition/DAY`, `updated/DAY` | the entries of a day; those with something new that day | newest first |
| `near/DAY/REGION` | the entries of a region's day that have a page | newest first |
| `front`, `corrections`, `news` | all entries; the corrected ones; those of the last two days | newest first |
| `gone/ID`, `rules` | what was taken back; what hosts are told of it, and of older addresses | newest first |
| `pictures` | the pictures that entries show | – |
| `search` | the entries that can be searched | newest first |
| `social/ID`, `social/story-SLUG` | the card of an article or a story | – |
| `list/LIST`, `also/LIST` | a list's entries; what concerns a region and stands elsewhere | newest first |
| `month/MONTH/LIST` | a month of a list | newest first |
| `feed/LIST` | what a feed holds | newest first |
| `days/MONTH`, `months/YEAR`, `archive/LIST`, `sitemaps` | what has something (second round) | newest first |
| `sitemap/MONTH` | the addresses of a month | newest first |

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
"""Cards of a group, the newest first, at most so many; 0 is all."""


class Page(NamedTuple):
    """A page of the site: its kind, what tells it from others of its kind, its URL."""

    kind: str
    key: str
    url: str


class GroupCard(Struct, frozen=True, gc=False):
    """A card in a group. `order` sorts it there, `key` tells it from other cards of the group."""

    group: Group
    key: str
    order: str
    card: AnyCard


def prefix_of(group: Group) -> str:
    """The first word of a group's name."""
    return group.partition("/")[0]


def suffix_of(group: Group) -> str:
    """Return the part after the first word."""
    return group.partition("/")[2]


def month_of(day: date) -> str:
    """`2026-02`."""
    return day.isoformat()[:7]
