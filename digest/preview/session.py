"""One run of the preview: a watcher, the builds that follow its changes, and the web server."""

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
_PORTS_TRIED = 20
_SHUTDOWN_TIMEOUT_S = 2


class DeskAdditions(Struct, frozen=True, kw_only=True):
    """Additions of the desk: its routes, and URLs of scripts and stylesheets that every page loads."""

    routes: tuple[BaseRoute, ...] = ()
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


class Session:
    """The preview of the site in `site`, built by `builder`.

    `guard` controls access; `desk` is None for a preview without a desk. `on_polling` is called when the system has no
    more file watches to give, so that files are polled.
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
            show_as_of=self._show_as_of,
            additions=Additions(token=self.guard.token, scripts=desk.scripts, styles=desk.styles),
        )
        self._server = _Server(app_of(served, self._hub, self.guard, desk.routes), self._hub)

    def run(self, listening: socket.socket, ready: Callable[[str], None]) -> None:
        """Serve until the process is interrupted or `stop` is called. Call `ready` with the URL of the site."""
        build_thread = threading.Thread(target=self._build_changes, name="digest preview", daemon=True)

        def on_start() -> None:
            build_thread.start()
            ready(address_of(listening, self._builder.base_path))

        self._server.on_start = on_start
        try:
            self._server.run(sockets=[listening])
        finally:
            self._watcher.close()
            if build_thread.ident is not None:
                build_thread.join()
            listening.close()

    def stop(self) -> None:
        """End `run`. May be called from any thread."""
        self._server.leave()

    def _show_as_of(self, moment: datetime | None) -> None:
        self._builder.show_as_of(moment)
        self._watcher.wake()

    def _build_changes(self) -> None:
        """Build after each batch of changes, and when the site changes by itself, until the watch ends."""
        self._builder.prepare()
        while (changes := next_batch(self._watcher.events, self._builder.wait_s())) is not None:
            self._watcher.update_watches(changes)
            event = self._builder.build(changes)
            if event != self._hub.latest:
                self._server.call(self._hub.publish, event)
            self._builder.prepare()
        self._builder.close()


class _Server(uvicorn.Server):
    """uvicorn server that closes the event streams on shutdown, because uvicorn would wait for them."""

    def __init__(self, app: ASGIApp, hub: EventHub) -> None:
        settings = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=_SHUTDOWN_TIMEOUT_S
        )
        super().__init__(settings)
        self._hub = hub
        self._loop: asyncio.AbstractEventLoop | None = None
        self.on_start: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then call `on_start`."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.on_start()

    def call(self, function: Callable[..., None], *args: object) -> None:
        """Call a function in the server's event loop, from any thread. Do nothing after the loop has ended."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *args)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Close the event streams when a signal ends the process."""
        self.call(self._hub.close)
        super().handle_exit(sig, frame)

    def leave(self) -> None:
        """Shut down as after a signal."""
        self.call(self._hub.close)
        self.should_exit = True


def listen(host: str, port: int, *, exact: bool) -> socket.socket:
    """Return a listening socket on `port` or, unless `exact`, on the next free port. Raise OSError if there is none."""
    for number in range(port, port + (1 if exact else _PORTS_TRIED)):
        try:
            return _bound_socket(host, number)
        except OSError:
            continue
    return _bound_socket(host, port if exact else 0)


def _bound_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named as TCP asyncio turns Nagle's algorithm off. Otherwise a browser may wait 40 ms for the
    # rest of a response.
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
    """Return the URL of the site's front page."""
    host, port = listening.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}{base_path}"
