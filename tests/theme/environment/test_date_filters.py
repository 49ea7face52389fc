"""The filters `day`, `clock` and `iso`."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel import Locale

from digest.language import locale_of
from digest.theme.environment.date_filters import clock, day_filter, iso

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("language", "style", "words"),
    [
        ("en", "full", "Monday, March 9, 2026"),
        ("en-GB", "full", "Monday, 9 March 2026"),
        ("en", "long", "March 9, 2026"),
        ("de", "long", "9. März 2026"),
        ("fr", "medium", "9 mars 2026"),
        ("de", "short", "09.03.26"),
        ("ar", "full", "الاثنين، 9 مارس 2026"),
        ("en", "yMMMM", "March 2026"),
        ("pt-BR", "yMMMM", "março de 2026"),
        ("ja", "yMMMM", "2026年3月"),
        ("en", "MMMd", "Mar 9"),
        ("en", "MMMMd", "March 9"),
        ("en", "EEEE", "Monday"),
        ("en", "EEE", "Mon"),
        ("de", "yMMMMEEEEd", "Montag, 9. März 2026"),
        ("en", "d", "9"),
        ("fr", "yMd", "09/03/2026"),
    ],
)
def test_days_are_formatted_by_cldr(language: str, style: str, words: str) -> None:
    assert day_filter(locale_of(language))(DAY, style) == words


def test_the_default_style_is_long() -> None:
    assert day_filter(Locale("en"))(DAY) == "March 9, 2026"


def test_a_time_is_formatted_with_its_day_as_written() -> None:
    late = datetime(2026, 3, 9, 23, 50, tzinfo=timezone(timedelta(hours=-11)))
    assert day_filter(Locale("en"))(late) == "March 9, 2026"


@pytest.mark.parametrize("style", ["whenever", "", "HH:mm", "d.M.", "Q"])
def test_unknown_date_formats_are_errors(style: str) -> None:
    with pytest.raises(ValueError, match="is not a date format"):
        day_filter(Locale("en"))(DAY, style)


def test_clock_uses_the_zone_as_written() -> None:
    assert clock(datetime(2026, 3, 9, 6, 5, tzinfo=timezone(timedelta(hours=9)))) == "06:05"


def test_iso_returns_iso_8601() -> None:
    assert iso(DAY) == "2026-03-09"
    assert iso(datetime(2026, 3, 9, 6, 5, tzinfo=UTC)) == "2026-03-09T06:05:00+00:00"
