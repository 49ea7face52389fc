"""File watcher: puts the file system events of a site's folders into a queue. Uses watchdog."""

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

    # watchdog holds the first half of a rename back until the second half arrives. Both arrive together, but watchdog
    # always sleeps for the whole delay: half a second for every save by rename. This class attribute is the only way
    # to set the delay, and no other code in this process watches files. `coalesce` joins halves that were separated.
    InotifyMoveEventGrouper.delay = 0.005

POLL_S = 1.0
_WATCH_LIMIT_ERRORS = (errno.ENOSPC, errno.EMFILE)
_CACHE_FOLDER = ".digest"


class Watcher:
    """Watches the folders of a site through inotify or its equivalent.

    Falls back to polling, and calls `on_polling`, where the system has no more file watches to give.
    """

    def __init__(self, site: Path, on_polling: Callable[[], None]) -> None:
        self._site, self._on_polling, self.events = site, on_polling, EventQueue()
        self._watches: dict[str, tuple[ObservedWatch, int]] = {}
        # When nested folders are created, watchdog may notice one twice. It warns in a thread of its own, where no
        # `warnings.catch_warnings` applies, and goes on. The filter covers watchdog's modules only.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")
        self._observer: BaseObserver = Observer()
        try:
            self._observer.start()
            self._watch_site()
        except OSError as error:
            self._fall_back(error)

    def update_watches(self, changed_paths: Iterable[str]) -> None:
        """Watch new folders and stop watching deleted ones. Call this after each batch."""
        if all(Path(path).suffix for path in changed_paths):
            return
        try:
            for name in self._watch_folders():
                # Files that were created before the folder was watched caused no event of their own.
                self.events.put(Event(EventKind.CREATED, name, is_folder=True))
            self._check_watch_limit()
        except OSError as error:
            self._fall_back(error)

    def wake(self) -> None:
        """End the wait for a batch without a change."""
        self.events.put(WAKE)

    def close(self) -> None:
        """Stop watching; `next_batch` then returns None."""
        self._stop_observer()
        self.events.put(None)

    def _watch_site(self) -> None:
        self._watches.clear()
        self._observer.schedule(_Handler(self._site, "", self.events), str(self._site), recursive=False)
        self._watch_folders()
        self._check_watch_limit()

    def _watch_folders(self) -> list[str]:
        """Watch every folder that exists. Return the names of those that were not watched before."""
        folders = {name: self._site / name for name in FOLDERS if (self._site / name).is_dir()}
        folders |= linked_folders(self._site / CONTENT, CONTENT)
        new = []
        for name in {*folders, *self._watches}:
            inode = folders[name].stat().st_ino if name in folders else 0
            if name in self._watches and self._watches[name][1] != inode:
                self._observer.unschedule(self._watches.pop(name)[0])
            if name in folders and name not in self._watches:
                handler = _Handler(folders[name], name, self.events)
                self._watches[name] = self._observer.schedule(handler, str(folders[name]), recursive=True), inode
                new.append(name)
        return new

    def _check_watch_limit(self) -> None:
        """Add and remove one more watch: watchdog hides that it could not watch a subfolder, but not this failure."""
        folder = self._site / _CACHE_FOLDER
        folder.mkdir(exist_ok=True)
        self._observer.unschedule(self._observer.schedule(_Handler(folder, _CACHE_FOLDER, self.events), str(folder)))

    def _fall_back(self, error: OSError) -> None:
        """Poll instead if the system has no more watches; raise any other error."""
        self._stop_observer()
        if error.errno not in _WATCH_LIMIT_ERRORS:
            raise error
        self._observer = PollingObserver(timeout=POLL_S)
        self._watch_site()
        self._observer.start()
        self._on_polling()

    def _stop_observer(self) -> None:
        self._observer.stop()
        if self._observer.ident is not None:
            self._observer.join()


def linked_folders(folder: Path, name: str) -> dict[str, Path]:
    """Return the symbolic links to folders below `folder`: path below `name` → target of the link.

    Each folder is entered once, however many links lead to it, so that links cannot form a loop.
    """
    targets: dict[str, Path] = {}
    visited, folders = set[int](), [(folder, name)]
    links: list[tuple[Path, str]] = []
    while folders or links:
        current, name = folders.pop() if folders else links.pop()
        try:
            entries = list(os.scandir(current))
            inode = current.stat().st_ino
        except OSError:
            continue
        if inode in visited:
            continue
        visited.add(inode)
        if current.is_symlink():
            targets[name] = current.resolve()
        subfolders = [e for e in entries if not e.name.startswith(".") and e.is_dir()]
        folders += [(current / e.name, f"{name}/{e.name}") for e in subfolders if not e.is_symlink()]
        links += [(current / e.name, f"{name}/{e.name}") for e in subfolders if e.is_symlink()]
    return targets


class _Handler(FileSystemEventHandler):
    """Converts watchdog's events of one folder to `Event`; `name` is the path of the folder in the site."""

    def __init__(self, folder: Path, name: str, events: EventQueue) -> None:
        self._folder, self._name, self._events = folder, name, events

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Queue every event but the opening of a file, which is no change."""
        if event.event_type in set(EventKind):
            path, moved_to = self._site_path(event.src_path), self._site_path(event.dest_path)
            is_folder = event.is_directory or (event.event_type != EventKind.MODIFIED and self._is_folder(event))
            self._events.put(Event(EventKind(event.event_type), path, moved_to, is_folder))

    def _is_folder(self, event: FileSystemEvent) -> bool:
        """Return true for a link to a folder, which the system reports as a file."""
        path = os.fsdecode(event.dest_path or event.src_path)
        return not path.endswith(".md") and Path(path).is_dir()

    def _site_path(self, path: bytes | str) -> str:
        absolute = Path(os.fsdecode(path))
        if not path or not absolute.is_relative_to(self._folder):
            return ""
        return Path(self._name, absolute.relative_to(self._folder)).as_posix()
