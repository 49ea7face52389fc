"""The only module that asks what time it is; everything else is told."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.cli.process.abort import misuse


def now_of(asked: str | None, zone: ZoneInfo) -> datetime:
    """The moment asked for in ISO 8601, in the site's zone unless it names one; without one, the clock's."""
    if asked is None:
        return datetime.now(UTC).astimezone(zone)
    return moment_of(asked, zone, "--now")


def moment_of(asked: str, zone: ZoneInfo, option: str) -> datetime:
    """A moment that an option names, with a zone."""
    try:
        moment = datetime.fromisoformat(asked.strip())
    except ValueError as error:
        hint = "write it such as 2026-02-05T14:10, 2026-02-05T14:10+01:00 or 2026-02-05"
        message = f"`{option} {asked}` is no moment"
        raise misuse(message, hint) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
