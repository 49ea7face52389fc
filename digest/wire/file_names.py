"""What the name of a dump's file says: the day, the time and the source of what is in it."""

import datetime
import re
from posixpath import basename, splitext

from msgspec import Struct

_STAMP = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?:T(\d{2}):?(\d{2})(?!\d))?(?!\d)", re.ASCII)
_COPY = re.compile(r"\s*\(\d+\)$")
_GAP = re.compile(r"(?:[^\w.&+]|_)+")


class DumpName(Struct, frozen=True, kw_only=True):
    """The day as written, the time if there is one, the source in capitals or empty."""

    day: datetime.date
    time: datetime.time | None = None
    source: str = ""


def parse_dump_name(filename: str) -> DumpName | None:
    """What the last part of a path says, or None where it holds no date of the calendar.

    `2026-02-05T1410-sf-pst.txt` is 14:10 on that day, from SF-PST. Hyphens join the words of a source; the number that
    a browser puts behind a second download is no part of it.
    """
    stem = _COPY.sub("", splitext(basename(filename.replace("\\", "/")))[0])
    for found in _STAMP.finditer(stem):
        day = _day(found[1])
        if day is not None:
            source = _GAP.sub("-", stem[found.end() :]).strip("-.").upper()
            return DumpName(day=day, time=_time(found[2], found[3]), source=source)
    return None


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _time(hours: str | None, minutes: str | None) -> datetime.time | None:
    if hours is None or minutes is None or int(hours) > 23 or int(minutes) > 59:
        return None
    return datetime.time(int(hours), int(minutes))
