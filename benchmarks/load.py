"""Two hundred browsers on one preview, and readers who never stop asking, while somebody saves twice a second.

    python -m benchmarks.load [--seconds S] [--rate R] [--streams B] [--articles N]

`digest serve` in a process of its own, B event streams (200), R requests of pages a second (2,000) over kept
connections, one save every half second, for S seconds (60). At the end: errors, pages that are not as the output has
them, what every stream heard, and the memory of the server over time.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Article, articles
from benchmarks.preview import PLACE, Served, by_rename, in_place
from benchmarks.sites import page_of, write_site

_CONNECTIONS = 32
_QUIET_S = 5.0


class Tally:
    """What happened."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.times: list[float] = []
        self.epochs: dict[int, str] = {}
        self.memory: list[float] = []
        self.errors: Counter[str] = Counter()


def main(arguments: Sequence[str] | None = None, place: Path = PLACE) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    for name, value in (("seconds", 60), ("rate", 2000), ("streams", 200), ("articles", 1000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args(arguments)
    corpus, site = list(articles(options.articles)), place / "load"
    shutil.rmtree(site, ignore_errors=True)
    write_site(site, corpus)
    with Served(site) as served:
        start = time.perf_counter(), served.processor_s
        tally, stale = asyncio.run(_run(served, corpus, options))
        took, used = time.perf_counter() - start[0], served.processor_s - start[1]
    shutil.rmtree(site)
    _say(tally, stale, options, took, used)


async def _run(served: Served, corpus: Sequence[Article], options: argparse.Namespace) -> tuple[Tally, list[str]]:
    tally = Tally()
    paths = ["/", *(f"/{a.folder}/{a.slug}/" for a in corpus[-20:]), "/feed.xml", "/category/politics/"]
    streams = [asyncio.create_task(_stream(served.port, n, tally)) for n in range(options.streams)]
    until = time.monotonic() + options.seconds
    each = options.rate / _CONNECTIONS
    readers = [asyncio.create_task(_reader(served.port, paths, each, until, tally)) for _ in range(_CONNECTIONS)]
    words = await _saves(served, corpus[-1], until, tally)
    await asyncio.gather(*readers)
    await asyncio.sleep(_QUIET_S)
    item = f"/{corpus[-1].folder}/{corpus[-1].slug}/"
    stale = [path for path in paths if not await _is_fresh(served, path)]
    stale += [] if words in (await _get(served.port, item))[1] else [f"{item} lacks the last words"]
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    return tally, stale


async def _saves(served: Served, article: Article, until: float, tally: Tally) -> str:
    """Saves twice a second; the words of the last save."""
    file, number, words = served.site / "content" / article.folder / f"{article.slug}.md", 0, ""
    while time.monotonic() < until:
        number += 1
        words = f"Headline number {number} of the day"
        text = page_of(article._replace(title=words)).replace("\n---\n", f"\nslug: {article.slug}\n---\n", 1)
        (in_place if number % 2 else by_rename)(file, text)
        tally.memory.append(served.memory_mb)
        await asyncio.sleep(0.5)
    return words


async def _reader(port: int, paths: Sequence[str], rate: float, until: float, tally: Tally) -> None:
    """Asks for page after page over one connection, so many a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    begun, number = time.monotonic(), 0
    try:
        while time.monotonic() < until:
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            start, number = time.perf_counter(), number + 1
            status, _ = await _ask(reader, writer, paths[number % len(paths)])
            tally.statuses[status] += 1
            tally.times.append((time.perf_counter() - start) * 1000)
    except (OSError, EOFError, ValueError) as error:
        tally.errors[repr(error)] += 1
    writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, bytes]:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return int(head[9:12]), await reader.readexactly(length)


async def _get(port: int, path: str) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    status, body = await _ask(reader, writer, path)
    writer.close()
    return status, body.decode()


async def _is_fresh(served: Served, path: str) -> bool:
    """Whether a page is what the output holds, but for what the preview adds to its head and its end."""
    file = served.site / ".digest/preview" / path.lstrip("/")
    text = (file / "index.html" if path.endswith("/") else file).read_text("utf-8")
    answer = (await _get(served.port, path))[1]
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
        tally.errors["a stream ended"] += 1
    finally:
        writer.close()


def _say(tally: Tally, stale: list[str], options: argparse.Namespace, took: float, used: float) -> None:
    asked, seconds = sum(tally.statuses.values()), options.seconds
    cuts = statistics.quantiles(tally.times, n=100) if len(tally.times) > 1 else [0.0] * 99
    print(f"{options.streams} streams, {asked:,} requests in {seconds} s: {asked / seconds:,.0f} a second")
    print(f"answers {dict(tally.statuses)}, errors {dict(tally.errors)}, load {os.getloadavg()[0]:.1f}")
    print(f"milliseconds: p50 {cuts[49]:.1f}, p95 {cuts[94]:.1f}, p99 {cuts[98]:.1f}")
    print(f"processor time of the server: {used:.1f} s of {took:.1f} s, {used / max(asked, 1) * 1e6:.0f} µs a request")
    print(f"stale after {_QUIET_S:.0f} s of quiet: {', '.join(stale) or 'nothing'}")
    heard = Counter(tally.epochs.values())
    print(f"streams that heard of the newest: {max(heard.values(), default=0)} of {options.streams}")
    tenth = max(1, len(tally.memory) // 10)
    marks = [statistics.median(tally.memory[n : n + tenth]) for n in range(0, len(tally.memory), tenth)]
    print("memory MB, a tenth of the time each: " + " ".join(f"{mark:.0f}" for mark in marks))


if __name__ == "__main__":
    main()
