"""Time between two items, by the times of their dumps."""

from datetime import date, datetime

from digest.model import Known


def hours_between(a: Known, b: Known) -> float:
    """Hours from one item to the other; whole days of 24 where one has only a day, or only one has a zone."""
    one, other = _moment(a), _moment(b)
    if one and other and (one.tzinfo is None) == (other.tzinfo is None):
        return abs((other - one).total_seconds()) / 3600
    return abs((_day(b) - _day(a)).days) * 24.0


def _moment(known: Known) -> datetime | None:
    """Return the time of a dump; None when only its day is known."""
    try:
        return datetime.fromisoformat(known.seen) if len(known.seen) > len("2026-02-05") else None
    except ValueError:
        return None


def _day(known: Known) -> date:
    """The day it was seen, else the day it is of."""
    try:
        return date.fromisoformat(known.seen[:10])
    except ValueError:
        return known.day
