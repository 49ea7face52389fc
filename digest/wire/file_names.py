"""Parser for dump file names: day, time and source."""

import datetime
import re
from posixpath import basename, splitext

from msgspec import Struct

_STAMP = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?:T(\d{2}):?(\d{2})(?!\d))?(?!\d)", re.ASCII)
_DOWNLOAD_NUMBER = re.compile(r"\s*\(\d+\)$")
_SEPARATOR = re.compile(r"(?:[^\w.&+]|_)+")


class DumpName(Struct, frozen=True, kw_only=True):
    """Day as written, time if there is one, source in capitals or empty."""

    day: datetime.date
    time: datetime.time | None = None
    source: str = ""


def parse_dump_name(filename: str) -> DumpName | None:
    """Parse the last part of a path; return None if it contains no valid date.

    `2026-02-05T1410-sf-pst.txt` is 14:10 on that day, from SF-PST. Hyphens join the words of a source. The number that
    browsers append to a second download, ` (1)`, is ignored.
    """
    stem = _DOWNLOAD_NUMBER.sub("", splitext(basename(filename.replace("\\", "/")))[0])
    for match in _STAMP.finditer(stem):
        day = _parse_day(match[1])
        if day is not None:
            source = _SEPARATOR.sub("-", stem[match.end() :]).strip("-.").upper()
            return DumpName(day=day, time=_parse_time(match[2], match[3]), source=source)
    return None


def _parse_day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _parse_time(hours: str | None, minutes: str | None) -> datetime.time | None:
    if hours is None or minutes is None or int(hours) > 23 or int(minutes) > 59:
        return None
    return datetime.time(int(hours), int(minutes))
