"""The desk over HTTP: JSON in, JSON out, and its few files. Who may ask is the guard's business, before all this.

200 what was asked for · 400 no such question · 404 no such entry · 409 changed meanwhile, both versions · 422 why not.
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
    "api.js", "bar.js", "conflict.js", "desk.css", "desk.js", "dom.js", "drag.js", "entry.js", "keys.js",
    "page.js", "panel.js", "queue.js",
)  # fmt: skip
"""All that is served beside the questions: there is no folder to list."""
MAX_BODY_BYTES = 1 << 20
"""Bytes of a request, at most."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
_Asked = TypeVar("_Asked")
_STATUS = {"page-not-found": 404, "import-locked": 503, "file-failed": 503}


class DeskRoutes:
    """The routes of one desk, below `at`. All questions are answered one after the other, in a thread of their own."""

    def __init__(self, site: Path, prefix: str) -> None:
        self._desk, self._at = DeskService(site), prefix
        self._thread = ThreadPoolExecutor(1, "digest desk")

    def routes(self) -> list[BaseRoute]:
        """For the application."""
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
            *(Route(f"{self._at}/{name}", self._file(name)) for name in CLIENT_FILES),
            *(Route(f"{self._at}/{name}", self._get(answer)) for name, answer in gets.items()),
            *(
                Route(f"{self._at}/{n}", self._post(kind, answer), methods=["POST"])
                for n, (kind, answer) in posts.items()
            ),
        ]

    def close(self) -> None:
        """Answers what was asked, and lets go of the site."""
        self._thread.submit(self._desk.index.close)
        self._thread.shutdown()

    def _file(self, name: str) -> Callable[[Request], Any]:
        data = resources.files("digest.preview.desk").joinpath("client", name).read_bytes()
        headers = HEADERS | {"Cache-Control": "no-cache"}

        async def answer(_request: Request) -> Response:
            return Response(data, media_type=media_type(name), headers=headers)

        return answer

    def _get(self, question: Callable[[Request], object]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            return await self._answered(lambda: question(request))

        return answer

    def _post(self, kind: type[_Asked], question: Callable[[_Asked], object]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return _said(415, issue("usage", "", "only JSON is taken"))
            data = b""
            async for chunk in request.stream():
                data += chunk
                if len(data) > MAX_BODY_BYTES:
                    return _said(413, issue("usage", "", "that is too long"))
            try:
                wanted = msgspec.json.decode(data, type=kind)
            except msgspec.DecodeError as error:
                return _said(400, issue("usage", "", str(error)))
            return await self._answered(lambda: question(wanted))

        return answer

    async def _answered(self, question: Callable[[], object]) -> Response:
        def ask() -> object:
            self._desk.index.refresh()
            return question()

        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._thread, ask)
            if isinstance(answer, term_suggestions.SuggestionJob):  # takes a moment, in which the desk goes on
                answer = await run_in_threadpool(answer.suggestions)
        except _NoSuchError:
            return _said(404, issue("usage", "", "there is no such question"))
        except (OSError, sqlite3.Error) as error:
            return _said(503, issue("file-failed", "", f"the desk cannot work: {error}", "see to it, then try again"))
        if isinstance(answer, Issue):
            return _said(_STATUS.get(answer.code, 422), answer)
        if isinstance(answer, Refusal):
            codes = (409,) if answer.conflicts else tuple(_STATUS.get(one.code, 422) for one in answer.issues)
            return _json(max(codes), answer)
        return _json(200, answer)


class _NoSuchError(LookupError):
    """Asked for a label that is none."""


def _field(name: str) -> term_suggestions.Field:
    for field in get_args(term_suggestions.Field):
        if name == field:
            return "region" if field == "region" else "category"
    raise _NoSuchError(name)


def _said(status: int, one: Issue) -> Response:
    return _json(status, Refusal(issues=(one,)))


def _json(status: int, answer: object) -> Response:
    return Response(msgspec.json.encode(answer), status, media_type="application/json", headers=HEADERS)
