"""Watches what a build reads of a site: the file system's events, in our words, into a queue."""

import errno
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from digest.content.store.scan import CONTENT_FOLDER as CONTENT
from digest.preview.watch.batches import WAKE, EventQueue
from digest.preview.watch.events import FOLDERS, Event, EventKind

if sys.platform == "linux":
    from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

    # How long the first half of a rename is held back for the second. Both come at once, but whoever waits for the
    # first sleeps all of this: half a second for every save by rename. Halves that were parted are put together by us.
    # No observer or emitter takes it as a parameter; nothing else in this process watches files.
    InotifyMoveEventGrouper.delay = 0.005

POLL_S = 1.0
_LIMITS = (errno.ENOSPC, errno.EMFILE)
_OURS = ".digest"


class Watcher:
    """The events of a site's folders, through inotify and its like, or by polling where the system has no more watches.

    `limited` is called when it comes to that.
    """

    def __init__(self, site: Path, on_polling: Callable[[], None]) -> None:
        self._site, self._limited, self.events = site, on_polling, EventQueue()
        self._watches: dict[str, tuple[ObservedWatch, int]] = {}
        # Folders that come one in the other are noticed twice by watchdog, which says so in a thread of its own, where
        # no context reaches it, and goes on: of its own modules alone, this is not heard.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")
        self._observer: BaseObserver = Observer()
        try:
            self._observer.start()
            self._schedule_all()
        except OSError as error:
            self._fall_back(error)

    def update_watches(self, changed_paths: Iterable[str]) -> None:
        """Watches folders that have come, and looks away from those that went: called after each batch."""
        if all(Path(path).suffix for path in changed_paths):
            return
        try:
            for name in self._wanted():
                # What was put into the folder before it was watched made no event of its own.
                self.events.put(Event(EventKind.CREATED, name, is_folder=True))
            self._probe()
        except OSError as error:
            self._fall_back(error)

    def wake(self) -> None:
        """Hands over a batch without a change."""
        self.events.put(WAKE)

    def close(self) -> None:
        """Ends the watch; whoever waits for a change is told."""
        self._end_observer()
        self.events.put(None)

    def _schedule_all(self) -> None:
        self._watches.clear()
        self._observer.schedule(_Handler(self._site, "", self.events), str(self._site), recursive=False)
        self._wanted()
        self._probe()

    def _wanted(self) -> list[str]:
        """Watches every folder that there is; those that were not watched before."""
        there = {name: self._site / name for name in FOLDERS if (self._site / name).is_dir()}
        there |= linked_folders(self._site / CONTENT, CONTENT)
        new = []
        for name in {*there, *self._watches}:
            inode = there[name].stat().st_ino if name in there else 0
            if name in self._watches and self._watches[name][1] != inode:
                self._observer.unschedule(self._watches.pop(name)[0])
            if name in there and name not in self._watches:
                handler = _Handler(there[name], name, self.events)
                self._watches[name] = self._observer.schedule(handler, str(there[name]), recursive=True), inode
                new.append(name)
        return new

    def _probe(self) -> None:
        """One watch more, which nobody needs: watchdog does not say when it could not watch a folder in a folder."""
        folder = self._site / _OURS
        folder.mkdir(exist_ok=True)
        self._observer.unschedule(self._observer.schedule(_Handler(folder, _OURS, self.events), str(folder)))

    def _fall_back(self, error: OSError) -> None:
        """Polls instead, when there are no more watches."""
        self._end_observer()
        if error.errno not in _LIMITS:
            raise error
        self._observer = PollingObserver(timeout=POLL_S)
        self._schedule_all()
        self._observer.start()
        self._limited()

    def _end_observer(self) -> None:
        self._observer.stop()
        if self._observer.ident is not None:
            self._observer.join()


def linked_folders(folder: Path, name: str) -> dict[str, Path]:
    """Links to folders below `folder`, as paths below `name` → where they lead.

    A folder is entered once, however many links lead to it: no link makes a loop.
    """
    found: dict[str, Path] = {}
    entered, waiting = set[int](), [(folder, name)]
    links: list[tuple[Path, str]] = []
    while waiting or links:
        here, name = waiting.pop() if waiting else links.pop()
        try:
            entries = list(os.scandir(here))
            inode = here.stat().st_ino
        except OSError:
            continue
        if inode in entered:
            continue
        entered.add(inode)
        if here.is_symlink():
            found[name] = here.resolve()
        below = [e for e in entries if not e.name.startswith(".") and e.is_dir()]
        waiting += [(here / e.name, f"{name}/{e.name}") for e in below if not e.is_symlink()]
        links += [(here / e.name, f"{name}/{e.name}") for e in below if e.is_symlink()]
    return found


class _Handler(FileSystemEventHandler):
    """Puts what watchdog says of a folder into the queue, in our words; `name` is the folder's path in the site."""

    def __init__(self, folder: Path, name: str, events: EventQueue) -> None:
        self._folder, self._name, self._events = folder, name, events

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Opening a file is no change; all others are passed on."""
        if event.event_type in set(EventKind):
            path, to = self._relative(event.src_path), self._relative(event.dest_path)
            folder = event.is_directory or (event.event_type != EventKind.MODIFIED and self._is_folder(event))
            self._events.put(Event(EventKind(event.event_type), path, to, folder))

    def _is_folder(self, event: FileSystemEvent) -> bool:
        """Whether what came is a link to a folder: the system calls that a file."""
        path = os.fsdecode(event.dest_path or event.src_path)
        return not path.endswith(".md") and Path(path).is_dir()

    def _relative(self, path: bytes | str) -> str:
        whole = Path(os.fsdecode(path))
        if not path or not whole.is_relative_to(self._folder):
            return ""
        return Path(self._name, whole.relative_to(self._folder)).as_posix()
