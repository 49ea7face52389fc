"""Pages and cards of entries."""

import random
from datetime import UTC, date, datetime
from typing import Any

import pytest

from digest.model import Correction, Item, Kind, Origin
from tests.site.values import DAY, context_of, entry, item, shown


@pytest.mark.parametrize(
    "reason",
    [
        {"summary": "Two sentences."},
        {"link": "https://example.org/"},
        {"corrections": (Correction(day=DAY, text="Wrong."),)},
        {"kind": Kind.ARTICLE},
    ],
)
def test_a_brief_has_a_page_when_there_is_something_to_read(reason: dict[str, Any]) -> None:
    assert shown(item(**reason), context_of()).card.page
    assert not shown(item(), context_of()).card.page


def test_a_story_and_an_earlier_version_are_something_to_read() -> None:
    assert shown(item(), context_of(), in_story=True).card.page
    assert shown(entry(item(), item("y")), context_of()).card.page


@pytest.mark.parametrize(
    ("policy", "brief", "told", "article"), [("all", True, True, True), ("none", False, False, True)]
)
def test_the_policy_for_pages_of_briefs_is_configurable(policy: str, *, brief: bool, told: bool, article: bool) -> None:
    context = context_of(f'[briefs]\npages = "{policy}"\n')
    assert shown(item(), context).card.page is brief
    assert shown(item(summary="Told."), context).card.page is told
    assert shown(item(kind=Kind.ARTICLE), context).card.page is article


def test_the_address_is_the_day_as_written_and_the_slug() -> None:
    late = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    found = shown(item(kind=Kind.ARTICLE, at=late), context_of('time_zone = "Asia/Tokyo"\n'))
    assert found.card.url == "/2026/03/12/headline-x/"
    assert found.edition == date(2026, 3, 13), "the edition is the site's day"


def test_without_a_page_the_url_is_an_anchor_in_the_edition() -> None:
    assert shown(item(), context_of()).card.url == "/2026/03/12/#nx"


def test_an_edition_may_end_after_midnight() -> None:
    early = datetime(2026, 3, 12, 2, 0, tzinfo=UTC)
    assert shown(item(at=early), context_of('day_ends = "03:00"\n')).edition == date(2026, 3, 11)
    assert shown(item(), context_of('day_ends = "03:00"\n')).edition == DAY, "no time is invented"


def test_a_card_has_the_roots_position_and_the_latest_text() -> None:
    origin = Origin(dump="d", seen="2026-03-12", position=7, lines="1-2", key="k", also=("e", "f"))
    newer: Item = item("y", title="Newer", regions=("europe",), sources=("B",))
    card = shown(entry(item(origin=origin, sources=("A",), lead=2), newer), context_of()).card
    assert (card.id, card.title, card.regions) == ("nx", "Newer", ("europe",))
    assert (card.position, card.sightings, card.versions, card.lead) == (7, 3, 2, 2)
    assert card.sources == ("A", "B"), "all sources are kept"


def test_a_new_headline_keeps_the_article() -> None:
    article = item(kind=Kind.ARTICLE, body="d1", words=9, standfirst="First words.", byline="A. Writer")
    told = shown(entry(article, item("y", title="Newer headline")), context_of())
    assert (told.card.title, told.card.kind, told.card.standfirst) == ("Newer headline", Kind.ARTICLE, "First words.")
    assert (told.detail.body, told.detail.body_digest, told.detail.words) == ("x.md", "d1", 9)
    assert told.card.byline == "A. Writer"


def test_items_sort_by_day_time_sighting_place_and_id() -> None:
    def origin(seen: str, position: int) -> Origin:
        return Origin(dump="d", seen=seen, position=position, lines="1-2", key="k")

    oldest_first = [
        item("a", date(2026, 3, 11), origin=origin("2026-03-13", 1)),
        item("b", origin=origin("2026-03-12T06:00", 1)),
        item("c", origin=origin("2026-03-12T15:00", 9)),
        item("d", origin=origin("2026-03-12T15:00", 2)),
        item("e", origin=origin("2026-03-12T15:00", 2)),
        item("f", at=datetime(2026, 3, 12, 9, tzinfo=UTC)),
    ]
    mixed = random.Random(1).sample(oldest_first, len(oldest_first))  # noqa: S311 - no secret
    assert sorted(mixed, key=lambda i: i.order) == oldest_first
