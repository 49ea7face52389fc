"""The pages of the site over HTTP: files of the output, with what the preview adds. What was asked for is kept.

This is asked much and by all browsers at once after each save, which is why it is a bare ASGI application. Answers are
kept until the output is another: every page says of which epoch it is.
"""

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from digest.preview.server.csp import policy_of
from digest.preview.server.files import Additions, etag_of, find_file, not_found_page, with_additions
from digest.theme import media_type

HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
"""Of every answer, the desk's too."""
MAX_CACHED_BYTES = 32 << 20
"""Bytes of answers that are kept."""


class PageSource(Struct, frozen=True, kw_only=True):
    """What is served: `folder`, which may come into being later, under the base path, `/` or such as `/news/`."""

    folder: Path
    base_path: Callable[[], str]
    additions: Additions
    epoch: Callable[[], str]


class PagesApp:
    """All that is at a path of the site."""

    def __init__(self, source: PageSource) -> None:
        self._place = source
        self._kept: OrderedDict[str, Response] = OrderedDict()
        self._epoch, self._size = "", 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request = Request(scope)
        if scope["method"] not in ("GET", "HEAD"):
            await Response(status_code=405, headers={"Allow": "GET, HEAD"})(scope, receive, send)
            return
        epoch = self._place.epoch()
        if epoch != self._epoch:
            self._kept.clear()
            self._epoch, self._size = epoch, 0
        path: str = scope["path"].removeprefix("/")
        answer = self._kept.get(path)
        if answer is None or "range" in request.headers:
            answer = await run_in_threadpool(_answer, path, "range" in request.headers, self._place, epoch)
            self._keep(path, answer, epoch)
        else:
            self._kept.move_to_end(path)
        await conditional_response(request, answer)(scope, receive, send)

    def _keep(self, path: str, answer: Response, epoch: str) -> None:
        if answer.status_code != 200 or isinstance(answer, FileResponse) or epoch != self._epoch or path in self._kept:
            return
        self._kept[path] = answer
        self._size += len(answer.body)
        while self._size > MAX_CACHED_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.body)


def _answer(path: str, part: bool, place: PageSource, epoch: str) -> Response:
    """What is at a path, or a file that knows how to send `part` of itself."""
    base_path = place.base_path()
    if not f"/{path}".startswith(base_path):
        return RedirectResponse(base_path) if path in ("", base_path.strip("/")) else _missing(place, epoch)
    found = find_file(place.folder.resolve(), path[len(base_path) - 1 :])
    if found.redirect:
        return RedirectResponse(base_path + found.redirect)
    if found.file is None:
        return _missing(place, epoch)
    try:
        return _of_file(found.file, part, place, epoch)
    except FileNotFoundError:  # it went between two looks
        return _missing(place, epoch)


def _of_file(file: Path, part: bool, place: PageSource, epoch: str) -> Response:
    kind = media_type(file.name)
    html = kind.startswith("text/html")
    if part and not html:
        return FileResponse(file, media_type=kind, headers=HEADERS)
    data = file.read_bytes()
    if not html:
        return response_of(data, kind)
    return response_of(with_additions(data, place.additions, epoch), kind, _policy(place, data))


def response_of(data: bytes, kind: str, policy: str = "") -> Response:
    """An answer with its entity tag; `policy` is the page's own, where it has one."""
    headers = HEADERS | {"ETag": etag_of(data), "Accept-Ranges": "bytes"}
    return Response(data, media_type=kind, headers=headers | ({"Content-Security-Policy": policy} if policy else {}))


def conditional_response(request: Request, response: Response) -> Response:
    """Nothing, for a browser that has the same already."""
    asked, tag = request.headers.get("if-none-match"), response.headers.get("etag")
    if not asked or not tag or response.status_code != 200 or "range" in request.headers:
        return response
    known = tag in (each.strip().removeprefix("W/") for each in asked.split(","))
    return Response(status_code=304, headers=HEADERS | {"ETag": tag}) if known else response


def _policy(place: PageSource, html: bytes) -> str:
    """Of a page: where editors can write through it, it runs nothing that is not the theme's or ours."""
    return policy_of(html) if place.additions.scripts else ""


def _missing(place: PageSource, epoch: str) -> Response:
    html = not_found_page(place.folder)
    answer = response_of(with_additions(html, place.additions, epoch), media_type("404.html"), _policy(place, html))
    answer.status_code = 404
    return answer
