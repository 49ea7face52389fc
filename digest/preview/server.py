"""The preview's web server: the built folder, live news for its pages, and nobody from elsewhere.

A page on the internet can make a browser ask a name that it has bound to 127.0.0.1 (DNS rebinding). The browser then
sends that name as `Host`, which is why every other name than our own is refused.
"""

import re
from collections.abc import AsyncIterator, Callable
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from digest.preview.files import CLIENT, EVENTS, etag_of, find, not_found, with_client
from digest.preview.hub import Hub, event_of
from digest.theme import media_type

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:\[([0-9a-fA-F:]+)\]|([^:\[\]]+))(?::\d+)?")
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
}


def app_of(folder: Path, base_path: Callable[[], str], hub: Hub) -> Starlette:
    """Serves `folder`, which may come into being later, under `base_path`: `/`, or such as `/news/`."""
    client = resources.files("digest.preview").joinpath("client", "preview.js").read_bytes()

    async def script(_request: Request) -> Response:
        return Response(client, media_type=media_type(CLIENT), headers=_HEADERS)

    async def events(_request: Request) -> Response:
        return StreamingResponse(_stream(hub), media_type="text/event-stream", headers=_HEADERS)

    async def page(request: Request) -> Response:
        return await run_in_threadpool(_answer, request, folder.resolve(), base_path(), hub.news.epoch)

    routes = [Route(CLIENT, script), Route(EVENTS, events), Route("/{path:path}", page)]
    return Starlette(routes=routes, middleware=[Middleware(_OnlyUs)])


async def _stream(hub: Hub) -> AsyncIterator[bytes]:
    async for news in hub.listen():
        yield event_of(news)


def _answer(request: Request, folder: Path, base_path: str, epoch: str) -> Response:
    path: str = request.path_params["path"]
    if not f"/{path}".startswith(base_path):
        return RedirectResponse(base_path) if path in ("", base_path.strip("/")) else _missing(folder, epoch)
    found = find(folder, path[len(base_path) - 1 :])
    if found.instead:
        return RedirectResponse(base_path + found.instead)
    if found.file is None:
        return _missing(folder, epoch)
    kind = media_type(found.file.name)
    html = kind.startswith("text/html")
    if "range" in request.headers and not html:
        return FileResponse(found.file, media_type=kind, headers=_HEADERS)
    data = found.file.read_bytes()
    return _whole(request, with_client(data, epoch) if html else data, kind)


def _whole(request: Request, data: bytes, kind: str) -> Response:
    headers = _HEADERS | {"ETag": etag_of(data), "Accept-Ranges": "bytes"}
    asked = request.headers.get("if-none-match", "")
    if headers["ETag"] in (tag.strip().removeprefix("W/") for tag in asked.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)


def _missing(folder: Path, epoch: str) -> Response:
    kind = media_type("404.html")
    return Response(with_client(not_found(folder), epoch), 404, media_type=kind, headers=_HEADERS)


class _OnlyUs:
    """Refuses a request for another name than our own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            if len(hosts) != 1 or not is_ours(hosts[0]):
                await PlainTextResponse("This preview is for this machine alone.", 421)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_ours(host: str) -> bool:
    """Whether a `Host` header names this machine, at any port."""
    found = _HOST.fullmatch(host)
    return found is not None and (found[1] or found[2]).lower() in LOOPBACK
