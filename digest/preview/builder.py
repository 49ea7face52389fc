"""Builds the preview's output again and again, and says what browsers must know of it."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from digest import config
from digest.build import Audience, BuildRequest, Changes, Report, build, cores
from digest.issues import Issue
from digest.preview.hub import MOST, News
from digest.preview.overlay import shown

OUTPUT = ".digest/preview"

Clock = Callable[[], datetime]
Told = Callable[[tuple[Issue, ...]], None]
Failed = Callable[[Exception], Issue]


class Builder:
    """The builds of one run. `clock` gives the moment to show; `told` hears the issues whenever they are others.

    `failed` makes an issue of a bug of ours: it must not end a preview that somebody works with.
    """

    def __init__(self, site: Path, clock: Clock, told: Told, failed: Failed) -> None:
        self.output = site / OUTPUT
        self.base_path = config.load(site)[0].base_path
        self._site, self._clock, self._told, self._failed = site, clock, told, failed
        self._run, self._epoch = secrets.token_hex(4), 0
        self._issues: tuple[Issue, ...] = ()
        self._next: datetime | None = None
        self._shown: datetime | None = None

    def show(self, moment: datetime | None) -> None:
        """Builds from now on as of a moment, which has no zone when it is the site's; None: as of now."""
        zone = config.load(self._site)[0].zone
        self._shown = moment.replace(tzinfo=zone) if moment and not moment.tzinfo else moment

    def build(self) -> News:
        """Brings the output up to date. When that fails the epoch stays, as the output does."""
        report = self._report()
        settings = config.load(self._site)[0]
        self._next = report.next_change
        if report.ok:
            self.base_path = settings.base_path
            self._epoch += report.changes != Changes()
        if report.issues != self._issues:
            self._told(report.issues)
            self._issues = report.issues
        return replace(
            self._news(report.changes),
            issues=shown(report.issues, self._site, settings.preview.editor),
            clock=_minute(self._shown, settings.zone),
            next=_minute(self._next, settings.zone),
        )

    def patience_s(self) -> float | None:
        """Seconds until the site changes by itself; None: never. At least one: a clock may stand still."""
        if self._shown or not self._next:
            return None
        return max(1.0, (self._next - self._clock()).total_seconds())

    def _news(self, changes: Changes) -> News:
        """The news of a build, with addresses as a browser has them."""
        epoch = f"{self._run}-{self._epoch}"
        if len(changes.changed) + len(changes.removed) > MOST:
            return News(epoch=epoch, everything=True)
        here = self._here
        return News(
            epoch=epoch,
            changed=here(changes.changed),
            moved=dict(zip(here(changes.moved), here(changes.moved.values()), strict=True)),
            removed=here(changes.removed),
            assets=here(changes.assets),
        )

    def _here(self, paths: Iterable[str]) -> tuple[str, ...]:
        """As `location.pathname` has them."""
        return tuple(quote(self.base_path.rstrip("/") + path, safe="/!$&'()*+,:;=@~") for path in paths)

    def _report(self) -> Report:
        request = BuildRequest(
            site=self._site,
            output=self.output,
            audience=Audience.PREVIEW,
            now=self._shown or self._clock(),
            jobs=cores(),
        )
        try:
            return build(request)
        except Exception as error:  # noqa: BLE001 - a bug of ours is shown, and the next save may work again
            return Report(ok=False, issues=(self._failed(error),))


def _minute(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes") if moment else ""
