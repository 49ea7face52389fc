"""A preview that runs in a thread, and a minimal HTTP client for it."""

import http.client
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from digest.issues import Issue, Place, issue
from digest.preview import Builder, DeskAdditions, Session, desk, listen

TIMEOUT_S = 20.0
NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
PAGE = """---
title: {title}
date: 2026-03-12
regions: [europe]
categories: [society]
---

The boat leaves at nine.
"""


class Response(Struct, frozen=True):
    """Response of the server. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class RunningPreview:
    """A running preview of the site in `site`. `reported` are the lists of issues that it has reported so far."""

    def __init__(self, site: Path, port: int, session: Session) -> None:
        self.site, self.port, self.session = site, port, session
        self.reported: list[tuple[Issue, ...]] = []
        self.address = ""

    def post(self, path: str, body: object, **headers: str) -> Response:
        """Send JSON as a page of the preview does. The given headers replace the usual ones."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        origin = f"http://127.0.0.1:{self.port}"
        usual = {"Content-Type": "application/json", "X-Digest-Token": self.session.guard.token, "Origin": origin}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        connection.request("POST", path, data, usual | _header_names(headers))
        return _read_response(connection)

    def get(self, path: str, method: str = "GET", **headers: str) -> Response:
        """Send a request without a body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in _header_names(headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        return _read_response(connection)

    @contextmanager
    def events(self, epoch: str = "", **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
        """Open the event stream. The first event is the present, or the changes since an epoch."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        connection.request("GET", f"/-/digest/events?epoch={epoch}", headers=_header_names(headers))
        response = connection.getresponse()
        try:
            yield _event_data(response)
        finally:
            connection.close()
            response.close()


def _header_names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _read_response(connection: http.client.HTTPConnection) -> Response:
    response = connection.getresponse()
    result = Response(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    connection.close()
    return result


def _event_data(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the data of each event. A heartbeat means that the expected event does not come."""
    for line in lines:
        assert not line.startswith(b":"), "no event for a long time"
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def new_site(folder: Path, settings: str = "") -> Path:
    """Create a site with one page."""
    (folder / "content").mkdir(parents=True)
    (folder / "digest.toml").write_text(f'[site]\ntitle = "The Lake"\n{settings}')
    (folder / "content/ferry.md").write_text(PAGE.format(title="Ferry sails again"))
    return folder


def issue_of_error(error: Exception) -> Issue:
    """Return the issue of an unexpected exception, as `digest serve` does."""
    return issue("internal", Place(), f"bug: {error}")


@contextmanager
def preview(site: Path, *, with_desk: bool = False) -> Iterator[RunningPreview]:
    """Run the preview of a site."""
    with desk.open_desk(site, enabled=with_desk) as additions:
        yield from _run(site, additions)


def _run(site: Path, additions: DeskAdditions | None) -> Iterator[RunningPreview]:
    listening = listen("127.0.0.1", 0, exact=True)
    reported: list[tuple[Issue, ...]] = []
    session = Session(site, Builder(site, lambda: NOW, reported.append, issue_of_error), desk=additions)
    running = RunningPreview(site, listening.getsockname()[1], session)
    running.reported = reported
    ready = threading.Event()

    def on_ready(address: str) -> None:
        running.address = address
        ready.set()

    thread = threading.Thread(target=session.run, args=(listening, on_ready))
    thread.start()
    try:
        assert ready.wait(TIMEOUT_S)
        yield running
    finally:
        session.stop()
        thread.join(TIMEOUT_S)
    assert not thread.is_alive()
