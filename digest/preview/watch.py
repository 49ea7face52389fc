"""Watches what a build reads of a site, and hands over changes when it has been quiet for a moment."""

import errno
import os
import queue
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from digest.preview.changes import FOLDERS, Change, Event, What, coalesce

QUIET_S = 0.03
"""Without an event for so long, a save is over."""
LONGEST_S = 0.5
"""After so long a batch is handed over even if events go on."""
POLL_S = 1.0
_LIMITS = (errno.ENOSPC, errno.EMFILE)

Events: TypeAlias = queue.SimpleQueue[Event | None]
_NOTHING = Event(What.MODIFIED, "")


class Watcher:
    """The events of a site's folders, through inotify and its like, or by polling where the system has no more watches.

    `polling` says that it came to that.
    """

    def __init__(self, site: Path) -> None:
        self._site, self.events = site, Events()
        self._handler = _Handler(site, self.events)
        self._watches: dict[str, tuple[ObservedWatch, int]] = {}
        self._observer, self.polling = _started(self._schedule_all)

    def follow(self) -> None:
        """Watches folders that have come, and looks away from those that went: called after each batch."""
        for name in FOLDERS:
            folder, known = self._site / name, self._watches.get(name)
            there = folder.stat().st_ino if folder.is_dir() else 0
            if known and known[1] != there:
                self._observer.unschedule(known[0])
                del self._watches[name]
            if there and name not in self._watches:
                self._schedule(self._observer, name, there)
                # What was put into the folder before it was watched made no event of its own.
                self.events.put(Event(What.CREATED, name, folder=True))

    def wake(self) -> None:
        """Hands over a batch without a change."""
        self.events.put(_NOTHING)

    def close(self) -> None:
        """Ends the watch; whoever waits for a change is told."""
        self._observer.stop()
        self._observer.join()
        self.events.put(None)

    def _schedule_all(self, observer: BaseObserver) -> None:
        self._watches.clear()
        observer.schedule(self._handler, str(self._site), recursive=False)
        for name in FOLDERS:
            if (self._site / name).is_dir():
                self._schedule(observer, name, (self._site / name).stat().st_ino)

    def _schedule(self, observer: BaseObserver, name: str, inode: int) -> None:
        self._watches[name] = observer.schedule(self._handler, str(self._site / name), recursive=True), inode


def _started(schedule: Callable[[BaseObserver], None]) -> tuple[BaseObserver, bool]:
    observer: BaseObserver = Observer()
    try:
        observer.start()
        schedule(observer)
    except OSError as error:
        observer.stop()
        if error.errno not in _LIMITS:
            raise
        observer = PollingObserver(timeout=POLL_S)
        schedule(observer)
        observer.start()
        return observer, True
    return observer, False


class _Handler(FileSystemEventHandler):
    """Puts what watchdog says into the queue, in our words."""

    def __init__(self, site: Path, events: Events) -> None:
        self._site, self._events = site, events

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Opening and closing are no changes; all others are passed on."""
        if event.event_type in set(What):
            path, to = self._relative(event.src_path), self._relative(event.dest_path)
            self._events.put(Event(What(event.event_type), path, to, event.is_directory))

    def _relative(self, path: bytes | str) -> str:
        whole = Path(os.fsdecode(path))
        return whole.relative_to(self._site).as_posix() if whole.is_relative_to(self._site) else ""


def changes(events: Events, timeout_s: float | None = None) -> Mapping[str, Change] | None:
    """The next changes that matter, once it has been quiet; none after the timeout or a wake, None when it ended."""
    end = None if timeout_s is None else time.monotonic() + timeout_s
    while True:
        try:
            first = events.get(timeout=None if end is None else max(0.0, end - time.monotonic()))
        except queue.Empty:
            return {}
        if first is None:
            return None
        if first is _NOTHING:
            return {}
        found = coalesce([first])
        if found:
            return _rest(events, first)


def _rest(events: Events, first: Event) -> Mapping[str, Change] | None:
    batch, end = [first], time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        try:
            event = events.get(timeout=QUIET_S)
        except queue.Empty:
            break
        if event is None:
            return None
        batch.append(event)
    return coalesce(batch)
