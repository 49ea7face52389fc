"""Time between two items, from the times of their dumps."""

from datetime import date, datetime

from digest.model import KnownItem


def hours_between(a: KnownItem, b: KnownItem) -> float:
    """Return the hours between two items; whole days times 24 when one has no time, or only one has a zone."""
    first, second = _time_of(a), _time_of(b)
    if first and second and (first.tzinfo is None) == (second.tzinfo is None):
        return abs((second - first).total_seconds()) / 3600
    return abs((_day_of(b) - _day_of(a)).days) * 24.0


def _time_of(known: KnownItem) -> datetime | None:
    """Return the time of a dump; None when only its day is known."""
    try:
        return datetime.fromisoformat(known.seen) if len(known.seen) > len("2026-02-05") else None
    except ValueError:
        return None


def _day_of(known: KnownItem) -> date:
    """Return the day on which an item was seen, else its date."""
    try:
        return date.fromisoformat(known.seen[:10])
    except ValueError:
        return known.day
