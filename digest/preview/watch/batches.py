"""Group events into batches of changes: one batch for one save, one for a checkout of a thousand files.

A batch ends when every file that was opened for writing is closed and no event arrives for a quiet period. The quiet
period is short for a single file. It is longer where more events are likely: after a page was deleted (an editor may
be about to create it again under the same name), while a file is still open, and when many files change at once.
"""

import queue
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias

from digest.preview.watch.events import Change, Event, EventKind, coalesce

QUIET_S = 0.01
"""Quiet period after a single save."""
QUIET_AFTER_DELETE_S = 0.08
"""Quiet period while a page is missing: editors that move the old file away need this time to write the new one."""
QUIET_AFTER_BURST_S = 0.15
"""Quiet period after changes of more than `BURST_PATHS` paths."""
QUIET_WHILE_OPEN_S = 0.5
"""Quiet period while a file is open. On systems without close events, every file that was written counts as open."""
MAX_WAIT_S = 3.0
"""Longest time that a batch collects events, even if they go on."""
BURST_PATHS = 8
"""Number of paths that a single save may change."""

EventQueue: TypeAlias = queue.SimpleQueue[Event | None]
"""Events in the order in which they happened; None ends the watch."""

WAKE = Event(EventKind.MODIFIED, "")
"""Event that ends the wait for a batch without a change."""


def next_batch(events: EventQueue, timeout_s: float | None = None) -> Mapping[str, Change] | None:
    """Wait for the next batch of changes.

    Return an empty mapping after `timeout_s` seconds or a `WAKE`, and None when the watch has ended.
    """
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
            return _complete(events, batch, time.monotonic)


def _complete(events: EventQueue, batch: "Batch", clock: Callable[[], float]) -> Mapping[str, Change] | None:
    """Add events to a batch until its quiet period is over."""
    end = clock() + MAX_WAIT_S
    quiet_since = clock()
    while (remaining_s := min(quiet_since + batch.quiet_s, end) - clock()) > 0:
        try:
            event = events.get(timeout=remaining_s)
        except queue.Empty:
            break
        if event is None:
            return None
        if batch.add(event):
            quiet_since = clock()
    return batch.changes


class Batch:
    """Changes collected so far, and the quiet period after which they are complete."""

    def __init__(self) -> None:
        self.changes: dict[str, Change] = {}
        self._open: set[str] = set()

    def add(self, event: Event) -> bool:
        """Add an event. Return true if it concerns a path that a build reads."""
        if event.kind is EventKind.CLOSED:
            was_open = event.path in self._open
            self._open.discard(event.path)
            return was_open
        changes = coalesce([event])
        for path, change in changes.items():
            self.changes.pop(path, None)
            self.changes[path] = change
            if change is Change.SAVED and not event.is_folder and event.kind is not EventKind.MOVED:
                self._open.add(path)
            else:
                self._open.discard(path)
        return bool(changes)

    @property
    def quiet_s(self) -> float:
        """Seconds without an event after which the batch is complete."""
        if self._open:
            return QUIET_WHILE_OPEN_S
        if len(self.changes) > BURST_PATHS:
            return QUIET_AFTER_BURST_S
        return QUIET_AFTER_DELETE_S if Change.GONE in self.changes.values() else QUIET_S
