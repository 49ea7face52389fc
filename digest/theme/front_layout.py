"""Layout of the front page: distribute ranked cards over its parts (lead, second stories, rail, columns, …)."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Generic, Protocol, TypeVar

from msgspec import Meta, Struct

from digest.model import Kind


class CardLike(Protocol):
    """Fields of a card that the layout reads."""

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


Count = Annotated[int, Meta(ge=0)]


class FrontCounts(Struct, frozen=True, kw_only=True):
    """Table `[front]` of theme.toml: number of cards in each part, and the category of the rail (empty: no rail)."""

    second: Count = 4
    timeline: Count = 4
    read: Count = 4
    column: Count = 5
    rail: str = "sport"
    rail_size: Count = 8


class Column(Struct, Generic[C], frozen=True, kw_only=True):
    """Cards of a region. `again`: all of them stand in other parts, and the column repeats the best one."""

    region: str
    cards: tuple[C, ...]
    again: bool = False


class Front(Struct, Generic[C], frozen=True, kw_only=True):
    """Parts of the front page.

    `timeline` holds other entries of the lead's story, newest first. `strip` holds the categories of all cards.
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
    """Assign each card to one part of the front page. `cards` come in order of rank, the best first.

    The best card is the lead; other entries of its story form the timeline. The next best are second stories. Then
    the rail takes cards of its category, `read` takes articles, and each region gets a column. A region whose cards
    all stand in other parts keeps its column, which repeats its best card. `regions` and `categories` give the order
    of columns and strip; slugs that they lack follow in order of appearance.
    """
    lead, remaining = next(iter(cards), None), tuple(cards[1:])
    story = lead.story if lead else ""
    same_story = sorted((c for c in remaining if story and c.story == story), key=lambda c: c.order, reverse=True)
    timeline, remaining = _take(remaining, counts.timeline, same_story)
    second, remaining = _take(remaining, counts.second, remaining)
    in_rail = (c for c in remaining if _first(c.categories) == counts.rail)
    rail, remaining = _take(remaining, counts.rail_size, in_rail)
    articles = (c for c in remaining if c.kind is Kind.ARTICLE and c.page and c.standfirst)
    read, remaining = _take(remaining, counts.read, articles)
    columns = list[Column[C]]()
    for region in _ordered(regions, (_first(c.regions) for c in cards)):
        in_region = (c for c in remaining if _first(c.regions) == region)
        column, remaining = _take(remaining, counts.column, in_region)
        best = next(c for c in cards if _first(c.regions) == region)
        columns.append(Column(region=region, cards=column or (best,), again=not column))
    return Front(
        lead=lead,
        timeline=timeline,
        second=second,
        read=read,
        columns=tuple(columns),
        rail=rail,
        strip=_ordered(categories, (_first(c.categories) for c in cards)),
        rest=remaining,
    )


def _first(slugs: tuple[str, ...]) -> str:
    return slugs[0] if slugs else ""


def _take(remaining: tuple[C, ...], number: int, candidates: Iterable[C]) -> tuple[tuple[C, ...], tuple[C, ...]]:
    """Return the first `number` candidates, and the remaining cards without them."""
    taken = tuple(candidates)[:number]
    ids = {c.id for c in taken}
    return taken, tuple(c for c in remaining if c.id not in ids)


def _ordered(order: Sequence[str], slugs: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct slugs: first those in `order`, then the others in order of appearance."""
    distinct = dict.fromkeys(s for s in slugs if s)
    return (*(s for s in order if s in distinct), *(s for s in distinct if s not in order))
