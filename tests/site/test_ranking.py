"""Ranking of entries and the parts of the score."""

from datetime import timedelta

from digest.config import parse
from digest.site.cards import Card
from digest.site.ranking import ranked
from tests.site.values import DAY, card

CATEGORIES = parse("")[0].categories


def order(*cards: Card) -> list[str]:
    """Ids in order of rank; cards are given as a page has them, the newest first."""
    newest_first = sorted(cards, key=lambda c: c.order, reverse=True)
    return [rank.card.id for rank in ranked(newest_first, CATEGORIES)]


def test_a_heavier_subject_comes_first() -> None:
    assert order(card("a", categories=("society",)), card("b", categories=("conflict",))) == ["nb", "na"]


def test_sport_never_leads_by_its_score() -> None:
    sport = card("a", categories=("sport",), sightings=500)
    assert order(sport, card("b", categories=("society",))) == ["nb", "na"]
    assert order(sport) == ["na"], "but something has to"


def test_a_manual_lead_comes_first() -> None:
    cards = [card("a", categories=("conflict",)), card("b", lead=2), card("c", categories=("sport",), lead=1)]
    assert order(*cards) == ["nc", "nb", "na"]


def test_a_lead_ends_with_its_edition() -> None:
    old = card("a", DAY - timedelta(days=1), categories=("society",), lead=1)
    assert order(old, card("b", categories=("society",))) == ["nb", "na"]


def test_follow_ups_count_once_and_for_the_newest() -> None:
    cards = [card(name, story="one", position=n) for n, name in enumerate("abc", 1)]
    alone = card("z", position=1)
    ranks = ranked(sorted([*cards, alone], key=lambda c: c.order, reverse=True), CATEGORIES)
    follow_ups = {rank.card.id: rank.follow_ups for rank in ranks}
    assert sorted(follow_ups.values()) == [0, 0, 0, 1.6]
    assert follow_ups["nz"] == 0
    assert [rank.sibling for rank in ranks].count(-2.0) == 2


def test_more_sightings_rank_higher() -> None:
    assert order(card("a", position=1), card("b", position=2, sightings=4)) == ["nb", "na"]


def test_age_is_measured_against_the_page_not_the_clock() -> None:
    long_ago = [card("a", DAY - timedelta(days=900)), card("b", DAY - timedelta(days=901))]
    ranks = {r.card.id: r.age for r in ranked(long_ago, CATEGORIES)}
    assert ranks == {"na": 0, "nb": -3.0}


def test_the_score_is_the_sum_of_its_parts() -> None:
    [rank] = ranked([card("a", sightings=2, position=10)], CATEGORIES)
    assert rank.score == 4.0 + 0.7 + 0.5
    assert ranked([], CATEGORIES) == ()
