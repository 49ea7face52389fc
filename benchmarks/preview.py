"""How long a save takes to the browser: file saved → event heard, by a real watcher and over a real stream.

    python -m benchmarks.preview [N] [--edits E] [--browser]

N articles of 4 kB (10,000 unless said), `digest serve` in a process of its own, and E edits (200) of bodies, titles and
labels, written in place and by rename in turn. The clock starts when the file is closed, or has its name, and stops
when the event that tells of it has been read. With `--browser` it stops when Chromium has drawn the page anew. A save
that is not told of ends the run, which leaves nothing behind however it ends.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from benchmarks.corpus import END, Article, articles
from benchmarks.sites import page_of, write_site

PLACE = Path(__file__).parents[1] / ".venv" / "bench"
SERVE = (sys.executable, "-m", "digest", "serve", "--port", "0", "--now", END.isoformat())
_START_S = 1800
"""The first build of a large site takes some minutes; one that takes longer hangs."""
_PATIENCE_S = 60
"""For one save, and for the end."""


def main(arguments: Sequence[str] | None = None, place: Path = PLACE) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="make bench-preview", description=__doc__)
    parser.add_argument("number", metavar="N", type=int, nargs="?", default=10_000)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--browser", action="store_true")
    options = parser.parse_args(arguments)
    corpus = list(articles(options.number))
    site = place / f"preview-{options.number}"
    shutil.rmtree(site, ignore_errors=True)
    try:
        write_site(site, corpus)
        print(f"preview of {options.number:,} articles, {options.edits} edits, {os.cpu_count()} processors, {_load()}")
        with Served(site) as served:
            _measure(served, corpus, options.edits, _drawn if options.browser else _told)
    finally:
        shutil.rmtree(site, ignore_errors=True)


def _measure(
    served: "Served",
    corpus: Sequence[Article],
    edits: int,
    timed: Callable[["Served", Sequence[Article], int], dict[str, list[float]]],
) -> None:
    before = served.processor_s
    found = timed(served, corpus, edits)
    used = (served.processor_s - before) / edits
    _table(found)
    print(f"processor time of the server: {used * 1000:.0f} ms a save; {_load()}")
    print(f"memory of the server: {served.memory_mb:.0f} MB")


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


class Served:
    """`digest serve` in a process of its own."""

    def __init__(self, site: Path) -> None:
        self.site = site

    def __enter__(self) -> Self:
        start = time.perf_counter()
        self.process = subprocess.Popen((*SERVE, "--site", str(self.site)), stdout=subprocess.PIPE, text=True)
        said = iter(self.process.stdout or ())
        timer = threading.Timer(_START_S, self.process.kill)
        timer.start()
        found = next(filter(None, (re.search(r"http://([\d.]+):(\d+)(\S*)", line) for line in said)), None)
        timer.cancel()
        if not found:
            self.__exit__()
            sys.exit("the preview did not start")
        self.address, self.port = found[0], int(found[2])
        print(f"first build and start: {time.perf_counter() - start:.1f} s")
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()

    @property
    def memory_mb(self) -> float:
        """What the process holds now."""
        status = Path(f"/proc/{self.process.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
        return int(found[1]) / 1024 if found else 0.0

    @property
    def processor_s(self) -> float:
        """Seconds of the processor that the process has used, threads and all."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def events(self) -> Iterator[dict[str, Any]]:
        """The stream, the present first, until nothing was told for as long as a stream takes to say so."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)
        connection.request("GET", "/-/digest/events")
        with closing(connection), connection.getresponse() as answer:
            for line in answer:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])
                elif line.startswith(b":"):
                    sys.exit("nothing was told of a save")


def in_place(file: Path, text: str) -> None:
    """As nano and VS Code save."""
    file.write_text(text, "utf-8")


def by_rename(file: Path, text: str) -> None:
    """As vim, JetBrains and `sed -i` save."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def body(article: Article, number: int) -> Article:
    """Another paragraph."""
    return article._replace(body=f"{article.body}\n\nAnd in the end number {number}.")


def title(article: Article, number: int) -> Article:
    """Another headline."""
    return article._replace(title=f"{article.title} number {number}")


def label(article: Article, _number: int) -> Article:
    """Another category."""
    return article._replace(categories=("culture" if article.categories[0] == "sport" else "sport",))


EDITS: dict[str, Callable[[Article, int], Article]] = {"body": body, "title": title, "label": label}
SAVES: dict[str, Callable[[Path, str], None]] = {"in place": in_place, "by rename": by_rename}


def _told(served: Served, corpus: Sequence[Article], edits: int) -> dict[str, list[float]]:
    """Milliseconds from each save to its event, by the kind of edit and of saving."""
    stream, found = served.events(), dict[str, list[float]]()
    next(stream)
    for number, (kind, save, article) in enumerate(_some(corpus, edits)):
        file = served.site / "content" / article.folder / f"{article.slug}.md"
        text = page_of(EDITS[kind](article, number)._replace(slug=article.slug))
        SAVES[save](file, text)
        saved = time.perf_counter()
        heard: object = None
        while not heard:
            news = next(stream)
            heard = news["everything"] or any(path.startswith(f"/{article.folder}/") for path in news["changed"])
        taken = (time.perf_counter() - saved) * 1000
        for name in (kind, save, "all"):
            found.setdefault(name, []).append(taken)
        time.sleep(1)  # an editor reads what was done; nothing is awaited here
    return found


def _some(corpus: Sequence[Article], edits: int) -> Iterator[tuple[str, str, Article]]:
    dice = random.Random(7)
    chosen = dice.sample(range(len(corpus)), min(edits, len(corpus)))
    for number, index in enumerate(chosen):
        yield list(EDITS)[number % len(EDITS)], list(SAVES)[number % len(SAVES)], corpus[index]


def _drawn(served: Served, corpus: Sequence[Article], edits: int) -> dict[str, list[float]]:
    """Milliseconds from each save to the frame in which Chromium shows it, by the kind of edit and of saving."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the one thing here that needs a browser

    found = dict[str, list[float]]()
    article = corpus[0]
    file = served.site / "content" / article.folder / f"{article.slug}.md"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{served.address.rstrip('/')}/{article.folder}/{article.slug}/")
        for number in range(edits):
            kind, save = list(_SHOWN)[number % 2], list(SAVES)[number // 2 % 2]
            words = f"number {number} of the day"
            page.evaluate(_WAIT, [_SHOWN[kind], words, _PATIENCE_S * 1000])
            changes: dict[str, Any] = {kind: f"{getattr(article, kind)} {words}"}
            SAVES[save](file, with_slug(article._replace(**changes)))
            saved = time.time() * 1000
            taken = page.evaluate("() => window.drawn") - saved
            for name in (kind, save, "all"):
                found.setdefault(name, []).append(taken)
            time.sleep(1)
        browser.close()
    return found


def with_slug(article: Article) -> str:
    """A page that stays where it is whatever its title says."""
    return page_of(article).replace("\n---\n", f"\nslug: {article.slug}\n---\n", 1)


_SHOWN = {"body": "main", "title": "h1"}
"""What can be edited without an end, and the element in which the page shows it."""
_WAIT = """([where, words, patience]) => { window.drawn = new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`no ${words} on the page`)), patience);
  const look = () => document.querySelector(where)?.textContent.includes(words)
    ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look);
  look(); }); }"""


def _table(found: dict[str, list[float]]) -> None:
    print(f"{'':20} {'saves':>6} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'most':>8}")
    for name, times in sorted(found.items(), key=lambda pair: pair[0] == "all"):
        cuts = statistics.quantiles(times, n=100, method="inclusive")
        print(f"{name:20} {len(times):6} {cuts[49]:8.0f} {cuts[94]:8.0f} {cuts[98]:8.0f} {max(times):8.0f}")


if __name__ == "__main__":
    main()
