"""Events → batches of changes: one batch a save, one for a checkout of a thousand files.

A save is handed over as soon as it is whole, which is when every file that was begun is closed and nothing has happened
for a moment. The moment is short for one file, and longer where there is reason to believe that more is to come: a
page that just went (it may be on its way back under the same name), a file still being written, many files at once.
"""

import queue
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias

from digest.preview.watch.events import Change, Event, EventKind, coalesce

QUIET_S = 0.01
"""Without an event for so long, a save that is whole is over."""
QUIET_AFTER_DELETE_S = 0.08
"""The same, while a page is away: editors that put files aside take so long to put a new one there."""
QUIET_AFTER_BURST_S = 0.15
"""The same, when many paths changed."""
QUIET_WHILE_OPEN_S = 0.5
"""The same, while a file is open; where the system does not tell of closing, any file that was written counts."""
MAX_WAIT_S = 3.0
"""After so long a batch is handed over even if events go on."""
BURST_PATHS = 8
"""Paths that one save may well change."""

EventQueue: TypeAlias = queue.SimpleQueue[Event | None]

WAKE = Event(EventKind.MODIFIED, "")
"""Ends the wait without a change."""


def next_batch(events: EventQueue, timeout_s: float | None = None) -> Mapping[str, Change] | None:
    """The next changes that matter, once it has been quiet; none after the timeout or a wake, None when it ended."""
    end = None if timeout_s is None else time.monotonic() + timeout_s
    while True:
        try:
            event = events.get(timeout=None if end is None else max(0.0, end - time.monotonic()))
        except queue.Empty:
            return {}
        if event is None:
            return None
        if event is WAKE:
            return {}
        batch = Batch()
        batch.add(event)
        if batch.changes:
            return _rest(events, batch, time.monotonic)


def _rest(events: EventQueue, batch: "Batch", clock: Callable[[], float]) -> Mapping[str, Change] | None:
    end = clock() + MAX_WAIT_S
    quiet_from = clock()
    while (left := min(quiet_from + batch.quiet_s, end) - clock()) > 0:
        try:
            event = events.get(timeout=left)
        except queue.Empty:
            break
        if event is None:
            return None
        if batch.add(event):
            quiet_from = clock()
    return batch.changes


class Batch:
    """Events so far: what they come to, and how long to wait for the next."""

    def __init__(self) -> None:
        self.changes: dict[str, Change] = {}
        self._open: set[str] = set()

    def add(self, event: Event) -> bool:
        """Takes an event in; whether it says anything about what matters."""
        if event.kind is EventKind.CLOSED:
            was_open = event.path in self._open
            self._open.discard(event.path)
            return was_open
        found = coalesce([event])
        for path, change in found.items():
            self.changes.pop(path, None)
            self.changes[path] = change
            if change is Change.SAVED and not event.is_folder and event.kind is not EventKind.MOVED:
                self._open.add(path)
            else:
                self._open.discard(path)
        return bool(found)

    @property
    def quiet_s(self) -> float:
        """For how long nothing may happen, for this to be all."""
        if self._open:
            return QUIET_WHILE_OPEN_S
        if len(self.changes) > BURST_PATHS:
            return QUIET_AFTER_BURST_S
        return QUIET_AFTER_DELETE_S if Change.GONE in self.changes.values() else QUIET_S
