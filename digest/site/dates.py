"""Dates formatted in the site's language (CLDR data from Babel).

Babel is imported inside the functions, because it is slow to import and many builds need no formatted date.
"""

from datetime import date
from functools import lru_cache

from digest.language import locale_of


@lru_cache(4096)
def format_day(day: date, language: str) -> str:
    """Return a full date, such as `Thursday, 5 February 2026`, in the given language."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, see above

    return format_date(day, "full", locale_of(language))


@lru_cache(4096)
def format_short_day(day: date, language: str) -> str:
    """Return a short date, such as `5 Feb 2026`."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, see above

    return format_date(day, "medium", locale_of(language))


@lru_cache(1024)
def format_month(day: date, language: str) -> str:
    """Return a month and year, such as `February 2026`."""
    from babel.dates import format_skeleton  # noqa: PLC0415 - slow to import, see above

    return format_skeleton("yMMMM", day, locale=locale_of(language))
