"""Live event stream: tells browsers which pages a build changed, and which issues the site has.

Each build sends one server-sent event (HTML Standard, section 9.2) named `news`. Its id is the epoch, its data is:

    {"epoch": "1f3a9c02-7",            # run and version of the output; the version grows when the output changes
     "changed": ["/2026/03/12/x/"],    # pages and files that are new or have other bytes than before
     "moved": {"/old/": "/new/"},      # pages with a new address; the new path is in `changed` too
     "removed": ["/old/"],             # paths that no longer exist, except those in `moved`
     "assets": ["/assets/style.css"],  # stylesheets, pictures, files of `static/` that are new or changed
     "everything": false,              # true: any page may have changed, and `changed` is empty
     "issues": [{…}],                  # all current issues, as the overlay shows them
     "clock": "2026-03-13T06:00+01:00",  # time as of which the site is shown; empty: the current time
     "next": "2026-03-14T06:00+01:00"}   # time of the next change without an edit; empty: none

Paths are as in `location.pathname`, with the site's base path. A browser says which epoch it shows: in `?epoch=` when
it first connects, in `Last-Event-ID` when it reconnects. The first event then contains all changes since that epoch.
If the epoch belongs to another run, `everything` is true, and the browser reloads the page because the page contains
the token of that run.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

MAX_PATHS = 1000
"""Largest number of paths in one event; with more, the event says `everything`."""
_HISTORY = 256
_HEARTBEAT_S = 20.0
HEARTBEAT = b": still here\n\n"
"""Comment sent into a quiet stream, so that both ends notice a lost connection."""


class BuildEvent(Struct, frozen=True, kw_only=True):
    """Data of one event; the module's docstring describes the fields."""

    epoch: str
    changed: tuple[str, ...] = ()
    moved: Mapping[str, str] = {}
    removed: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    everything: bool = False
    issues: tuple[Mapping[str, Any], ...] = ()
    clock: str = ""
    next: str = ""


class EventHub:
    """Sends each `BuildEvent` to all subscribers. A subscriber that missed several events gets them merged into one.

    Belongs to one event loop: `publish` and `close` must be called there.
    """

    def __init__(self, initial: BuildEvent) -> None:
        self.latest = initial
        self._history: deque[BuildEvent] = deque(maxlen=_HISTORY)
        self._changed = asyncio.Event()
        self._closed = False

    def publish(self, event: BuildEvent) -> None:
        """Send an event to all subscribers."""
        if event.epoch != self.latest.epoch:
            self._history.append(event)
        self.latest = event
        self._wake()

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._wake()

    async def subscribe(self, since: str = "") -> AsyncIterator[BuildEvent | None]:
        """Yield at once the changes since an epoch, then each new event, and None when a heartbeat is due."""
        epoch, is_first = since or self.latest.epoch, True
        state = _state(self.latest)
        while not self._closed:
            if not is_first and epoch == self.latest.epoch and state == _state(self.latest):
                if await self._is_silent():
                    yield None
            else:
                event, is_first = self.since(epoch), False
                epoch, state = event.epoch, _state(event)
                yield event

    def since(self, epoch: str) -> BuildEvent:
        """Return all changes since an epoch as one event."""
        latest = self.latest
        run_id, number = _parts(latest.epoch)
        known_run_id, known = _parts(epoch)
        missed = [event for event in self._history if _parts(event.epoch)[1] > known]
        if known_run_id != run_id or not 0 <= known <= number or len(missed) != number - known:
            return replace(BuildEvent(epoch=latest.epoch, everything=True), **_state(latest))
        return merge_events(missed, latest) if len(missed) != 1 or missed[0] is not latest else latest

    async def _is_silent(self) -> bool:
        """Wait for the next event. Return true if a heartbeat is due before."""
        try:
            await asyncio.wait_for(self._changed.wait(), _HEARTBEAT_S)
        except TimeoutError:
            return True
        return False

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def merge_events(events: Iterable[BuildEvent], latest: BuildEvent) -> BuildEvent:
    """Merge events, oldest first, into one: each path once, and chains of moves reduced to one move.

    Epoch, issues and times are those of `latest`.
    """
    changed: dict[str, None] = {}
    removed: dict[str, None] = {}
    moved: dict[str, str] = {}
    assets: dict[str, None] = {}
    everything = False
    for event in events:
        everything |= event.everything
        for path in (*event.removed, *event.moved):
            changed.pop(path, None)
        removed |= dict.fromkeys(event.removed)
        moved = {old: event.moved.get(new, new) for old, new in moved.items()} | dict(event.moved)
        for path in event.changed:
            removed.pop(path, None)
            moved.pop(path, None)
        changed |= dict.fromkeys(event.changed)
        assets |= dict.fromkeys(event.assets)
    merged = BuildEvent(epoch=latest.epoch, moved=moved, assets=tuple(assets), **_state(latest))
    if everything or len(changed) + len(removed) + len(moved) > MAX_PATHS:
        return replace(merged, everything=True)
    return replace(merged, changed=tuple(changed), removed=tuple(removed))


def _state(event: BuildEvent) -> dict[str, Any]:
    """Return the fields that describe the present and do not depend on the epoch."""
    return {"issues": event.issues, "clock": event.clock, "next": event.next}


def encode_event(event: BuildEvent | None) -> bytes:
    """Encode a server-sent event; None is a heartbeat."""
    if event is None:
        return HEARTBEAT
    return b"event: news\nid: %b\ndata: %b\n\n" % (event.epoch.encode(), msgspec.json.encode(event))


def _parts(epoch: str) -> tuple[str, int]:
    run_id, _, number = epoch.rpartition("-")
    return run_id, int(number) if number.isdecimal() and number.isascii() else -1
