"""The clock: the only module that reads the time; all others receive it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.cli.process.abort import misuse


def now_of(asked: str | None, zone: ZoneInfo) -> datetime:
    """Return the time of `--now` (ISO 8601, by default in the zone of the site), else the current time."""
    if asked is None:
        return datetime.now(UTC).astimezone(zone)
    return moment_of(asked, zone, "--now")


def moment_of(asked: str, zone: ZoneInfo, option: str) -> datetime:
    """Return the time that an option names, with a zone. Raises Stop for an invalid one."""
    try:
        moment = datetime.fromisoformat(asked.strip())
    except ValueError as error:
        hint = "write it such as 2026-02-05T14:10, 2026-02-05T14:10+01:00 or 2026-02-05"
        message = f"`{option} {asked}` is no moment"
        raise misuse(message, hint) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
