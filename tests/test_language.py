"""Locales, directions and words of days follow from the tag of a language."""

from datetime import date

import pytest

from digest.language import direction_of, locale_of
from digest.site.dates import format_day


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "en"),
        ("pt-BR", "pt_BR"),
        ("de-1996", "de"),
        ("zh-Hant-TW", "zh_Hant_TW"),
        ("xx", "en"),
        ("qaa-X", "en"),
        ("de-AR", "de"),
    ],
)
def test_locale_is_the_nearest_in_cldr(tag: str, name: str) -> None:
    assert str(locale_of(tag)) == name


def test_dates_follow_the_locale() -> None:
    assert format_day(date(2026, 3, 12), "de-AR") == "Donnerstag, 12. März 2026"


@pytest.mark.parametrize(
    ("tag", "direction"), [("ar", "rtl"), ("ur-PK", "rtl"), ("HE", "rtl"), ("en", "ltr"), ("arn", "ltr")]
)
def test_direction_of_a_language(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction
