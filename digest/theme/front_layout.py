"""The front page: which card stands where. Pure; the cards come in order of rank, the best first."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Generic, Protocol, TypeVar

from msgspec import Meta, Struct

from digest.model import Kind


class CardLike(Protocol):
    """What the layout must know of a card."""

    @property
    def id(self) -> str: ...
    @property
    def order(self) -> str: ...
    @property
    def story(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def page(self) -> bool: ...
    @property
    def standfirst(self) -> str: ...
    @property
    def regions(self) -> tuple[str, ...]: ...
    @property
    def categories(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=CardLike)


# How many cards.
Count = Annotated[int, Meta(ge=0)]


class FrontCounts(Struct, frozen=True, kw_only=True):
    """`[front]` of theme.toml: how many cards stand in each part, and the category of the rail (empty: no rail)."""

    second: Count = 4
    timeline: Count = 4
    read: Count = 4
    column: Count = 5
    rail: str = "sport"
    rail_size: Count = 8


class Column(Struct, Generic[C], frozen=True, kw_only=True):
    """A region's cards. `again` says that all of them were promoted, and its best one is shown here once more."""

    region: str
    cards: tuple[C, ...]
    again: bool = False


class Front(Struct, Generic[C], frozen=True, kw_only=True):
    """The parts of the front page. `timeline` is what else the lead's story tells, newest first.

    `strip` names the categories that the page has something of.
    """

    lead: C | None
    timeline: tuple[C, ...]
    second: tuple[C, ...]
    read: tuple[C, ...]
    columns: tuple[Column[C], ...]
    rail: tuple[C, ...]
    strip: tuple[str, ...]
    rest: tuple[C, ...]


def arrange(
    cards: Sequence[C], counts: FrontCounts, *, regions: Sequence[str] = (), categories: Sequence[str] = ()
) -> Front[C]:
    """Each card in one place. `regions` and `categories` give the order; what they do not name follows as found.

    The lead is simply the best, with the rest of its story beside it; the next best are second stories; then the rail
    takes its category, then come articles to read, then a column for each region. A region whose cards were all
    promoted keeps its column, with its best one again.
    """
    lead, left = next(iter(cards), None), tuple(cards[1:])
    story = lead.story if lead else ""
    told = sorted((c for c in left if story and c.story == story), key=lambda c: c.order, reverse=True)
    timeline, left = _take(left, counts.timeline, told)
    second, left = _take(left, counts.second, left)
    rail, left = _take(left, counts.rail_size, (c for c in left if _first(c.categories) == counts.rail))
    read, left = _take(left, counts.read, (c for c in left if c.kind is Kind.ARTICLE and c.page and c.standfirst))
    columns = list[Column[C]]()
    for region in _ordered(regions, (_first(c.regions) for c in cards)):
        own, left = _take(left, counts.column, (c for c in left if _first(c.regions) == region))
        best = next(c for c in cards if _first(c.regions) == region)
        columns.append(Column(region=region, cards=own or (best,), again=not own))
    return Front(
        lead=lead,
        timeline=timeline,
        second=second,
        read=read,
        columns=tuple(columns),
        rail=rail,
        strip=_ordered(categories, (_first(c.categories) for c in cards)),
        rest=left,
    )


def _first(slugs: tuple[str, ...]) -> str:
    return slugs[0] if slugs else ""


def _take(left: tuple[C, ...], number: int, wanted: Iterable[C]) -> tuple[tuple[C, ...], tuple[C, ...]]:
    """The first `number` of what is wanted, and what is left without them."""
    taken = tuple(wanted)[:number]
    ids = {c.id for c in taken}
    return taken, tuple(c for c in left if c.id not in ids)


def _ordered(order: Sequence[str], found: Iterable[str]) -> tuple[str, ...]:
    """What was found, once each: first in the given order, then as found."""
    seen = dict.fromkeys(s for s in found if s)
    return (*(s for s in order if s in seen), *(s for s in seen if s not in order))
