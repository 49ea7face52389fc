"""When a dump was seen and who sent it, and the name of its copy, which says both again.

Time: what the caller says, else the name's, else the file's own with a warning. Source: what the caller says, else the
name's part after the date, else the dump's only byline agency.
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
    """The day as written, and the time of day if that is known, with its zone if that is.

    `guessed`: nothing said it, the file's own time was taken.
    """

    day: date
    clock: time | None = None
    is_guess: bool = False

    @property
    def seen(self) -> str:
        """As pages say it: a day, or a moment to the minute."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock).isoformat(timespec="minutes")

    def moment(self, zone: ZoneInfo) -> datetime:
        """For putting dumps in order: a day alone begins with its first moment."""
        at = datetime.combine(self.day, self.clock or time())
        return at if at.tzinfo else at.replace(tzinfo=zone)


def dump_time_of(dump: DumpInput, at: str, zone: ZoneInfo) -> tuple[DumpTime, tuple[Issue, ...]]:
    """When a dump was seen; `at`, if it is a time at all, is obeyed."""
    if when := parse_when(at):
        return DumpTime(day=when[0], clock=when[1]), ()
    if named := parse_dump_name(dump.name):
        return DumpTime(day=named.day, clock=named.time), ()
    local = (dump.modified or datetime.now(zone)).astimezone(zone)
    stamp = DumpTime(day=local.date(), clock=_with_offset(local), is_guess=True)
    message = f"no time in its name and no `--at`: the file's own time, {stamp.seen}, was taken"
    hint = "say `--at`, or put a date such as 2026-02-05T1410 into the name"
    return stamp, (issue("dump-time-guessed", dump.label, message, hint),)


def source_of(dump: DumpInput, chosen: str, agencies: Sequence[str]) -> tuple[str, tuple[Issue, ...]]:
    """Who sent a dump; empty with an issue where nothing says so."""
    named = parse_dump_name(dump.name)
    only = agencies[0] if len(agencies) == 1 else ""
    if source := chosen or (named.source if named else "") or only:
        return source, ()
    message = "nothing says who sent this dump"
    hint = "say `--source`, or put it behind the date in the name, such as 2026-03-10-nw-utc.txt"
    return "", (issue("dump-source-unknown", dump.label, message, hint),)


def copy_name(dump: DumpInput, time: DumpTime, source: str, chosen: str) -> str:
    """The name of a dump's copy: its own where that says all, else one made of time and source."""
    own = parse_dump_name(dump.name)
    if own and PurePath(dump.name).suffix.lower() == SUFFIX and not dump.name.startswith("."):
        same_time = (own.day, own.time) == (time.day, time.clock.replace(tzinfo=None) if time.clock else None)
        if same_time and (not chosen or own.source == chosen.upper()):
            return dump.name
    clock = f"T{time.clock:%H%M}" if time.clock else ""
    words = re.sub(r"[^\w.&]+", "-", source.lower()).strip("-.")
    return f"{time.day}{clock}{'-' if words else ''}{words}{SUFFIX}"


def is_same_dump(copy: str, dump: DumpInput, time: DumpTime, chosen: str) -> bool:
    """Whether a dump with the content of a copy is that dump: unless it is said to be of another time or source."""
    kept, own = parse_dump_name(copy), parse_dump_name(dump.name)
    source = chosen.upper() or (own.source if own else "")
    if kept is None or (source and kept.source and source != kept.source):
        return False
    same_time = (kept.day, kept.time) == (time.day, time.clock.replace(tzinfo=None) if time.clock else None)
    return same_time or time.is_guess


def numbered_name(name: str, number: int) -> str:
    """A second, third … name for a copy; `name_of` reads it like the first."""
    return name if number == 1 else f"{PurePath(name).stem}({number}){SUFFIX}"


def _with_offset(moment: datetime) -> time:
    """The time of day to the minute, with the offset from UTC that it has on its day."""
    offset = moment.strftime("%z")
    return time.fromisoformat(f"{moment:%H:%M}{offset[:3]}:{offset[3:5]}")
