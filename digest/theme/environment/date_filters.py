"""Days and times in the words of a language (CLDR, with Babel). Nothing is converted: what was written is shown."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, dates

_WIDTHS = ("full", "long", "medium", "short")
# A month of up to two letters is a number. A name stays a name, a number a number: the language knows which it needs.
_NUMBER = 2


def day_filter(locale: Locale) -> Callable[..., str]:
    """The filter `day`: a date in words. `style` is full, long, medium, short or a CLDR skeleton such as `yMMMM`."""

    @lru_cache
    def form(style: str) -> str:
        return style if style in _WIDTHS else _pattern(style, locale)

    @lru_cache(maxsize=4096)
    def words(day: date, style: str) -> str:
        return dates.format_date(day, form(style), locale)

    def day(value: date, style: str = "long") -> str:
        return words(value.date() if isinstance(value, datetime) else value, style)

    return day


def _pattern(skeleton: str, locale: Locale) -> str:
    """The pattern of a skeleton, in the field widths that were asked for (UTS 35, part 4, "Matching Skeletons")."""
    skeletons = locale.datetime_skeletons
    name = skeleton if skeleton in skeletons else dates.match_skeleton(skeleton, skeletons)
    if name is None or not re.fullmatch(r"[GyMLdEc]+", skeleton):
        message = f"`{skeleton}` is no form of a date\nwrite full, long, medium, short or a CLDR skeleton"
        raise ValueError(message)
    asked = {m[0]: len(m[0] + m[1]) for m in re.findall(r"(\w)(\1*)", skeleton)}

    def widened(match: re.Match[str]) -> str:
        run, letter = match[0], {"L": "M", "c": "E"}.get(match[1], match[1])
        names = letter == "E" or min(len(run), asked.get(letter, 0)) > _NUMBER
        return run[0] * max(asked[letter], _NUMBER + 1) if names and letter in asked else run

    quoted_or_field = r"'[^']*'|([MLEc])\1*"
    return re.sub(quoted_or_field, lambda m: widened(m) if m[1] else m[0], skeletons[name].pattern)


def clock(value: datetime) -> str:
    """The filter `clock`: HH:MM in the zone as written."""
    return f"{value.hour:02}:{value.minute:02}"


def iso(value: date | datetime) -> str:
    """The filter `iso`: a date or a moment in ISO 8601, for machines."""
    return value.isoformat()
