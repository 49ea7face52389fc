"""Dumps that somebody drops into `content/dumps/` while the preview runs are imported once they are whole.

A dump that is still being copied is left alone until nothing has been written to it for a moment. The copies that
import itself keeps there are no news.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from digest.ingest import import_dumps
from digest.issues import Issue

QUIET_S = 1.0
Stat = tuple[int, int, int]


class DumpImporter:
    """The dumps of the site in `site`. `issues` are those of the last import of each dump that is still there."""

    def __init__(self, site: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._site, self._clock = site, clock
        self._waiting: dict[str, float] = {}
        self._taken: dict[str, Stat] = {}
        self._said: dict[str, tuple[Issue, ...]] = {}

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong with dumps."""
        return tuple(found for said in self._said.values() for found in said)

    def note_changes(self, paths: Iterable[str]) -> None:
        """Something was done to these dumps just now."""
        for path in paths:
            stat = self._stat(path)
            if stat is None:
                self._waiting.pop(path, None)
                self._said.pop(path, None)
            elif stat != self._taken.get(path):
                self._waiting[path] = self._clock() + QUIET_S

    def wait_s(self) -> float | None:
        """Seconds until the next dump may be whole; None: there is none."""
        return max(0.0, min(self._waiting.values()) - self._clock()) if self._waiting else None

    def import_ready(self) -> bool:
        """Imports what is whole; whether there was anything."""
        due = [path for path, until in self._waiting.items() if until <= self._clock()]
        if not due:
            return False
        for path in due:
            del self._waiting[path]
        report = import_dumps(self._site, [self._site / path for path in due])
        for path in due:
            self._said.pop(path, None)
        self._said[due[0]] = report.issues
        for path in (*due, *report.written):
            if (stat := self._stat(path)) is not None:
                self._taken[path] = stat
        return True

    def _stat(self, path: str) -> Stat | None:
        try:
            status = (self._site / path).stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino
