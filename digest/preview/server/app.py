"""The preview's web server: the pages of the site, live news for them, and what the desk adds."""

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


class _Asked(Struct, frozen=True):
    """The moment to show the site as of, in ISO 8601; none: as of now."""

    now: str | None


class ServedSite(Struct, frozen=True, kw_only=True):
    """What is served: `folder`, which may come into being later, under the base path, `/` or such as `/news/`."""

    folder: Path
    base_path: Callable[[], str]
    additions: Additions
    show_as_of: Callable[[datetime | None], None]


def app_of(site: ServedSite, hub: EventHub, guard: Guard, extra_routes: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The application; `more` routes stand below our own address, beside the preview's."""
    client = {name: response_of(code, media_type(CLIENT_URL)) for name, code in _client().items()}

    async def script(request: Request) -> Response:
        code = client.get(request.path_params["name"])
        return conditional_response(request, code) if code else PlainTextResponse("Not found", 404)

    async def events(request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("epoch", "")
        return StreamingResponse(_stream(hub, since), media_type="text/event-stream", headers=HEADERS)

    async def clock(request: Request) -> Response:
        try:
            asked = msgspec.json.decode(await request.body(), type=_Asked)
            await run_in_threadpool(site.show_as_of, datetime.fromisoformat(asked.now) if asked.now else None)
        except (ValueError, OverflowError):
            return PlainTextResponse("Write a moment such as 2026-02-05T14:10.", 400, headers=HEADERS)
        return Response(status_code=204, headers=HEADERS)

    routes = [
        Route(f"{URL_PREFIX}/{{name}}.js", script),
        Route(EVENTS_URL, events),
        Route(CLOCK_URL, clock, methods=["POST"]),
    ]
    place = PageSource(
        folder=site.folder,
        base_path=site.base_path,
        additions=site.additions,
        epoch=lambda: hub.latest.epoch,
    )
    return GuardMiddleware(_Fork(Starlette(routes=[*routes, *extra_routes]), PagesApp(place)), guard)


class _Fork:
    """Our own addresses, or the site's."""

    def __init__(self, ours: ASGIApp, pages: ASGIApp) -> None:
        self._ours, self._pages = ours, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and not scope["path"].startswith(f"{URL_PREFIX}/")
        await (self._pages if is_page else self._ours)(scope, receive, send)


def _client() -> dict[str, bytes]:
    """The scripts of the preview, by their names without `.js`."""
    folder = resources.files("digest.preview").joinpath("client")
    return {file.name[:-3]: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".js")}


async def _stream(hub: EventHub, since: str) -> AsyncIterator[bytes]:
    yield b"retry: 500\n\n"
    async for news in hub.subscribe(since):
        yield encode_event(news)
