"""Pages with and without the response cache: same bytes, and the rules of what is cached."""

import asyncio
from pathlib import Path

import pytest
from starlette.types import Message

from digest.preview.server import response_cache
from digest.preview.server.files import Additions
from digest.preview.server.pages import PagesApp, PageSource
from digest.speedups import VARIABLE

SPEEDUP = "response-cache"


class _Site:
    """A served folder with an epoch, and a minimal ASGI client."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.epoch = folder, "run-1"
        (folder / "index.html").write_text("<html><head></head><body>one</body></html>")
        (folder / "feed.xml").write_text("<feed>0123456789</feed>")
        additions = Additions(token="t")  # noqa: S106 - a test's token is no secret
        source = PageSource(folder=folder, base_path=lambda: "/", additions=additions, epoch=lambda: self.epoch)
        self.pages = PagesApp(source)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        """Send a request and return status and body of the response."""
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            await asyncio.Event().wait()  # the browser stays connected
            raise AssertionError

        pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": pairs}
        asyncio.run(self.pages(scope, receive, send))
        return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:])


@pytest.fixture
def site(tmp_path: Path) -> _Site:
    """A folder with a page and a feed."""
    return _Site(tmp_path)


def test_responses_are_the_same_with_and_without_the_cache(
    site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SPEEDUP)
    uncached = _Site(tmp_path)
    for path in ("/", "/feed.xml", "/nowhere/", "/", "/feed.xml", "/nowhere/"):
        assert site.get(path) == uncached.get(path)
    assert not uncached.pages._cache._responses
    assert site.pages._cache._responses


def test_responses_are_cached_until_the_epoch_changes(site: _Site) -> None:
    assert b"one" in site.get("/")[1]
    (site.folder / "index.html").write_text("<html><head></head><body>two</body></html>")
    assert b"one" in site.get("/")[1]
    site.epoch = "run-2"
    status, body = site.get("/")
    assert (status, b"two" in body, b'data-epoch="run-2"' in body) == (200, True, True)


def test_not_found_responses_are_not_cached(site: _Site) -> None:
    assert site.get("/new/")[0] == 404
    (site.folder / "new").mkdir()
    (site.folder / "new/index.html").write_text("new")
    assert site.get("/new/")[0] == 200


def test_range_requests_bypass_the_cache(site: _Site) -> None:
    full = site.get("/feed.xml")[1]
    assert site.get("/feed.xml", range="bytes=1-4") == (206, full[1:5])
    assert site.get("/feed.xml") == (200, full)


def test_the_cache_drops_the_oldest_responses(site: _Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response_cache, "MAX_CACHED_BYTES", 30)
    for name in "abc":
        (site.folder / f"{name}.txt").write_text(name * 20)
        assert site.get(f"/{name}.txt")[0] == 200
    assert list(site.pages._cache._responses) == ["c.txt"]
    assert site.pages._cache._cached_bytes == 20


def test_a_cached_response_is_answered_with_304(site: _Site) -> None:
    site.get("/feed.xml")
    tag = site.pages._cache._responses["feed.xml"].headers["etag"]
    assert site.get("/feed.xml", if_none_match=tag) == (304, b"")
    assert site.get("/feed.xml", if_none_match='"other"')[0] == 200


def test_post_is_not_allowed(site: _Site) -> None:
    assert site.get("/", "POST")[0] == 405
