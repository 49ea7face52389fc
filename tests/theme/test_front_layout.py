"""Layout of the front page."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Kind
from digest.site.cards import Card
from digest.theme import Front, FrontCounts, arrange
from tests.theme.samples import CATEGORIES, REGIONS, card

NUMBERS = FrontCounts(second=2, read=1, column=2, rail="sport", rail_size=2)


def _card(number: int, region: str, category: str = "politics", *, article: bool = False, story: str = "") -> Card:
    base = card(number, kind=Kind.ARTICLE if article else Kind.BRIEF)
    own = story or f"story-{number}"
    return msgspec.structs.replace(base, regions=(region, "world"), categories=(category,), story=own)


def _numbers(cards: Sequence[Card]) -> list[int]:
    return [int(c.id[1:]) for c in cards]


def test_the_best_card_leads_and_the_next_are_second_stories() -> None:
    front = arrange([_card(n, "europe") for n in range(6)], NUMBERS)
    assert front.lead is not None
    assert _numbers([front.lead]) == [0]
    assert _numbers(front.second) == [1, 2]


def test_entries_of_the_leads_story_are_only_in_the_timeline() -> None:
    cards = [_card(n, "europe", story="flood" if n in {0, 2, 5} else "") for n in range(7)]
    front = arrange(cards, NUMBERS)
    assert sorted(_numbers(front.timeline)) == [2, 5]
    assert _numbers(front.second) == [1, 3]
    assert not {2, 5} & {n for part in _places(msgspec.structs.replace(front, timeline=())) for n in _numbers(part)}


def test_a_lead_without_a_story_has_no_timeline() -> None:
    cards = [msgspec.structs.replace(_card(n, "europe"), story="") for n in range(7)]
    assert not arrange(cards, NUMBERS).timeline


def test_no_cards_give_an_empty_layout() -> None:
    empty = Front[Card](lead=None, timeline=(), second=(), read=(), columns=(), rail=(), strip=(), rest=())
    assert arrange([], NUMBERS) == empty


def test_read_contains_articles_with_a_standfirst() -> None:
    silent = msgspec.structs.replace(_card(4, "europe", article=True), standfirst="")
    cards = [*(_card(n, "europe") for n in range(4)), silent, *(_card(n, "africa", article=True) for n in (5, 6))]
    assert _numbers(arrange(cards, NUMBERS).read) == [5]


def test_the_rail_takes_its_category_from_all_regions() -> None:
    cards = [_card(n, "europe") for n in range(3)]
    cards += [_card(n, region, "sport") for n, region in enumerate(("africa", "europe", "world"), 3)]
    front = arrange(cards, NUMBERS)
    assert _numbers(front.rail) == [3, 4]
    assert [(c.region, _numbers(c.cards), c.again) for c in front.columns][-1] == ("world", [5], False)


def test_without_cards_of_its_category_the_rail_is_empty() -> None:
    numbers = msgspec.structs.replace(NUMBERS, rail="")
    front = arrange([_card(n, "europe", "sport") for n in range(6)], numbers)
    assert not front.rail


def test_columns_have_the_sites_order_then_the_order_of_appearance() -> None:
    cards = [_card(n, region) for n, region in enumerate(("world", "mars", "europe", "africa", "europe") * 2)]
    front = arrange(cards, NUMBERS, regions=("africa", "asia-pacific", "europe", "world"))
    assert [c.region for c in front.columns] == ["africa", "europe", "world", "mars"]


def test_a_column_continues_after_a_promoted_card() -> None:
    front = arrange([_card(n, "europe") for n in range(7)], NUMBERS)
    (column,) = front.columns
    assert (_numbers(column.cards), column.again) == ([3, 4], False)
    assert _numbers(front.rest) == [5, 6]


def test_a_column_repeats_its_best_card_if_all_were_promoted() -> None:
    cards = [_card(0, "africa"), _card(1, "europe"), _card(2, "africa"), _card(3, "europe")]
    africa, europe = arrange(cards, NUMBERS, regions=("africa", "europe")).columns
    assert (_numbers(africa.cards), africa.again) == ([0], True)
    assert (_numbers(europe.cards), europe.again) == ([3], False)


def test_the_strip_contains_the_categories_of_all_cards() -> None:
    cards = [_card(n, "europe", c) for n, c in enumerate(("sport", "health", "sport", "odd"))]
    assert arrange(cards, NUMBERS, categories=("health", "politics", "sport")).strip == ("health", "sport", "odd")


@st.composite
def _fronts(draw: st.DrawFn) -> tuple[list[Card], FrontCounts]:
    stories = st.sampled_from(["", "", "flood", "talks"])
    labels = st.tuples(st.sampled_from(list(REGIONS)), st.sampled_from(list(CATEGORIES)), st.booleans(), stories)
    cards = [_card(n, r, c, article=a, story=s) for n, (r, c, a, s) in enumerate(draw(st.lists(labels, max_size=70)))]
    size = st.integers(0, 9)
    numbers = FrontCounts(
        second=draw(size),
        timeline=draw(size),
        read=draw(size),
        column=draw(size),
        rail=draw(st.sampled_from(["", *CATEGORIES])),
        rail_size=draw(size),
    )
    return cards, numbers


def _places(front: Front[Card]) -> list[tuple[Card, ...]]:
    lead = (front.lead,) if front.lead else ()
    columns = (c.cards for c in front.columns if not c.again)
    return [lead, front.timeline, front.second, front.read, front.rail, *columns, front.rest]


@given(_fronts())
def test_every_card_is_in_exactly_one_part(sample: tuple[list[Card], FrontCounts]) -> None:
    cards, numbers = sample
    placed = [c.id for part in _places(arrange(cards, numbers)) for c in part]
    assert sorted(placed) == sorted(c.id for c in cards)


@given(_fronts())
def test_cards_in_a_part_are_in_order_of_rank(sample: tuple[list[Card], FrontCounts]) -> None:
    cards, numbers = sample
    front = arrange(cards, numbers)
    for part in _places(msgspec.structs.replace(front, timeline=())):
        assert _numbers(part) == sorted(_numbers(part))
    assert list(front.timeline) == sorted(front.timeline, key=lambda c: c.order, reverse=True)


@given(_fronts())
def test_every_region_has_a_column_with_its_own_cards(sample: tuple[list[Card], FrontCounts]) -> None:
    cards, numbers = sample
    front = arrange(cards, numbers, regions=tuple(REGIONS))
    assert [c.region for c in front.columns] == [r for r in REGIONS if any(c.regions[0] == r for c in cards)]
    for column in front.columns:
        assert column.cards
        assert all(c.regions[0] == column.region for c in column.cards)
        if column.again:
            assert column.cards == (next(c for c in cards if c.regions[0] == column.region),)


@given(_fronts())
def test_no_part_is_larger_than_its_count(sample: tuple[list[Card], FrontCounts]) -> None:
    cards, numbers = sample
    front = arrange(cards, numbers)
    assert len(front.second) <= numbers.second
    assert len(front.timeline) <= numbers.timeline
    assert len(front.read) <= numbers.read
    assert len(front.rail) <= numbers.rail_size
    assert all(len(c.cards) <= max(1, numbers.column) for c in front.columns)
    assert all(c.categories[0] == numbers.rail for c in front.rail)


@pytest.mark.parametrize("names", [("regions",), ("categories",), ("regions", "categories")])
def test_cards_without_a_label_are_in_the_rest(names: tuple[str, ...]) -> None:
    bare = msgspec.structs.replace(_card(9, "europe"), **dict.fromkeys(names, ()))
    front = arrange([*(_card(n, "europe") for n in range(5)), bare], NUMBERS)
    assert bare in front.rest
