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

from digest.preview.server.access import Guard, Guarded
from digest.preview.server.files import CLIENT, CLOCK, EVENTS, OURS, Additions
from digest.preview.server.live_events import Hub, event_of
from digest.preview.server.pages import HEADERS, Pages, Place, unless_known, whole
from digest.theme import media_type


class _Asked(Struct, frozen=True):
    """The moment to show the site as of, in ISO 8601; none: as of now."""

    now: str | None


class Served(Struct, frozen=True, kw_only=True):
    """What is served: `folder`, which may come into being later, under the base path, `/` or such as `/news/`."""

    folder: Path
    base_path: Callable[[], str]
    additions: Additions
    show: Callable[[datetime | None], None]


def app_of(served: Served, hub: Hub, guard: Guard, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The application; `more` routes stand below our own address, beside the preview's."""
    client = {name: whole(code, media_type(CLIENT)) for name, code in _client().items()}

    async def script(request: Request) -> Response:
        code = client.get(request.path_params["name"])
        return unless_known(request, code) if code else PlainTextResponse("Not found", 404)

    async def events(request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("epoch", "")
        return StreamingResponse(_stream(hub, since), media_type="text/event-stream", headers=HEADERS)

    async def clock(request: Request) -> Response:
        try:
            asked = msgspec.json.decode(await request.body(), type=_Asked)
            await run_in_threadpool(served.show, datetime.fromisoformat(asked.now) if asked.now else None)
        except (ValueError, OverflowError):
            return PlainTextResponse("Write a moment such as 2026-02-05T14:10.", 400, headers=HEADERS)
        return Response(status_code=204, headers=HEADERS)

    routes = [Route(f"{OURS}/{{name}}.js", script), Route(EVENTS, events), Route(CLOCK, clock, methods=["POST"])]
    place = Place(
        folder=served.folder,
        base_path=served.base_path,
        additions=served.additions,
        epoch=lambda: hub.news.epoch,
    )
    return Guarded(_Fork(Starlette(routes=[*routes, *more]), Pages(place)), guard)


class _Fork:
    """Our own addresses, or the site's."""

    def __init__(self, ours: ASGIApp, pages: ASGIApp) -> None:
        self._ours, self._pages = ours, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and not scope["path"].startswith(f"{OURS}/")
        await (self._pages if is_page else self._ours)(scope, receive, send)


def _client() -> dict[str, bytes]:
    """The scripts of the preview, by their names without `.js`."""
    folder = resources.files("digest.preview").joinpath("client")
    return {file.name[:-3]: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".js")}


async def _stream(hub: Hub, since: str) -> AsyncIterator[bytes]:
    yield b"retry: 500\n\n"
    async for news in hub.listen(since):
        yield event_of(news)
