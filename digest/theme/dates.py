"""Days and times in the words of a language (CLDR, with Babel). Nothing is converted: what was written is shown."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates

_WIDTHS = ("full", "long", "medium", "short")


def locale_of(language: str) -> Locale:
    """The locale of a language tag, or of the nearest wider one that CLDR knows; English when it knows none."""
    parts = language.split("-")
    for n in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:n]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def day_filter(locale: Locale) -> Callable[..., str]:
    """The filter `day`: a date in words. `style` is full, long, medium, short or a CLDR skeleton such as `yMMMM`."""

    @lru_cache(maxsize=4096)
    def words(day: date, style: str) -> str:
        if style in _WIDTHS:
            return dates.format_date(day, style, locale)
        skeletons = locale.datetime_skeletons
        name = style if style in skeletons else dates.match_skeleton(style, skeletons)
        if name is None:
            message = f"`{style}` is no form of a date: full, long, medium, short or a CLDR skeleton"
            raise ValueError(message)
        return str(skeletons[name].apply(day, locale))

    def day(value: date, style: str = "long") -> str:
        return words(value.date() if isinstance(value, datetime) else value, style)

    return day


def clock(value: datetime) -> str:
    """The filter `clock`: HH:MM in the zone as written."""
    return f"{value:%H:%M}"


def iso(value: date | datetime) -> str:
    """The filter `iso`: a date or a moment in ISO 8601, for machines."""
    return value.isoformat()
