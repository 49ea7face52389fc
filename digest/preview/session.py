"""One run of the preview: watch → build → tell, beside a server."""

import asyncio
import socket
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

import uvicorn
from msgspec import Struct
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from digest.preview.builder import Builder
from digest.preview.server.access import Guard
from digest.preview.server.app import ServedSite, app_of
from digest.preview.server.files import Additions
from digest.preview.server.live_events import EventHub
from digest.preview.watch.batches import next_batch
from digest.preview.watch.watcher import Watcher

PORT = 8000
_TRIED = 20
_PATIENCE_S = 2


class DeskAdditions(Struct, frozen=True, kw_only=True):
    """What the desk adds: its routes, and addresses of the scripts and stylesheets that every page is to load."""

    routes: tuple[BaseRoute, ...] = ()
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


class Session:
    """The preview of the site in `site`, built by `builder`. `guard` says who may ask; `desk` may be left out.

    `limited` is called when the system has no more watches to give, so that files are polled.
    """

    def __init__(
        self,
        site: Path,
        builder: Builder,
        guard: Guard | None = None,
        desk: DeskAdditions | None = None,
        on_polling: Callable[[], None] = lambda: None,
    ) -> None:
        self.guard, desk = guard or Guard(), desk or DeskAdditions()
        self._builder, self._watcher = builder, Watcher(site, on_polling)
        self._hub = EventHub(builder.build())
        served = ServedSite(
            folder=builder.output,
            base_path=lambda: builder.base_path,
            show_as_of=self._show,
            additions=Additions(token=self.guard.token, scripts=desk.scripts, styles=desk.styles),
        )
        self._server = _Server(app_of(served, self._hub, self.guard, desk.routes), self._hub)

    def run(self, listening: socket.socket, ready: Callable[[str], None]) -> None:
        """Serves until the process is interrupted or `stop` is called. `ready` gets the address."""
        follower = threading.Thread(target=self._follow, name="digest preview", daemon=True)

        def started() -> None:
            follower.start()
            ready(address_of(listening, self._builder.base_path))

        self._server.started_with = started
        try:
            self._server.run(sockets=[listening])
        finally:
            self._watcher.close()
            if follower.ident is not None:
                follower.join()
            listening.close()

    def stop(self) -> None:
        """Ends `run`; from any thread."""
        self._server.leave()

    def _show(self, moment: datetime | None) -> None:
        """Shows the site as of another moment."""
        self._builder.show_as_of(moment)
        self._watcher.wake()

    def _follow(self) -> None:
        """Builds after each change, and when the site changes by itself, until the watch ends."""
        self._builder.prepare()
        while (changed := next_batch(self._watcher.events, self._builder.wait_s())) is not None:
            self._watcher.update_watches(changed)
            news = self._builder.build(changed)
            if news != self._hub.latest:
                self._server.call(self._hub.publish, news)
            self._builder.prepare()
        self._builder.close()


class _Server(uvicorn.Server):
    """uvicorn, which ends the streams of news when it leaves: else it would wait for them."""

    def __init__(self, app: ASGIApp, hub: EventHub) -> None:
        settings = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=_PATIENCE_S
        )
        super().__init__(settings)
        self._hub = hub
        self._loop: asyncio.AbstractEventLoop | None = None
        self.started_with: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listens, then says so."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.started_with()

    def call(self, function: Callable[..., None], *args: object) -> None:
        """Calls a function in the server's loop, from any thread. Nothing once that has ended."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal asks to leave."""
        self.call(self._hub.close)
        super().handle_exit(sig, frame)

    def leave(self) -> None:
        """Leaves as after a signal."""
        self.call(self._hub.close)
        self.should_exit = True


def listen(host: str, port: int, *, exact: bool) -> socket.socket:
    """A socket on `port`, or if that is taken on the next free one; with `only` no other will do. Raises OSError."""
    for number in range(port, port + (1 if exact else _TRIED)):
        try:
            return _bound(host, number)
        except OSError:
            continue
    return _bound(host, port if exact else 0)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: else asyncio leaves Nagle's algorithm on, and a browser may wait 40 ms for the rest of an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(socket.SOMAXCONN)
    except OSError:
        listening.close()
        raise
    return listening


def address_of(listening: socket.socket, base_path: str) -> str:
    """The URL of the site's front page."""
    host, port = listening.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{base_path}"
