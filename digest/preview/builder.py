"""Builds of the preview: runs one build after another and describes each to the browsers as a `BuildEvent`."""

import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from digest import config
from digest.builder import Audience, BuildRequest, Changes, Report, ResidentBuilder, available_cpus
from digest.issues import Issue, sort_issues
from digest.preview.dump_import import DumpImporter
from digest.preview.server.live_events import MAX_PATHS, BuildEvent
from digest.preview.server.overlay import overlay_issues
from digest.preview.watch.events import is_dump

OUTPUT = ".digest/preview"

IDLE_S = 0.25
"""Seconds without a change after which a deferred page is rendered."""

Clock = Callable[[], datetime]
OnIssues = Callable[[tuple[Issue, ...]], None]
OnError = Callable[[Exception], Issue]


class Builder:
    """Builds the preview's output for one run of `digest serve`.

    `clock` returns the time to show. `on_issues` is called whenever the issues differ from those of the build before.
    `on_error` turns an unexpected exception into an issue: a bug must not end a preview that an editor works with.
    """

    def __init__(self, site: Path, clock: Clock, on_issues: OnIssues, on_error: OnError) -> None:
        self.output = site / OUTPUT
        self.base_path = config.load(site)[0].base_path
        self._site, self._clock, self._on_issues, self._on_error = site, clock, on_issues, on_error
        self._config = config.load(site)[0]
        self._resident = ResidentBuilder(
            BuildRequest(
                site=site,
                output=self.output,
                audience=Audience.PREVIEW,
                now=clock(),
                jobs=available_cpus(),
            )
        )
        self._dumps = DumpImporter(site)
        self._run_id, self._epoch = secrets.token_hex(4), 0
        self._issues: tuple[Issue, ...] = ()
        self._next_change: datetime | None = None
        self._as_of: datetime | None = None

    def show_as_of(self, moment: datetime | None) -> None:
        """Build as of `moment` from now on, or as of the current time if None.

        A moment without a time zone is in the site's zone.
        """
        zone = config.load(self._site)[0].zone
        self._as_of = moment.replace(tzinfo=zone) if moment and not moment.tzinfo else moment

    def build(self, changed_paths: Collection[str] | None = None) -> BuildEvent:
        """Bring the output up to date. If the build fails, the output and the epoch stay as they are.

        Pass `changed_paths`, relative to the site, only if nothing else has changed since the last build.
        """
        self._dumps.note_changes(filter(is_dump, changed_paths or ()))
        self._dumps.import_ready()
        report = self._report(None if changed_paths is None else [path for path in changed_paths if not is_dump(path)])
        if changed_paths is None or config.CONFIG_FILE in changed_paths:
            self._config = config.load(self._site)[0]
        self._next_change = report.next_change
        if report.ok:
            self.base_path = self._config.base_path
            self._epoch += report.changes != Changes()
        issues = sort_issues((*report.issues, *self._dumps.issues))
        if issues != self._issues:
            self._on_issues(issues)
            self._issues = issues
        return replace(
            self._event(report.changes),
            issues=overlay_issues(issues, self._site, self._config.preview.editor),
            clock=_iso_minute(self._as_of, self._config.zone),
            next=_iso_minute(self._next_change, self._config.zone),
        )

    def prepare(self) -> None:
        """Load in advance what the next build needs, while nobody waits for it."""
        self._resident.prepare(self._as_of or self._clock())

    def close(self) -> None:
        """Release the resources of the builder."""
        self._resident.close()

    def wait_s(self) -> float | None:
        """Return the seconds until a build is due without a change of a file; None for never.

        A scheduled change is at least one second away, since the clock may stand still (`--now`).
        """
        waits = [] if (dump_s := self._dumps.wait_s()) is None else [dump_s]
        if self._resident.has_deferred:
            waits.append(IDLE_S)
        if self._next_change and not self._as_of:
            waits.append(max(1.0, (self._next_change - self._clock()).total_seconds()))
        return min(waits, default=None)

    def _event(self, changes: Changes) -> BuildEvent:
        epoch = f"{self._run_id}-{self._epoch}"
        if len(changes.changed) + len(changes.removed) > MAX_PATHS:
            return BuildEvent(epoch=epoch, everything=True, assets=self._url_paths(changes.assets))
        url_paths = self._url_paths
        return BuildEvent(
            epoch=epoch,
            changed=url_paths(changes.changed),
            moved=dict(zip(url_paths(changes.moved), url_paths(changes.moved.values()), strict=True)),
            removed=url_paths(changes.removed),
            assets=url_paths(changes.assets),
        )

    def _url_paths(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return paths of the output as a browser has them in `location.pathname`."""
        return tuple(quote(self.base_path.rstrip("/") + path, safe="/!$&'()*+,:;=@~") for path in paths)

    def _report(self, changed_paths: Collection[str] | None) -> Report:
        try:
            return self._resident.build(self._as_of or self._clock(), changed_paths)
        except Exception as error:  # noqa: BLE001 - a bug becomes an issue, and the next save may build again
            return Report(ok=False, issues=(self._on_error(error),))


def _iso_minute(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="minutes") if moment else ""
