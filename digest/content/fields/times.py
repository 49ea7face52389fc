"""Days and moments in front matter: a subset of ISO 8601 (RFC 3339) that allows a space for the T."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_DATE = re.compile(
    r"(?P<day>[1-8]\d{3}-\d\d-\d\d)"
    r"(?:(?:[Tt]| +)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" *(?P<zone>[Zz]|(?P<sign>[+-])(?P<hours>\d\d)(?::?(?P<minutes>\d\d))?)?)?"
)


def parse_when(text: str) -> tuple[date, time | None] | None:
    """Return the day, and the time with its zone where written; None when the text is no date.

    Fractions of a second are dropped. Years are limited to 1000–8999, so that every moment exists in every zone.
    """
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        day = date.fromisoformat(match["day"])
        if not match["hour"]:
            return day, None
        return day, time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0), tzinfo=_zone(match))
    except ValueError:
        return None


def _zone(match: re.Match[str]) -> timezone | None:
    if not match["sign"]:
        return UTC if match["zone"] else None
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset)


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the moment with a fixed offset from UTC in whole minutes: that of the time, else that of `zone`."""
    moment = datetime.combine(day, at) if at.tzinfo else datetime.combine(day, at, zone)
    offset = moment.utcoffset() or timedelta(0)
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset // timedelta(minutes=1))))
