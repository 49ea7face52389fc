"""Scores: same news, same event, one story."""

import pytest

from digest.stories import SAME_EVENT, SAME_NEWS, SAME_STORY, headline_similarity
from digest.stories.pairs.alignment import align
from digest.stories.pairs.score import (
    are_different_events,
    is_version,
    joins_story,
    regression_features,
    similarity,
    story_probability,
)
from digest.stories.pairs.signals import Signals, signals_of
from digest.stories.text.features import features_of
from digest.stories.text.tables import link_weights


def signals(a: str, b: str) -> Signals:
    return signals_of(align(features_of(a), features_of(b)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Envoy Okonjo resigns over ferry contract", "Okonjo quits as envoy over ferry contract"),
        ("Landslide in Peru kills nine", "Nine dead in Peru landslide"),
        ("Kenyan senate passes water bill", "Kenya's senate approves bill on water"),
        ("Hospital fire in Oslo kills 4", "Blaze at Oslo hospital kills four"),
    ],
)
def test_same_news_in_other_words(a: str, b: str) -> None:
    assert headline_similarity(a, b)[0] >= SAME_NEWS


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Landslide in Peru kills nine", "Rescuers search mud for survivors after Peru landslide"),
        ("Dockers begin strike in Antwerp", "Antwerp dockers' strike halts container ships"),
    ],
)
def test_same_event_with_other_details(a: str, b: str) -> None:
    assert headline_similarity(a, b)[0] >= SAME_EVENT


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Landslide in Peru kills nine", "Landslide in Nepal kills 40"),
        ("Lions beat Tigers 2-0 in opener", "Bears beat Wolves 1-0 in opener"),
        ("Envoy Okonjo resigns over ferry contract", "Museum opens new wing for Roman glass"),
        ("", "Museum opens new wing for Roman glass"),
        ("", ""),
    ],
)
def test_different_news(a: str, b: str) -> None:
    assert headline_similarity(a, b)[0] < SAME_EVENT


def test_identical_headlines() -> None:
    score, evidence = headline_similarity(
        "Envoy Okonjo resigns over ferry contract", "Envoy Okonjo resigns over ferry contract"
    )
    assert score > 0.9
    assert {w.table for w in evidence} == {"word"}
    assert {w.label for w in evidence} == {"same"}


def test_contradiction_lowers_similarity() -> None:
    a, b, c = "Okonjo to sign harbour pact", "Okonjo signs harbour pact", "Okonjo not to sign harbour pact"
    assert headline_similarity(a, b)[0] > headline_similarity(a, c)[0]
    assert [w.words for w in headline_similarity(a, c)[1] if w.table == "contradiction"] == ["negation"]


def test_distant_numbers_lower_similarity_more() -> None:
    one, near, far = (f"Ferry sinks off Samoa, {n} dead" for n in (100, 104, 250))
    assert headline_similarity(one, near)[0] > headline_similarity(one, far)[0]


def test_long_matches_score_higher() -> None:
    """Three words that agree say less than nine."""
    short = similarity(signals("Ferry sinks", "Ferry sinks"))
    long = "Ferry with pilgrims sinks in storm off Samoan reef"
    assert short < similarity(signals(long, long))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Dockers in Antwerp to begin walkout", "Dockers in Antwerp begin walkout", True),
        ("Ferry sinks off Samoa, 6 dead", "Ferry sinks off Samoa, 9 dead", True),
        ("Dockers in Antwerp begin walkout", "Dockers in Antwerp end walkout", False),
        ("Ferry sinks off Samoa, 6 dead", "Samoa mourns as divers reach sunken ferry", False),
        ("Rovers beat Albion in final", "Albion beat Rovers in final", False),
    ],
)
def test_is_version(a: str, b: str, expected: bool) -> None:
    assert is_version(signals(a, b)) is expected


@pytest.mark.parametrize(
    ("a", "b", "gap", "expected"),
    [
        ("Strong quake hits Chile", "Strong quake hits Peru", 0, True),
        ("Lions beat Tigers 2-0 in opener", "Bears beat Wolves 1-0 in opener", 0, True),
        ("Asian shares close lower", "Asian shares close lower", 1, True),
        ("Asian shares close lower", "Asian shares close lower", 0, False),
        ("Asian shares close lower after Okonjo speech", "Asian shares fall on Okonjo speech", 1, False),
        ("Landslide in Peru kills nine", "Landslide in Peru kills nine", 3, False),
    ],
)
def test_are_different_events(a: str, b: str, gap: int, expected: bool) -> None:
    assert are_different_events(signals(a, b), gap) is expected


def test_probability_falls_with_days_and_density() -> None:
    pair = signals("Landslide in Peru kills nine", "Peru landslide: rescuers reach village")
    assert story_probability(pair, 0, 13) > story_probability(pair, 3, 13)
    assert story_probability(pair, 0, 13) > story_probability(pair, 0, 1_300) > story_probability(pair, 0, 130_000)
    assert 0 <= story_probability(pair, 0, 0) <= 1


def test_regression_has_a_weight_for_every_feature() -> None:
    pair = signals("Landslide in Peru kills nine", "Landslide in Chile")
    assert regression_features(pair, 0, 13).keys() | {"bias"} == link_weights().keys()


def test_joins_story() -> None:
    pair = signals("Dockers in Antwerp to begin walkout", "Dockers in Antwerp begin walkout")
    assert joins_story(pair, 0.0)
    elsewhere = signals("Strong quake hits Chile", "Strong quake hits Peru")
    assert not joins_story(elsewhere, 0.0)
    assert joins_story(elsewhere, SAME_STORY)
