"""Days and months in the words of the site's language (CLDR, through Babel).

Babel is imported where it is used: a build in which no such page changes does without it.
"""

from datetime import date
from functools import lru_cache

from digest.language import locale_of


@lru_cache(4096)
def format_day(day: date, language: str) -> str:
    """`Thursday, 5 February 2026`, as the language has it."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, see above

    return format_date(day, "full", locale_of(language))


@lru_cache(4096)
def format_short_day(day: date, language: str) -> str:
    """`5 Feb 2026`."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, see above

    return format_date(day, "medium", locale_of(language))


@lru_cache(1024)
def format_month(day: date, language: str) -> str:
    """`February 2026`."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - slow to import, see above

    return format_skeleton("yMMMM", day, locale=locale_of(language))
