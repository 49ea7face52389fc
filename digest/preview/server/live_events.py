"""What browsers are told: what other bytes the output has now, and what is wrong with the build.

One event a build, named `news`, with the epoch as its id (HTML, section 9.2, server-sent events) and this as its data:

    {"epoch": "1f3a9c02-7",            # run and number of the output; a new number when the output is another
     "changed": ["/2026/03/12/x/"],    # paths of pages and files with other bytes than before, or that are new
     "moved": {"/old/": "/new/"},      # pages that stand elsewhere now; the new path is in `changed` too
     "removed": ["/old/"],             # paths where nothing is any more, but for those in `moved`
     "assets": ["/assets/style.css"],  # stylesheets, pictures, files of `static/` that changed or are new
     "everything": false,              # more changed than is worth a list, or it is not known what: any page may differ
     "issues": [{…}],                  # all that is wrong now, as the overlay shows it
     "clock": "2026-03-13T06:00+01:00",  # the moment that the site is shown as of; empty: as of now
     "next": "2026-03-14T06:00+01:00"}   # when the site will change by itself; empty: never

Paths are as `location.pathname` gives them, the site's own base path in front. A browser shows a page of some epoch,
and says which: `?epoch=` when it first asks, `Last-Event-ID` when it comes back. The first event then holds all that
changed since; with an epoch of another run `everything` is true, and the page, whose token is that run's, is to be
loaded anew.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

MAX_PATHS = 1000
"""Paths that an event names; beyond it says `everything`."""
_KEPT = 256
_BEAT_S = 20.0
HEARTBEAT = b": still here\n\n"
"""Sent into a quiet stream, so that both ends notice when the other is gone."""


class BuildEvent(Struct, frozen=True, kw_only=True):
    """What a browser is told: see above."""

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
    """Hands each `News` to all who listen. One who was away gets what came meanwhile as one.

    Lives in one event loop; `tell` and `close` are called there.
    """

    def __init__(self, initial: BuildEvent) -> None:
        self.latest = initial
        self._past: deque[BuildEvent] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()
        self._closed = False

    def publish(self, event: BuildEvent) -> None:
        """There is something new."""
        if event.epoch != self.latest.epoch:
            self._past.append(event)
        self.latest = event
        self._wake()

    def close(self) -> None:
        """Ends all streams."""
        self._closed = True
        self._wake()

    async def subscribe(self, since: str = "") -> AsyncIterator[BuildEvent | None]:
        """At once how things are and what changed `since` an epoch; then each that comes, and None in long silence."""
        epoch, told = since or self.latest.epoch, False
        present = _present(self.latest)
        while not self._closed:
            if told and epoch == self.latest.epoch and present == _present(self.latest):
                if await self._is_silent():
                    yield None
            else:
                news, told = self.since(epoch), True
                epoch, present = news.epoch, _present(news)
                yield news

    def since(self, epoch: str) -> BuildEvent:
        """What changed since an epoch, as one."""
        now = self.latest
        run, number = _parts(now.epoch)
        then_run, then = _parts(epoch)
        missed = [news for news in self._past if _parts(news.epoch)[1] > then]
        if then_run != run or not 0 <= then <= number or len(missed) != number - then:
            return replace(BuildEvent(epoch=now.epoch, everything=True), **_present(now))
        return merge_events(missed, now) if len(missed) != 1 or missed[0] is not now else now

    async def _is_silent(self) -> bool:
        """Waits until something changes; whether a beat is due before."""
        try:
            await asyncio.wait_for(self._changed.wait(), _BEAT_S)
        except TimeoutError:
            return True
        return False

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def merge_events(events: Iterable[BuildEvent], latest: BuildEvent) -> BuildEvent:
    """Several as one, the oldest first: each path once, moves followed to their end."""
    changed: dict[str, None] = {}
    removed: dict[str, None] = {}
    moved: dict[str, str] = {}
    assets: dict[str, None] = {}
    everything = False
    for news in events:
        everything |= news.everything
        for path in (*news.removed, *news.moved):
            changed.pop(path, None)
        removed |= dict.fromkeys(news.removed)
        moved = {old: news.moved.get(new, new) for old, new in moved.items()} | dict(news.moved)
        for path in news.changed:
            removed.pop(path, None)
            moved.pop(path, None)
        changed |= dict.fromkeys(news.changed)
        assets |= dict.fromkeys(news.assets)
    if everything or len(changed) + len(removed) + len(moved) > MAX_PATHS:
        whole = BuildEvent(epoch=latest.epoch, everything=True, moved=moved, assets=tuple(assets))
    else:
        whole = BuildEvent(
            epoch=latest.epoch, changed=tuple(changed), moved=moved, removed=tuple(removed), assets=tuple(assets)
        )
    return replace(whole, **_present(latest))


def _present(news: BuildEvent) -> dict[str, Any]:
    """What is true now, whatever the epoch."""
    return {"issues": news.issues, "clock": news.clock, "next": news.next}


def encode_event(event: BuildEvent | None) -> bytes:
    """As a server-sent event; a comment for None."""
    if event is None:
        return HEARTBEAT
    return b"event: news\nid: %b\ndata: %b\n\n" % (event.epoch.encode(), msgspec.json.encode(event))


def _parts(epoch: str) -> tuple[str, int]:
    run, _, number = epoch.rpartition("-")
    return run, int(number) if number.isdecimal() and number.isascii() else -1
