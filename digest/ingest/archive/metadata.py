"""Time, source and archive name of a dump.

Time: the option `--at`, else the file name, else the file's mtime with a warning. Source: the option `--source`, else
the part of the file name after the date, else the only agency in the bylines. The archive name states both again.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import PurePath
from zoneinfo import ZoneInfo

from msgspec import Struct

from digest.content.fields.times import parse_when
from digest.ingest.archive.sources import DumpInput
from digest.issues import Issue, issue
from digest.wire import parse_dump_name

SUFFIX = ".txt"


class DumpTime(Struct, frozen=True, kw_only=True):
    """Time of a dump: the day as written and, if known, the time of day, with its zone if known.

    `is_guess`: nothing stated the time, so the file's mtime was used.
    """

    day: date
    clock: time | None = None
    is_guess: bool = False

    @property
    def seen(self) -> str:
        """The value of `wire.seen` in pages: ISO 8601, a day or a time to the minute."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock).isoformat(timespec="minutes")

    def moment(self, zone: ZoneInfo) -> datetime:
        """Return a time to sort by: a day without a time counts as midnight in `zone`, the zone of the site."""
        at = datetime.combine(self.day, self.clock or time())
        return at if at.tzinfo else at.replace(tzinfo=zone)


def dump_time_of(dump: DumpInput, at: str, zone: ZoneInfo) -> tuple[DumpTime, tuple[Issue, ...]]:
    """Return the time of a dump and warnings. `at` wins if it is a valid time; `zone` is the zone of the site."""
    if when := parse_when(at):
        return DumpTime(day=when[0], clock=when[1]), ()
    if parsed := parse_dump_name(dump.name):
        return DumpTime(day=parsed.day, clock=parsed.time), ()
    local = (dump.modified or datetime.now(zone)).astimezone(zone)
    guess = DumpTime(day=local.date(), clock=_with_offset(local), is_guess=True)
    message = f"no time in the file name and no `--at`: the file's modification time {guess.seen} is used"
    hint = "give `--at`, or put a date such as 2026-02-05T1410 into the file name"
    return guess, (issue("dump-time-guessed", dump.label, message, hint),)


def source_of(dump: DumpInput, chosen: str, agencies: Sequence[str]) -> tuple[str, tuple[Issue, ...]]:
    """Return the sender of a dump; an empty string and an issue if it is unknown.

    `chosen` is the option `--source`, `agencies` those in the bylines of the dump.
    """
    parsed = parse_dump_name(dump.name)
    only = agencies[0] if len(agencies) == 1 else ""
    if source := chosen or (parsed.source if parsed else "") or only:
        return source, ()
    hint = "give `--source`, or put it behind the date in the file name, such as 2026-03-10-nw-utc.txt"
    return "", (issue("dump-source-unknown", dump.label, "the source of this dump is unknown", hint),)


def copy_name(dump: DumpInput, time: DumpTime, source: str, chosen: str) -> str:
    """Return the name for a dump's copy: its own name if that states time and source, else one made of these."""
    own = parse_dump_name(dump.name)
    if own and PurePath(dump.name).suffix.lower() == SUFFIX and not dump.name.startswith("."):
        same_time = (own.day, own.time) == (time.day, _without_zone(time))
        if same_time and (not chosen or own.source == chosen.upper()):
            return dump.name
    clock = f"T{time.clock:%H%M}" if time.clock else ""
    words = re.sub(r"[^\w.&]+", "-", source.lower()).strip("-.")
    return f"{time.day}{clock}{'-' if words else ''}{words}{SUFFIX}"


def is_same_dump(copy: str, dump: DumpInput, time: DumpTime, chosen: str) -> bool:
    """Return True if a dump with the content of a copy is that dump, not another one with another time or source."""
    archived, own = parse_dump_name(copy), parse_dump_name(dump.name)
    source = chosen.upper() or (own.source if own else "")
    if archived is None or (source and archived.source and source != archived.source):
        return False
    return time.is_guess or (archived.day, archived.time) == (time.day, _without_zone(time))


def numbered_name(name: str, number: int) -> str:
    """Return `name(2).txt` for number 2, and so on; `parse_dump_name` ignores the number."""
    return name if number == 1 else f"{PurePath(name).stem}({number}){SUFFIX}"


def _without_zone(seen: DumpTime) -> time | None:
    return seen.clock.replace(tzinfo=None) if seen.clock else None


def _with_offset(moment: datetime) -> time:
    """Return the time of day to the minute, with the UTC offset of its day."""
    offset = moment.strftime("%z")
    return time.fromisoformat(f"{moment:%H:%M}{offset[:3]}:{offset[3:5]}")
