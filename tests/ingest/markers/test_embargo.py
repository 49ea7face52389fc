"""Parsing of the end of an embargo."""

from zoneinfo import ZoneInfo

import pytest

from digest.ingest.markers.embargo import parse_embargo

ZURICH = ZoneInfo("Europe/Zurich")
SEEN = "2026-03-04T14:10"  # a Wednesday


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("0600 GMT", "2026-03-05T06:00+00:00"),
        ("1800 GMT", "2026-03-04T18:00+00:00"),
        ("06:00 GMT March 5", "2026-03-05T06:00+00:00"),
        ("2030 GMT March 5", "2026-03-05T20:30+00:00"),
        ("25 March 2026 2030 GMT", "2026-03-25T20:30+00:00"),
        ("March 31, 2026, at 0800 hrs UTC", "2026-03-31T08:00+00:00"),
        ("0001 GMT Friday", "2026-03-06T00:01+00:00"),
        ("noon ET", "2026-03-04T12:00-05:00"),
        ("12:00 noon, March 9, EDT", "2026-03-09T12:00-04:00"),
        ("10.30 p.m. Monday CET", "2026-03-09T22:30+01:00"),
        ("12 am 6 March", "2026-03-06T00:00+01:00"),
        ("2 January", "2026-01-02T00:00+01:00"),
        ("5 March 2026 0600", "2026-03-05T06:00+01:00"),
        ("tomorrow 0500", "2026-03-05T05:00+01:00"),
        ("today, 23:15", "2026-03-04T23:15+01:00"),
        ("midnight", "2026-03-05T00:00+01:00"),
        ("2026-03-12T06:00Z", "2026-03-12T06:00+00:00"),
        ("2026-03-12 06:00", "2026-03-12T06:00+01:00"),
        ("2026-03-12", "2026-03-12T00:00+01:00"),
    ],
)
def test_embargo_end(words: str, at: str) -> None:
    end = parse_embargo(words, SEEN, ZURICH)
    assert end
    assert end.at.isoformat(timespec="minutes") == at
    assert end.has_zone == any(zone in words for zone in ("GMT", "UTC", "ET", "EDT", "CET", "Z"))


@pytest.mark.parametrize(
    "words",
    ["", "GMT", "the minister speaks", "0600 XYZ", "32 March", "25:00", "0600 GMT, or when the minister speaks"],
)
def test_unclear_words_give_none(words: str) -> None:
    assert parse_embargo(words, SEEN, ZURICH) is None


def test_without_a_time_of_the_dump_the_end_is_the_next_day() -> None:
    end = parse_embargo("0600 GMT", "2026-03-04", ZURICH)
    assert end
    assert end.at.isoformat() == "2026-03-05T06:00:00+00:00"
    year_end = parse_embargo("1 January 0600 GMT", "2026-12-30", ZURICH)
    assert year_end
    assert year_end.at.year == 2027
