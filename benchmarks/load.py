"""Two hundred browsers on one preview, and readers who never stop asking, while somebody saves twice a second.

    python -m benchmarks.load [--seconds S] [--rate R] [--streams B] [--articles N]

`digest serve` in a process of its own, B event streams (200), R requests of pages a second (2,500; the goal is 2,000)
by wrk over kept connections, one save every half second, for S seconds (600). At the end: errors, pages that are not as
the output has them, what every stream heard, and the memory of the server over time. Needs wrk: `apt-get install wrk`.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import Article, articles
from benchmarks.preview import PLACE, Served, by_rename, in_place, with_slug
from benchmarks.sites import write_site

_CONNECTIONS = 32
_QUIET_S = 5.0
_READERS = Path(__file__).with_name("readers.lua")


class Tally:
    """What happened: the last epoch that each stream heard of, streams that broke off, memory in MB at each save."""

    def __init__(self) -> None:
        self.epochs: dict[int, str] = {}
        self.ended = 0
        self.memory: list[float] = []
        self.readers: dict[str, Any] = {}
        self.stale: list[str] = []
        self.processor_s = 0.0


def main(arguments: Sequence[str] | None = None, place: Path = PLACE) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="make bench-load", description=__doc__)
    for name, value in (("seconds", 600), ("rate", 2500), ("streams", 200), ("articles", 1000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args(arguments)
    if not shutil.which("wrk"):
        sys.exit("wrk is not there: apt-get install wrk")
    corpus, site = list(articles(options.articles)), place / "load"
    shutil.rmtree(site, ignore_errors=True)
    try:
        write_site(site, corpus)
        with Served(site) as served:
            tally = asyncio.run(_run(served, corpus, options))
    finally:
        shutil.rmtree(site, ignore_errors=True)
    _say(tally, options)


async def _run(served: Served, corpus: Sequence[Article], options: argparse.Namespace) -> Tally:
    tally = Tally()
    paths = ["/", *(f"/{a.folder}/{a.slug}/" for a in corpus[-20:]), "/feed.xml", "/category/politics/"]
    streams = [asyncio.create_task(_stream(served.port, n, tally)) for n in range(options.streams)]
    while len(tally.epochs) < options.streams:
        await asyncio.sleep(0.05)
    before = served.processor_s
    async with asyncio.timeout(options.seconds + 60):
        readers = asyncio.create_task(_readers(served, paths, options))
        words = await _saves(served, corpus[-1], options.seconds, tally)
        tally.readers = await readers
    tally.processor_s = served.processor_s - before
    await asyncio.sleep(_QUIET_S)
    item = f"/{corpus[-1].folder}/{corpus[-1].slug}/"
    tally.stale = [path for path in paths if not _is_fresh(served, path)]
    tally.stale += [] if words in _get(served.port, item) else [f"{item} lacks the last words"]
    tally.memory.append(served.memory_mb)
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    return tally


async def _readers(served: Served, paths: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    """What wrk says in the end."""
    how = ("-t1", f"-c{_CONNECTIONS}", f"-d{options.seconds}s", "--timeout", "5s", "-s", str(_READERS))
    address = f"http://127.0.0.1:{served.port}"
    wrk = await asyncio.create_subprocess_exec(
        "wrk", *how, address, "--", str(options.rate), *paths, stdout=asyncio.subprocess.PIPE
    )
    try:
        said, _ = await wrk.communicate()
    except asyncio.CancelledError:
        wrk.kill()
        raise
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


async def _saves(served: Served, article: Article, seconds: float, tally: Tally) -> str:
    """Saves twice a second; the words of the last save."""
    file, number, words = served.site / "content" / article.folder / f"{article.slug}.md", 0, ""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        number += 1
        words = f"Headline number {number} of the day"
        (in_place if number % 2 else by_rename)(file, with_slug(article._replace(title=words)))
        tally.memory.append(served.memory_mb)
        await asyncio.sleep(0.5)
    return words


def _get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def _is_fresh(served: Served, path: str) -> bool:
    """Whether a page is what the output holds, but for what the preview adds to its head and its end."""
    file = served.site / ".digest/preview" / path.lstrip("/")
    text = (file / "index.html" if path.endswith("/") else file).read_text("utf-8")
    answer = _get(served.port, path)
    return answer == text or _middle(answer) == _middle(text) != ""


def _middle(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


async def _stream(port: int, number: int, tally: Tally) -> None:
    """One browser's stream: remembers the last epoch that it heard of."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    writer.write(b"GET /-/digest/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    try:
        while line := await reader.readline():
            if line.startswith(b"data: "):
                tally.epochs[number] = json.loads(line[6:])["epoch"]
        tally.ended += 1
    finally:
        writer.close()


def _say(tally: Tally, options: argparse.Namespace) -> None:
    said, memory = tally.readers, tally.memory
    rate, each = said["requests"] / said["seconds"], tally.processor_s / max(said["requests"], 1) * 1e6
    heard = max(Counter(tally.epochs.values()).values(), default=0)
    tenth = max(1, len(memory) // 10)
    marks = (statistics.median(memory[n : n + tenth]) for n in range(0, len(memory), tenth))
    print(f"{options.rate:,} requests a second asked for, 2 saves a second, load {os.getloadavg()[0]:.1f}")
    rows = {
        "requests": f"{said['requests']:,} in {said['seconds']:.0f} s: {rate:,.0f} a second",
        "answered in": f"p50 {said['p50']:.1f}, p95 {said['p95']:.1f}, p99 {said['p99']:.1f} ms",
        "processor": f"{each:.0f} µs a request, with builds and streams; {tally.processor_s:.1f} s in all",
        "errors": f"{said['status']} answers other than 200, {said['broken']} broken off, {said['late']} late",
        "stale pages": f"{', '.join(tally.stale) or 'none'}, after {_QUIET_S:.0f} s of quiet",
        "streams": f"{heard} of {options.streams} heard of the newest, {tally.ended} ended",
        "memory": f"{memory[0]:.0f} MB at the start, {memory[-1]:.0f} MB at the end",
        "by tenths": " ".join(f"{mark:.0f}" for mark in marks),
    }
    for name, figures in rows.items():
        print(f"{name:12} {figures}")


if __name__ == "__main__":
    main()
