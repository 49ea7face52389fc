"""The preview's web application (ASGI): pages of the site, the live event stream, the clock, and routes of the desk."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from digest.preview.server.access import Guard, GuardMiddleware
from digest.preview.server.files import CLIENT_URL, CLOCK_URL, EVENTS_URL, URL_PREFIX, Additions
from digest.preview.server.live_events import EventHub, encode_event
from digest.preview.server.pages import HEADERS, PagesApp, PageSource, conditional_response, response_of
from digest.theme import media_type


class _ClockRequest(Struct, frozen=True):
    """Time as of which to show the site, in ISO 8601; None for the current time."""

    now: str | None


class ServedSite(Struct, frozen=True, kw_only=True):
    """Site to serve: the output folder, which may not exist yet, and the base path, `/` or for example `/news/`.

    `show_as_of` sets the time as of which the site is shown.
    """

    folder: Path
    base_path: Callable[[], str]
    additions: Additions
    show_as_of: Callable[[datetime | None], None]


def app_of(site: ServedSite, hub: EventHub, guard: Guard, extra_routes: Sequence[BaseRoute] = ()) -> ASGIApp:
    """Return the application. `extra_routes` lie below `URL_PREFIX`, as the preview's own routes do."""
    scripts = {name: response_of(code, media_type(CLIENT_URL)) for name, code in _client_scripts().items()}

    async def script(request: Request) -> Response:
        response = scripts.get(request.path_params["name"])
        return conditional_response(request, response) if response else PlainTextResponse("Not found", 404)

    async def events(request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("epoch", "")
        return StreamingResponse(_stream(hub, since), media_type="text/event-stream", headers=HEADERS)

    async def clock(request: Request) -> Response:
        try:
            body = msgspec.json.decode(await request.body(), type=_ClockRequest)
            await run_in_threadpool(site.show_as_of, datetime.fromisoformat(body.now) if body.now else None)
        except (ValueError, OverflowError):
            return PlainTextResponse("Enter a date and time such as 2026-02-05T14:10.", 400, headers=HEADERS)
        return Response(status_code=204, headers=HEADERS)

    routes = [
        Route(f"{URL_PREFIX}/{{name}}.js", script),
        Route(EVENTS_URL, events),
        Route(CLOCK_URL, clock, methods=["POST"]),
    ]
    source = PageSource(
        folder=site.folder,
        base_path=site.base_path,
        additions=site.additions,
        epoch=lambda: hub.latest.epoch,
    )
    return GuardMiddleware(_Dispatcher(Starlette(routes=[*routes, *extra_routes]), PagesApp(source)), guard)


class _Dispatcher:
    """Passes requests below `URL_PREFIX` to the preview's routes and all others to the pages of the site."""

    def __init__(self, preview: ASGIApp, pages: ASGIApp) -> None:
        self._preview, self._pages = preview, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and not scope["path"].startswith(f"{URL_PREFIX}/")
        await (self._pages if is_page else self._preview)(scope, receive, send)


def _client_scripts() -> dict[str, bytes]:
    """Return the preview's scripts by file name without `.js`."""
    folder = resources.files("digest.preview").joinpath("client")
    return {file.name[:-3]: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".js")}


async def _stream(hub: EventHub, since: str) -> AsyncIterator[bytes]:
    yield b"retry: 500\n\n"
    async for event in hub.subscribe(since):
        yield encode_event(event)
