"""The next instant at which the output changes, as a line for whatever runs the build then."""

import shlex
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

BUILD = "digest build --site"


def cron(at: datetime, site: str) -> str:
    """A line of a crontab: cron reads it in the zone of its machine, and rounds to minutes."""
    local = _whole_minute(at).astimezone()
    return f"{local.minute} {local.hour} {local.day} {local.month} * {BUILD} {shlex.quote(site)}"


def systemd(at: datetime, site: str) -> str:
    """A command that arms a timer once; see systemd.time(7) for the moment."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"systemd-run --user --on-calendar={shlex.quote(moment)} {BUILD} {shlex.quote(site)}"


def ci(at: datetime, site: str) -> str:  # noqa: ARG001 - a workflow runs in the site's own checkout
    """An entry of `on: schedule:` of GitHub and Forgejo workflows, which read it in UTC."""
    moment = _whole_minute(at).astimezone(UTC)
    return f'- cron: "{moment.minute} {moment.hour} {moment.day} {moment.month} *"  # {moment:%Y-%m-%dT%H:%MZ}'


FORMATS: dict[str, Callable[[datetime, str], str]] = {"cron": cron, "systemd": systemd, "ci": ci}


def _whole_minute(at: datetime) -> datetime:
    """The minute that has begun when `at` has passed."""
    return at if not (at.second or at.microsecond) else at.replace(second=0, microsecond=0) + timedelta(minutes=1)
