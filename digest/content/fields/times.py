"""Days and moments as people write them in front matter. A subset of ISO 8601 (RFC 3339), a space allowed for the T."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_WRITTEN = re.compile(
    r"(?P<day>[1-8]\d{3}-\d\d-\d\d)"
    r"(?:(?:[Tt]| +)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" *(?P<zone>[Zz]|(?P<sign>[+-])(?P<hours>\d\d)(?::?(?P<minutes>\d\d))?)?)?"
)


def parse_when(text: str) -> tuple[date, time | None] | None:
    """The day as written, and the time of day if one is written, with its zone if that is; None for no date at all.

    Fractions of a second are dropped. Years run from 1000 to 8999, so that every zone can show every moment.
    """
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    try:
        day = date.fromisoformat(found["day"])
        if not found["hour"]:
            return day, None
        return day, time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), tzinfo=_zone(found))
    except ValueError:
        return None


def _zone(found: re.Match[str]) -> timezone | None:
    if not found["sign"]:
        return UTC if found["zone"] else None
    away = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(-away if found["sign"] == "-" else away)


def moment_of(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment with a fixed offset from UTC in whole minutes: its own, else that of `zone` at the time."""
    moment = datetime.combine(day, at) if at.tzinfo else datetime.combine(day, at, zone)
    offset = moment.utcoffset() or timedelta(0)
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset // timedelta(minutes=1))))
