"""Serve a built site on this machine, and open it in a browser."""

import functools
import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright

from digest.theme.media_types import media_type
from tests.machine import program
from tests.sites.paper import Paper

WIDTHS = (1280, 390)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# Layout shifts while a page loads, as https://web.dev/articles/cls defines them.
_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => { for (const e of list.getEntries()) window.shifts += e.value; })
    .observe({type: "layout-shift", buffered: true});
"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves files of a folder below a path, with extra headers and without a log."""

    def __init__(self, *args: Any, below: str, headers: Mapping[str, str], **kwargs: Any) -> None:
        self._below, self._headers = below, headers
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in self._headers.items():
            self.send_header(name, value)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self._below)
        return super().translate_path("/" + path.removeprefix(self._below) if inside else "/nothing/is/here")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the standard library's
        del format, args


class _Host(_Handler):
    """Serves as a host does: text is compressed, and files with a digest in the name are immutable."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file, compressed if the client accepts it."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data, kind = path.read_bytes(), media_type(path.name)
        packed = not kind.startswith(("image/", "font/")) or kind == "image/svg+xml"
        data = gzip.compress(data, 9) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        lasting = "/assets/" in self.path or "/pictures/" in self.path
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache")
        self.end_headers()
        self.wfile.write(data)


class _Server(ThreadingHTTPServer):
    """HTTP server with a backlog for the parallel requests of a crawler."""

    request_queue_size = 128


@contextmanager
def served(paper: Paper, *, compressed: bool = False, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a site on a free port, and yield the address of its front page. `compressed`: as a host does."""
    below, kind = urlsplit(paper.base_url).path, _Host if compressed else _Handler
    handler = functools.partial(kind, directory=str(paper.output), below=below, headers=headers or {})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{below}"
        finally:
            server.shutdown()
            thread.join()


def launched(playwright: Playwright) -> Browser:
    """Start the system's Chromium."""
    return playwright.chromium.launch(executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu"])


def five_pages(paper: Paper) -> dict[str, str]:
    """Return the path of the largest page of each of five kinds."""

    def fullest(kind: str) -> str:
        files = paper.with_body(kind)
        found = max(files, key=lambda f: (len(paper.pages[f].all("main")[0].text), f))
        return found.removesuffix("index.html")

    return {"front": ""} | {name: fullest(kind) for name, kind in _KINDS.items()}


_KINDS = {"region": "section", "edition": "edition", "article": "item", "story": "story"}


class Visit:
    """A page in a browser, with all errors while it loaded."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self._home = page, home
        self.wrong: list[str] = []
        page.add_init_script(_SHIFTS)
        page.on("console", lambda m: self.wrong.append(f"console: {m.text}"))
        page.on("pageerror", lambda e: self.wrong.append(f"error: {e}"))
        page.on("requestfailed", lambda r: self._failed(r.url, r.failure))
        page.on("request", lambda r: self._asked(r.url))
        page.on("response", lambda r: self._answered(r.url, r.status))

    def _asked(self, url: str) -> None:
        if not url.startswith(self._home):
            self.wrong.append(f"elsewhere: {url}")

    def _failed(self, url: str, why: str | None) -> None:
        if why != "net::ERR_ABORTED":  # the next page was asked for before this one had its icon
            self.wrong.append(f"failed: {url}: {why}")

    def _answered(self, url: str, status: int) -> None:
        if status >= 400:
            self.wrong.append(f"{status}: {url}")

    def go(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self._home + path)
        self.page.evaluate("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        return self.page

    @property
    def shifts(self) -> float:
        """Cumulative layout shift of the page."""
        found = self.page.evaluate("window.shifts")
        assert isinstance(found, int | float)
        return found

    @property
    def wider_by(self) -> int:
        """Pixels by which the page is wider than the window. Content of scrollable boxes does not count."""
        found = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert isinstance(found, int)
        return found
