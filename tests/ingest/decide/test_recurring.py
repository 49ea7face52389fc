"""Patterns of recurring headlines."""

import pytest

from digest.ingest.decide.recurring import recurring_matcher


@pytest.mark.parametrize(
    ("pattern", "headline", "matches"),
    [
        ("Stocks in …", "Stocks in Asia at the close", True),
        ("Stocks in …", "STOCKS IN ASIA", True),
        ("Stocks in …", "Stocks inch up", False),
        ("Stocks in …", "World stocks in retreat", False),
        ("… at a glance", "Formula One at a glance.", True),
        ("… at a glance", "Boat at a glance-off", False),
        ("Today in …: …", "Today in Oslo: a summit", True),
        ("News in brief", "News in brief", True),
        ("News in brief", "News in briefs", False),
        ("a.c", "abc", False),
    ],
)
def test_a_pattern_matches_normalised_headlines(pattern: str, headline: str, *, matches: bool) -> None:
    assert recurring_matcher([pattern])(headline) is matches
    assert recurring_matcher(["Nothing like it", pattern])(headline) is matches


def test_without_patterns_no_headline_is_recurring() -> None:
    assert not recurring_matcher([])("Stocks in Asia")
