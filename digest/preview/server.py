"""The preview's web server: the built folder, live news for its pages, and what the desk adds."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from digest.preview.files import CLIENT, CLOCK, EVENTS, OURS, Additions, etag_of, find, not_found, with_additions
from digest.preview.guard import Guard, Guarded
from digest.preview.hub import Hub, event_of
from digest.preview.policy import policy_of
from digest.theme import media_type

HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
"""Of every answer, the desk's too."""


class _Asked(Struct, frozen=True):
    """The moment to show the site as of, in ISO 8601; none: as of now."""

    now: str | None


class Served(Struct, frozen=True, kw_only=True):
    """What is served: `folder`, which may come into being later, under the base path, `/` or such as `/news/`."""

    folder: Path
    base_path: Callable[[], str]
    additions: Additions
    show: Callable[[datetime | None], None]


def app_of(served: Served, hub: Hub, guard: Guard, more: Sequence[BaseRoute] = ()) -> Starlette:
    """The application; `more` routes come before the pages."""
    client = _client()

    async def script(request: Request) -> Response:
        code = client.get(request.path_params["name"])
        return (
            PlainTextResponse("Not found", 404) if code is None else _whole(request, code, media_type(CLIENT), HEADERS)
        )

    async def events(request: Request) -> Response:
        since = request.headers.get("last-event-id") or request.query_params.get("epoch", "")
        return StreamingResponse(_stream(hub, since), media_type="text/event-stream", headers=HEADERS)

    async def page(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, served, hub.news.epoch)

    async def clock(request: Request) -> Response:
        try:
            asked = msgspec.json.decode(await request.body(), type=_Asked)
            await run_in_threadpool(served.show, datetime.fromisoformat(asked.now) if asked.now else None)
        except (ValueError, OverflowError):
            return PlainTextResponse("Write a moment such as 2026-02-05T14:10.", 400, headers=HEADERS)
        return Response(status_code=204, headers=HEADERS)

    routes: list[BaseRoute] = [
        Route(f"{OURS}/{{name}}.js", script),
        Route(EVENTS, events),
        Route(CLOCK, clock, methods=["POST"]),
    ]
    routes += [*more, Route("/{path:path}", page)]
    return Starlette(routes=routes, middleware=[Middleware(Guarded, guard=guard)])


def _client() -> dict[str, bytes]:
    """The scripts of the preview, by their names without `.js`."""
    folder = resources.files("digest.preview").joinpath("client")
    return {file.name[:-3]: file.read_bytes() for file in folder.iterdir() if file.name.endswith(".js")}


async def _stream(hub: Hub, since: str) -> AsyncIterator[bytes]:
    yield b"retry: 500\n\n"
    async for news in hub.listen(since):
        yield event_of(news)


def _answer(request: Request, served: Served, epoch: str) -> Response:
    path: str = request.path_params["path"]
    base_path = served.base_path()
    if not f"/{path}".startswith(base_path):
        return RedirectResponse(base_path) if path in ("", base_path.strip("/")) else _missing(served, epoch)
    found = find(served.folder.resolve(), path[len(base_path) - 1 :])
    if found.instead:
        return RedirectResponse(base_path + found.instead)
    if found.file is None:
        return _missing(served, epoch)
    kind = media_type(found.file.name)
    html = kind.startswith("text/html")
    if "range" in request.headers and not html:
        return FileResponse(found.file, media_type=kind, headers=HEADERS)
    data = found.file.read_bytes()
    headers = _headers(served, data) if html else HEADERS
    return _whole(request, with_additions(data, served.additions, epoch) if html else data, kind, headers)


def _headers(served: Served, html: bytes) -> dict[str, str]:
    """Of a page: where editors can write through it, it runs nothing that is not the theme's or ours."""
    return HEADERS | {"Content-Security-Policy": policy_of(html)} if served.additions.scripts else HEADERS


def _whole(request: Request, data: bytes, kind: str, headers: dict[str, str]) -> Response:
    headers = headers | {"ETag": etag_of(data), "Accept-Ranges": "bytes"}
    asked = request.headers.get("if-none-match", "")
    if headers["ETag"] in (tag.strip().removeprefix("W/") for tag in asked.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)


def _missing(served: Served, epoch: str) -> Response:
    html = not_found(served.folder)
    data = with_additions(html, served.additions, epoch)
    return Response(data, 404, media_type=media_type("404.html"), headers=_headers(served, html))
