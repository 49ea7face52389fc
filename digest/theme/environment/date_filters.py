"""The filters `day`, `clock` and `iso`: dates and times in the site's language (CLDR, with Babel).

Times are shown in the zone in which they were written; nothing is converted.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, dates

_WIDTHS = ("full", "long", "medium", "short")
# A field of up to two letters is a number (`MM`), a longer one a name (`MMM`). The language decides which it needs.
_NUMERIC_WIDTH = 2


def day_filter(locale: Locale) -> Callable[..., str]:
    """Return the filter `day`, which formats a date.

    Its `style` is full, long, medium, short or a CLDR skeleton such as `yMMMM`. Raises ValueError for another style.
    """

    @lru_cache
    def format_of(style: str) -> str:
        return style if style in _WIDTHS else _pattern(style, locale)

    @lru_cache(maxsize=4096)
    def formatted(day: date, style: str) -> str:
        return dates.format_date(day, format_of(style), locale)

    def day(value: date, style: str = "long") -> str:
        return formatted(value.date() if isinstance(value, datetime) else value, style)

    return day


def _pattern(skeleton: str, locale: Locale) -> str:
    """Return the pattern of a skeleton, with the skeleton's field widths (UTS 35, part 4, "Matching Skeletons")."""
    skeletons = locale.datetime_skeletons
    name = skeleton if skeleton in skeletons else dates.match_skeleton(skeleton, skeletons)
    if name is None or not re.fullmatch(r"[GyMLdEc]+", skeleton):
        message = f"`{skeleton}` is not a date format\nwrite full, long, medium, short or a CLDR skeleton"
        raise ValueError(message)
    widths = {m[0]: len(m[0] + m[1]) for m in re.findall(r"(\w)(\1*)", skeleton)}

    def with_width(match: re.Match[str]) -> str:
        field, letter = match[0], {"L": "M", "c": "E"}.get(match[1], match[1])
        is_name = letter == "E" or min(len(field), widths.get(letter, 0)) > _NUMERIC_WIDTH
        return field[0] * max(widths[letter], _NUMERIC_WIDTH + 1) if is_name and letter in widths else field

    quoted_or_field = r"'[^']*'|([MLEc])\1*"
    return re.sub(quoted_or_field, lambda m: with_width(m) if m[1] else m[0], skeletons[name].pattern)


def clock(value: datetime) -> str:
    """Return a time as HH:MM in the zone in which it was written (filter `clock`)."""
    return f"{value.hour:02}:{value.minute:02}"


def iso(value: date | datetime) -> str:
    """Return a date or a time in ISO 8601 (filter `iso`)."""
    return value.isoformat()
