"""Pages of the site over HTTP: files of the output with the preview's additions, cached in memory.

All open browsers request pages at once after each save, so this is a bare ASGI application without a framework. The
cache is emptied when the output changes, because every page contains the epoch of the output.
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
"""Headers of every response of the preview."""
MAX_CACHED_BYTES = 32 << 20
"""Size of the response cache."""


class PageSource(Struct, frozen=True, kw_only=True):
    """Source of the pages: the output folder, which may not exist yet, and the base path, `/` or such as `/news/`."""

    folder: Path
    base_path: Callable[[], str]
    additions: Additions
    epoch: Callable[[], str]


class PagesApp:
    """ASGI application that serves all paths of the site."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self._cache: OrderedDict[str, Response] = OrderedDict()
        self._epoch, self._cached_bytes = "", 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        if scope["method"] not in ("GET", "HEAD"):
            await Response(status_code=405, headers={"Allow": "GET, HEAD"})(scope, receive, send)
            return
        epoch = self._source.epoch()
        if epoch != self._epoch:
            self._cache.clear()
            self._epoch, self._cached_bytes = epoch, 0
        path: str = scope["path"].removeprefix("/")
        response = self._cache.get(path)
        if response is None or "range" in request.headers:
            response = await run_in_threadpool(_page_response, path, "range" in request.headers, self._source, epoch)
            self._store(path, response, epoch)
        else:
            self._cache.move_to_end(path)
        await conditional_response(request, response)(scope, receive, send)

    def _store(self, path: str, response: Response, epoch: str) -> None:
        if response.status_code != 200 or isinstance(response, FileResponse):
            return
        if epoch != self._epoch or path in self._cache:
            return
        self._cache[path] = response
        self._cached_bytes += len(response.body)
        while self._cached_bytes > MAX_CACHED_BYTES:
            _, oldest = self._cache.popitem(last=False)
            self._cached_bytes -= len(oldest.body)


def _page_response(path: str, is_range: bool, source: PageSource, epoch: str) -> Response:
    base_path = source.base_path()
    if not f"/{path}".startswith(base_path):
        is_root = path in ("", base_path.strip("/"))
        return RedirectResponse(base_path) if is_root else _not_found_response(source, epoch)
    found = find_file(source.folder.resolve(), path[len(base_path) - 1 :])
    if found.redirect:
        return RedirectResponse(base_path + found.redirect)
    if found.file is None:
        return _not_found_response(source, epoch)
    try:
        return _file_response(found.file, is_range, source, epoch)
    except FileNotFoundError:  # deleted since `find_file`
        return _not_found_response(source, epoch)


def _file_response(file: Path, is_range: bool, source: PageSource, epoch: str) -> Response:
    """Return the response for a file. For a range request, Starlette's `FileResponse` selects the part."""
    kind = media_type(file.name)
    is_html = kind.startswith("text/html")
    if is_range and not is_html:
        return FileResponse(file, media_type=kind, headers=HEADERS)
    data = file.read_bytes()
    if not is_html:
        return response_of(data, kind)
    return response_of(with_additions(data, source.additions, epoch), kind, _policy(source, data))


def response_of(data: bytes, kind: str, policy: str = "") -> Response:
    """Return a response with its entity tag. `kind` is the media type, `policy` a page's own security policy."""
    headers = HEADERS | {"ETag": etag_of(data), "Accept-Ranges": "bytes"}
    return Response(data, media_type=kind, headers=headers | ({"Content-Security-Policy": policy} if policy else {}))


def conditional_response(request: Request, response: Response) -> Response:
    """Return 304 (not modified) if the browser has the same entity tag, else the response."""
    if_none_match, tag = request.headers.get("if-none-match"), response.headers.get("etag")
    if not if_none_match or not tag or response.status_code != 200 or "range" in request.headers:
        return response
    is_known = tag in (each.strip().removeprefix("W/") for each in if_none_match.split(","))
    return Response(status_code=304, headers=HEADERS | {"ETag": tag}) if is_known else response


def _policy(source: PageSource, html: bytes) -> str:
    """Return the security policy of a page, which is stricter while the desk can write; empty without a desk."""
    return policy_of(html) if source.additions.scripts else ""


def _not_found_response(source: PageSource, epoch: str) -> Response:
    html = not_found_page(source.folder)
    page = with_additions(html, source.additions, epoch)
    response = response_of(page, media_type("404.html"), _policy(source, html))
    response.status_code = 404
    return response
