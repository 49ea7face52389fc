"""Parser for the end of an embargo: `0600 GMT March 5`, `noon Friday ET`, `2026-03-05T06:00Z`.

Parts that are left out are filled in with the first such time that is certainly after the dump. Without a zone, the
zone of the site is used. Words that are not understood make the result None; nothing is guessed.
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
"""Patterns of the parts of a time, in the order in which they are searched. Each match is cut out of the text."""
_FILLER = re.compile(r"\b(?:on|at|the|of|hours|hrs|until|from|release|for)\b|[\s,.;]+")


class EmbargoEnd(Struct, frozen=True, kw_only=True):
    """End of an embargo. `has_zone`: the wire named its time zone."""

    at: datetime
    has_zone: bool


def parse_embargo(words: str, seen: str, zone: ZoneInfo) -> EmbargoEnd | None:
    """Parse the words of an embargo; return None if they are not clear.

    `seen` is the time of the dump (ISO 8601, a day or a time), `zone` the zone of the site.
    """
    text = words.casefold().strip()
    if _ISO.fullmatch(text):
        return _parse_iso(text, zone)
    parts: dict[str, str] = {}
    for pattern in _PARTS:
        match = pattern.search(text)
        new = {name: value for name, value in match.groupdict().items() if value} if match else {}
        if match and parts.keys().isdisjoint(new.keys() - {"word"}):
            parts |= new
            text = f"{text[: match.start()]} {text[match.end() :]}"
    if not parts or _FILLER.sub("", text) or parts.keys() == {"zone"}:
        return None
    named = ZoneInfo(_ZONES[parts["zone"]]) if "zone" in parts else None
    try:
        return _end_of(_time_of(parts, _dump_time(seen, zone), named or zone, has_time=len(seen) > 10), named)
    except ValueError:
        return None


def _parse_iso(text: str, zone: ZoneInfo) -> EmbargoEnd | None:
    when = parse_when(text)
    if not when:
        return None
    clock = when[1] or time()
    return _end_of(moment_of(when[0], clock, zone), clock.tzinfo)


def _end_of(at: datetime, zone: tzinfo | None) -> EmbargoEnd:
    return EmbargoEnd(at=at, has_zone=zone is not None)


def _time_of(parts: dict[str, str], sent: datetime, zone: ZoneInfo, *, has_time: bool) -> datetime:
    """Return the time that the parts mean. Raises ValueError for a day or time that does not exist.

    `sent` is the time of the dump; with `has_time` its time of day is known.
    """
    day, clock = sent.date(), _clock_of(parts)
    if "month" in parts:
        return moment_of(_day_of(parts, day), clock, zone)
    if "weekday" in parts:
        days_ahead = (_DAYS.index(parts["weekday"]) - day.weekday()) % 7
        return moment_of(day + timedelta(days=days_ahead), clock, zone)
    if parts.get("word") in {"today", "tomorrow"}:
        return moment_of(day + timedelta(days=parts["word"] == "tomorrow"), clock, zone)
    at = moment_of(day, clock, zone)
    return at if has_time and at > sent else moment_of(day + timedelta(days=1), clock, zone)


def _day_of(parts: dict[str, str], sent: date) -> date:
    """Return the day with a month; without a year, the one nearest to the dump."""
    month, day = _MONTHS.index(parts["month"][:3]) + 1, int(parts["day"])
    if "year" in parts:
        return date(int(parts["year"]), month, day)
    return min((date(sent.year + n, month, day) for n in (-1, 0, 1)), key=lambda d: abs((d - sent).days))


def _clock_of(parts: dict[str, str]) -> time:
    if parts.get("word") in {"noon", "midnight"}:
        return time(12 if parts["word"] == "noon" else 0)
    hour = int(parts.get("hour", 0))
    if half := parts.get("half"):
        hour = hour % 12 + 12 * (half == "p")
    return time(hour, int(parts.get("minute", 0)))


def _dump_time(seen: str, zone: ZoneInfo) -> datetime:
    at = datetime.fromisoformat(seen)
    return at if at.tzinfo else at.replace(tzinfo=zone)
