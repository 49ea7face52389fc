"""Until when an embargo lasts, from the words of the wire: `0600 GMT March 5`, `noon Friday ET`, `2026-03-05T06:00Z`.

What is left open is filled in with the first such moment that is surely after the dump; a zone that is not named is the
site's. Words that are not understood leave it unread: then nobody may guess.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from digest.content.fields.times import moment_of, parse_when

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_ZONES = {
    **dict.fromkeys(("gmt", "utc", "z"), "UTC"),
    **dict.fromkeys(("cet", "cest"), "Europe/Paris"),
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("ct", "cst", "cdt"), "America/Chicago"),
    **dict.fromkeys(("mt", "mst", "mdt"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    "bst": "Europe/London",
    "jst": "Asia/Tokyo",
}
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?\s*(?:z|[+-]\d\d:?\d\d)?)?")
_PARTS = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+(?P<year>20\d\d)\b(?!\s*(?:gmt|utc)))?"),
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>20\d\d)\b(?!\s*(?:gmt|utc)))?"
    ),
    re.compile(r"\b(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\b"),
    re.compile(r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?\s*(?P<half>[ap])\.?m\b\.?"),
    re.compile(r"\b(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)\b"),
    re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\b"),
    re.compile(r"\b(?P<word>noon|midnight|today|tomorrow)\b"),
    re.compile(rf"(?:\b|(?<=\d))(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b"),
)
_FILLING = re.compile(r"\b(?:on|at|the|of|hours|hrs|until|from|release|for)\b|[\s,.;]+")


class EmbargoEnd(Struct, frozen=True, kw_only=True):
    """The moment at which an embargo ends; `zoned`: the wire named its zone."""

    at: datetime
    has_zone: bool


def parse_embargo(words: str, seen: str, zone: ZoneInfo) -> EmbargoEnd | None:
    """When an embargo ends that a dump of `seen` (a day or a moment, ISO 8601) has; None where that is not clear."""
    text = words.casefold().strip()
    if _ISO.fullmatch(text):
        when = parse_when(text)
        clock = (when[1] or time()) if when else time()
        return _until(moment_of(when[0], clock, zone), clock.tzinfo) if when else None
    found: dict[str, str] = {}
    for pattern in _PARTS:
        match = pattern.search(text)
        parts = {name: value for name, value in match.groupdict().items() if value} if match else {}
        if match and found.keys().isdisjoint(parts.keys() - {"word"}):
            found |= parts
            text = f"{text[: match.start()]} {text[match.end() :]}"
    if not found or _FILLING.sub("", text) or found.keys() == {"zone"}:
        return None
    named = ZoneInfo(_ZONES[found["zone"]]) if "zone" in found else None
    try:
        return _until(_moment(found, _sent(seen, zone), named or zone, len(seen) > 10), named)
    except ValueError:
        return None


def _until(at: datetime, zone: tzinfo | None) -> EmbargoEnd:
    return EmbargoEnd(at=at, has_zone=zone is not None)


def _moment(found: dict[str, str], sent: datetime, zone: ZoneInfo, timed: bool) -> datetime:
    """`timed`: the time at which it was sent is known. Raises ValueError for a day or time that there is not."""
    first, clock = sent.date(), _clock(found)
    if "month" in found:
        return moment_of(_day(found, first), clock, zone)
    if "weekday" in found:
        ahead = (_DAYS.index(found["weekday"]) - first.weekday()) % 7
        return moment_of(first + timedelta(days=ahead), clock, zone)
    if found.get("word") in {"today", "tomorrow"}:
        return moment_of(first + timedelta(days=found["word"] == "tomorrow"), clock, zone)
    at = moment_of(first, clock, zone)
    return at if timed and at > sent else moment_of(first + timedelta(days=1), clock, zone)


def _day(found: dict[str, str], first: date) -> date:
    """The day with a month, in the year that it names, else in the one that brings it nearest."""
    month, day = _MONTHS.index(found["month"][:3]) + 1, int(found["day"])
    if "year" in found:
        return date(int(found["year"]), month, day)
    return min((date(first.year + n, month, day) for n in (-1, 0, 1)), key=lambda d: abs((d - first).days))


def _clock(found: dict[str, str]) -> time:
    if found.get("word") in {"noon", "midnight"}:
        return time(12 if found["word"] == "noon" else 0)
    hour = int(found.get("hour", 0))
    if half := found.get("half"):
        hour = hour % 12 + 12 * (half == "p")
    return time(hour, int(found.get("minute", 0)))


def _sent(seen: str, zone: ZoneInfo) -> datetime:
    at = datetime.fromisoformat(seen)
    return at if at.tzinfo else at.replace(tzinfo=zone)
