"""Pages of the site over HTTP: files of the output with the preview's additions, cached in memory.

All open browsers request pages at once after each save, so this is a bare ASGI application without a framework.
`response_cache` is emptied when the output changes, because every page contains the epoch of the output.
"""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from digest.preview.server.csp import policy_of
from digest.preview.server.files import Additions, etag_of, find_file, not_found_page, with_additions
from digest.preview.server.response_cache import ResponseCache
from digest.theme import media_type

HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
"""Headers of every response of the preview."""


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
        self._cache = ResponseCache()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        if scope["method"] not in ("GET", "HEAD"):
            await Response(status_code=405, headers={"Allow": "GET, HEAD"})(scope, receive, send)
            return
        epoch = self._source.epoch()
        path: str = scope["path"].removeprefix("/")
        is_range = "range" in request.headers
        response = None if is_range else self._cache.get(path, epoch)
        if response is None:
            response = await run_in_threadpool(_page_response, path, is_range, self._source, epoch)
            self._cache.store(path, response, epoch)
        await conditional_response(request, response)(scope, receive, send)


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
