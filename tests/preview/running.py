"""A preview that runs in a thread, and the little of a browser that tests need."""

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

PATIENCE_S = 20.0
NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
PAGE = """---
title: {title}
date: 2026-03-12
regions: [europe]
categories: [society]
---

The boat leaves at nine.
"""


class Answer(Struct, frozen=True):
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Running:
    """A running preview of the site in `site`."""

    def __init__(self, site: Path, port: int, session: Session) -> None:
        self.site, self.port, self.session = site, port, session
        self.told: list[tuple[Issue, ...]] = []
        self.address = ""

    def tell(self, path: str, asked: object, **headers: str) -> Answer:
        """Sends JSON as a page of the preview does. A header that is given takes the place of the usual one."""
        data = asked if isinstance(asked, bytes) else json.dumps(asked).encode()
        origin = f"http://127.0.0.1:{self.port}"
        usual = {"Content-Type": "application/json", "X-Digest-Token": self.session.guard.token, "Origin": origin}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        connection.request("POST", path, data, usual | given)
        response = connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return answer

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return answer

    @contextmanager
    def news(self, epoch: str = "", **headers: str) -> Iterator[Iterator[dict[str, Any]]]:
        """The stream of news as a browser hears it, the present first, or what changed since an epoch."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        connection.request(
            "GET", f"/-/digest/events?epoch={epoch}", headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        try:
            yield _told(response)
        finally:
            connection.close()
            response.close()


def _told(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What the events of a stream say. A stream in which nothing but beats is heard is one that waits in vain."""
    for line in lines:
        assert not line.startswith(b":"), "no news for a long time"
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def new_site(folder: Path, settings: str = "") -> Path:
    """A site with one page."""
    (folder / "content").mkdir(parents=True)
    (folder / "digest.toml").write_text(f'[site]\ntitle = "The Lake"\n{settings}')
    (folder / "content/ferry.md").write_text(PAGE.format(title="Ferry sails again"))
    return folder


def failed(error: Exception) -> Issue:
    """What the command makes of a bug."""
    return issue("internal", Place(), f"bug: {error}")


@contextmanager
def preview(site: Path, *, with_desk: bool = False) -> Iterator[Running]:
    """The preview of a site, ready to be asked."""
    with desk.open_desk(site, enabled=with_desk) as additions:
        yield from _running(site, additions)


def _running(site: Path, additions: DeskAdditions | None) -> Iterator[Running]:
    listening = listen("127.0.0.1", 0, exact=True)
    told: list[tuple[Issue, ...]] = []
    session = Session(site, Builder(site, lambda: NOW, told.append, failed), desk=additions)
    running = Running(site, listening.getsockname()[1], session)
    running.told = told
    ready = threading.Event()

    def started(address: str) -> None:
        running.address = address
        ready.set()

    thread = threading.Thread(target=session.run, args=(listening, started))
    thread.start()
    try:
        assert ready.wait(PATIENCE_S)
        yield running
    finally:
        session.stop()
        thread.join(PATIENCE_S)
    assert not thread.is_alive()
