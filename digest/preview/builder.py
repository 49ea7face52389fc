"""Builds the preview's output again and again, and says what browsers must know of it."""

import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from digest import config
from digest.builder import Audience, BuildRequest, Changes, Report, ResidentBuilder, available_cpus
from digest.issues import Issue, in_order
from digest.preview.dump_import import DumpImporter
from digest.preview.server.live_events import MAX_PATHS, BuildEvent
from digest.preview.server.overlay import overlay_issues
from digest.preview.watch.events import is_dump

OUTPUT = ".digest/preview"

IDLE_S = 0.25
"""After so long without a change, long pages that were put off are drawn."""

Clock = Callable[[], datetime]
OnIssues = Callable[[tuple[Issue, ...]], None]
OnError = Callable[[Exception], Issue]


class Builder:
    """The builds of one run. `clock` gives the moment to show; `told` hears the issues whenever they are others.

    `failed` makes an issue of a bug of ours: it must not end a preview that somebody works with.
    """

    def __init__(self, site: Path, clock: Clock, on_issues: OnIssues, on_error: OnError) -> None:
        self.output = site / OUTPUT
        self.base_path = config.load(site)[0].base_path
        self._site, self._clock, self._told, self._failed = site, clock, on_issues, on_error
        self._settings = config.load(site)[0]
        self._workshop = ResidentBuilder(
            BuildRequest(
                site=site,
                output=self.output,
                audience=Audience.PREVIEW,
                now=clock(),
                jobs=available_cpus(),
            )
        )
        self._dumps = DumpImporter(site)
        self._run, self._epoch = secrets.token_hex(4), 0
        self._issues: tuple[Issue, ...] = ()
        self._next: datetime | None = None
        self._shown: datetime | None = None

    def show_as_of(self, moment: datetime | None) -> None:
        """Builds from now on as of a moment, which has no zone when it is the site's; None: as of now."""
        zone = config.load(self._site)[0].zone
        self._shown = moment.replace(tzinfo=zone) if moment and not moment.tzinfo else moment

    def build(self, changed_paths: Collection[str] | None = None) -> BuildEvent:
        """Brings the output up to date. When that fails the epoch stays, as the output does.

        `changed` are paths of the site, if it is known that no other changed since the last build.
        """
        self._dumps.note_changes(filter(is_dump, changed_paths or ()))
        self._dumps.import_ready()
        report = self._report(None if changed_paths is None else [path for path in changed_paths if not is_dump(path)])
        if changed_paths is None or config.NAME in changed_paths:
            self._settings = config.load(self._site)[0]
        self._next = report.next_change
        if report.ok:
            self.base_path = self._settings.base_path
            self._epoch += report.changes != Changes()
        issues = in_order((*report.issues, *self._dumps.issues))
        if issues != self._issues:
            self._told(issues)
            self._issues = issues
        return replace(
            self._news(report.changes),
            issues=overlay_issues(issues, self._site, self._settings.preview.editor),
            clock=_minute(self._shown, self._settings.zone),
            next=_minute(self._next, self._settings.zone),
        )

    def prepare(self) -> None:
        """Gets ready for the next build, while nobody waits."""
        self._workshop.prepare(self._shown or self._clock())

    def close(self) -> None:
        """No more builds."""
        self._workshop.close()

    def wait_s(self) -> float | None:
        """Seconds until the site changes by itself; None: never. At least one: a clock may stand still."""
        waits = [] if (due := self._dumps.wait_s()) is None else [due]
        if self._workshop.has_deferred:
            waits.append(IDLE_S)
        if self._next and not self._shown:
            waits.append(max(1.0, (self._next - self._clock()).total_seconds()))
        return min(waits, default=None)

    def _news(self, changes: Changes) -> BuildEvent:
        """The news of a build, with addresses as a browser has them."""
        epoch = f"{self._run}-{self._epoch}"
        if len(changes.changed) + len(changes.removed) > MAX_PATHS:
            return BuildEvent(epoch=epoch, everything=True, assets=self._here(changes.assets))
        here = self._here
        return BuildEvent(
            epoch=epoch,
            changed=here(changes.changed),
            moved=dict(zip(here(changes.moved), here(changes.moved.values()), strict=True)),
            removed=here(changes.removed),
            assets=here(changes.assets),
        )

    def _here(self, paths: Iterable[str]) -> tuple[str, ...]:
        """As `location.pathname` has them."""
        return tuple(quote(self.base_path.rstrip("/") + path, safe="/!$&'()*+,:;=@~") for path in paths)

    def _report(self, changed: Collection[str] | None) -> Report:
        try:
            return self._workshop.build(self._shown or self._clock(), changed)
        except Exception as error:  # noqa: BLE001 - a bug of ours is shown, and the next save may work again
            return Report(ok=False, issues=(self._failed(error),))


def _minute(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes") if moment else ""
