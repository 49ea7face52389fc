"""HTTP routes of the desk: JSON requests and responses, and the client files. `server.access` checks every request.

Status codes: 200 for a result, 400 for an invalid request, 404 for an unknown entry, 409 with both versions if a file
has changed since, 422 with the issues that prevent a change, 503 while the site is busy or cannot be read.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from digest.issues import Issue, issue
from digest.preview.desk import messages, term_suggestions
from digest.preview.desk.service import DeskService
from digest.preview.desk.writer import Refusal
from digest.theme import media_type

CLIENT_FILES = (
    "api.js", "bar.js", "conflict.js", "desk.css", "desk.js", "dom.js", "drag.js", "entry.js", "headlines.js",
    "keys.js", "panel.js", "queue.js",
)  # fmt: skip
"""Client files, served by name; the folder itself is not served."""
MAX_BODY_BYTES = 1 << 20
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
_Body = TypeVar("_Body")
_STATUS = {"page-not-found": 404, "import-locked": 503, "file-failed": 503}


class DeskRoutes:
    """Routes of one desk below `prefix`. Requests run one after another in a thread of their own."""

    def __init__(self, site: Path, prefix: str) -> None:
        self._desk, self._prefix = DeskService(site), prefix
        self._thread = ThreadPoolExecutor(1, "digest desk")

    def routes(self) -> list[BaseRoute]:
        """Return the routes for the application."""
        desk = self._desk
        gets = {
            "site": lambda _: desk.site_info(),
            "entry/{id}": lambda r: desk.state(r.path_params["id"]),
            "entry/{id}/origin": lambda r: desk.dump_sources(r.path_params["id"]),
            "entry/{id}/stories": lambda r: desk.story_candidates(
                r.path_params["id"], r.query_params.get("words", "")[:200]
            ),
            "entry/{id}/terms/{field}": lambda r: desk.suggest_terms(
                r.path_params["id"], _field(r.path_params["field"])
            ),
            "queue": lambda r: desk.queue(**{n: r.query_params.get(n, "") for n in ("kind", "after", "before")}),
        }
        posts: dict[str, tuple[Any, Callable[[Any], object]]] = {
            "locate": (messages.LocateRequest, desk.locate),
            "change": (messages.ChangeRequest, desk.change),
            "lead": (messages.LeadRequest, desk.set_lead),
            "story": (messages.StoryRequest, desk.change_story),
            "take": (messages.TakeRequest, desk.resolve_conflict),
            "term": (messages.TermRequest, desk.add_term),
            "undo": (messages.UndoRequest, desk.undo),
            "seen": (messages.SeenRequest, desk.dismiss),
        }
        return [
            *(Route(f"{self._prefix}/{name}", self._file(name)) for name in CLIENT_FILES),
            *(Route(f"{self._prefix}/{path}", self._get(operation)) for path, operation in gets.items()),
            *(
                Route(f"{self._prefix}/{path}", self._post(body_type, operation), methods=["POST"])
                for path, (body_type, operation) in posts.items()
            ),
        ]

    def close(self) -> None:
        """Finish the requests that were accepted, then close the index."""
        self._thread.submit(self._desk.index.close)
        self._thread.shutdown()

    def _file(self, name: str) -> Callable[[Request], Any]:
        data = resources.files("digest.preview.desk").joinpath("client", name).read_bytes()
        headers = HEADERS | {"Cache-Control": "no-cache"}

        async def endpoint(_request: Request) -> Response:
            return Response(data, media_type=media_type(name), headers=headers)

        return endpoint

    def _get(self, operation: Callable[[Request], object]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            return await self._run(lambda: operation(request))

        return endpoint

    def _post(self, body_type: type[_Body], operation: Callable[[_Body], object]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return _error(415, issue("usage", "", "the request body must be JSON"))
            data = b""
            async for chunk in request.stream():
                data += chunk
                if len(data) > MAX_BODY_BYTES:
                    return _error(413, issue("usage", "", "the request body is too long"))
            try:
                body = msgspec.json.decode(data, type=body_type)
            except msgspec.DecodeError as error:
                return _error(400, issue("usage", "", str(error)))
            return await self._run(lambda: operation(body))

        return endpoint

    async def _run(self, operation: Callable[[], object]) -> Response:
        """Run an operation in the desk's thread, after a refresh of its index, and return its result as a response."""

        def refresh_and_run() -> object:
            self._desk.index.refresh()
            return operation()

        try:
            result = await asyncio.get_running_loop().run_in_executor(self._thread, refresh_and_run)
            if isinstance(result, term_suggestions.SuggestionJob):  # slow: runs in another thread than the desk
                result = await run_in_threadpool(result.suggestions)
        except _UnknownFieldError:
            return _error(404, issue("usage", "", "terms exist for `region` and `category` only"))
        except (OSError, sqlite3.Error) as error:
            message = f"the site cannot be read: {error}"
            return _error(503, issue("file-failed", "", message, "fix the cause, then try again"))
        if isinstance(result, Issue):
            return _error(_STATUS.get(result.code, 422), result)
        if isinstance(result, Refusal):
            codes = (409,) if result.conflicts else tuple(_STATUS.get(one.code, 422) for one in result.issues)
            return _json(max(codes), result)
        return _json(200, result)


class _UnknownFieldError(LookupError):
    """Request for terms of a field that is not a label."""


def _field(name: str) -> term_suggestions.Field:
    for field in get_args(term_suggestions.Field):
        if name == field:
            return "region" if field == "region" else "category"
    raise _UnknownFieldError(name)


def _error(status: int, one: Issue) -> Response:
    return _json(status, Refusal(issues=(one,)))


def _json(status: int, body: object) -> Response:
    return Response(msgspec.json.encode(body), status, media_type="application/json", headers=HEADERS)
