"""Import of dumps that somebody copies into `content/dumps/` while the preview runs.

A dump is imported once nothing has been written to it for `QUIET_S` seconds, so that a copy in progress is left alone.
The copies that the import itself stores in the folder are ignored.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from digest.ingest import import_dumps
from digest.issues import Issue

QUIET_S = 1.0
Stat = tuple[int, int, int]
"""Size, mtime in nanoseconds and inode of a file."""


class DumpImporter:
    """Imports new dumps of the site in `site`."""

    def __init__(self, site: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._site, self._clock = site, clock
        self._ready_at: dict[str, float] = {}
        self._imported: dict[str, Stat] = {}
        self._issues: dict[str, tuple[Issue, ...]] = {}

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Issues of the last import of each dump that still exists."""
        return tuple(issue for issues in self._issues.values() for issue in issues)

    def note_changes(self, paths: Iterable[str]) -> None:
        """Record that these dumps were written or deleted just now."""
        for path in paths:
            stat = self._stat(path)
            if stat is None:
                self._ready_at.pop(path, None)
                self._issues.pop(path, None)
            elif stat != self._imported.get(path):
                self._ready_at[path] = self._clock() + QUIET_S

    def wait_s(self) -> float | None:
        """Return the seconds until the next dump may be imported; None if there is none."""
        return max(0.0, min(self._ready_at.values()) - self._clock()) if self._ready_at else None

    def import_ready(self) -> bool:
        """Import the dumps whose quiet period is over. Return false if there are none."""
        ready = [path for path, time_s in self._ready_at.items() if time_s <= self._clock()]
        if not ready:
            return False
        for path in ready:
            del self._ready_at[path]
        report = import_dumps(self._site, [self._site / path for path in ready])
        for path in ready:
            self._issues.pop(path, None)
        self._issues[ready[0]] = report.issues
        for path in (*ready, *report.written):
            if (stat := self._stat(path)) is not None:
                self._imported[path] = stat
        return True

    def _stat(self, path: str) -> Stat | None:
        try:
            status = (self._site / path).stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino
