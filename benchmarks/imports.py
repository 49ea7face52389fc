"""Figures of import: items a second into a new site and into an archive of N, what a wire can do worst, and memory.

    python -m benchmarks.imports [N] [--stream MB] [--small FILES] [--jobs N] [--folder DIR]

N is 100,000 unless said. The archive is made by importing it, 2,000 items a dump, a dump a day. Every figure is that of
a whole process, its start included: seconds on the wall, and of the processor over all its processes, so that what else
a machine does can be told apart. A stream is a dump of MB (default 64; 1,000 is a gigabyte) in articles of 40 kB, read
and threaded and written beside the site (`--dry-run`), and a quarter of it: memory should not follow its size.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from benchmarks.measure import Cost, cost_of, memory_of
from benchmarks.stories import made_up

NEW, DUMP, FRESH = 4_000, 2_000, 8_000
FIRST = datetime(2026, 1, 1, 6, 0)
COPIES = 2_500
SMALL = 5
"""Items of a small dump."""
MARKED = {7: "UPDATE 1-", 19: "CORRECTED-", 31: "URGENT: ", 43: "RPT-"}
"""Every hundredth item of these numbers has such a marker."""
ARTICLE_BYTES = 40_000
DIGEST = (sys.executable, "-m", "digest", "import")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="?", type=int, default=100_000)
    parser.add_argument("--stream", type=int, default=64)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        place = Path(folder)
        _fresh(place, asked.jobs)
        _archive(place, asked.archive, asked.jobs)
        _small(place, asked.small, asked.jobs)
        _worst(place)
        _streams(place, asked.stream, asked.jobs)


def _fresh(place: Path, jobs: int) -> None:
    lines = [text for _, text in made_up(FRESH)]
    for number in dict.fromkeys((1, jobs)):
        site = _site(place / f"fresh-{number}")
        [dump] = _dumps(site, lines, size=FRESH)
        print(f"{FRESH:,} items, a new site, --jobs {number}: {_figures(_took(site, [dump], number), FRESH)}")


def _archive(place: Path, size: int, jobs: int) -> None:
    lines, site = [text for _, text in made_up(size + NEW)], _site(place / "archive")
    print(f"{size:,} items into a new site: {_figures(_took(site, _dumps(site, lines[:size]), jobs), size)}")
    day = count(-(-size // DUMP))
    for what in ("reads all of its pages", "reads none"):
        took = _took(site, _dumps(site, [f"Rain {what} at Hillfoot"], start=next(day)), jobs)
        print(f"one item into that archive, when it {what}: {took.wall:.1f} s, processor {took.cpu:.1f} s")
    took = _took(site, _dumps(site, lines[size:], start=next(day)), jobs)
    print(f"{NEW:,} items into an archive of {size:,}: {_figures(took, NEW)}")


def _small(place: Path, files: int, jobs: int) -> None:
    """Many small dumps, once and once more, when there is nothing to do."""
    site = _site(place / "small")
    items = [text for _, text in made_up(files * SMALL)]
    tray = _dumps(site, items, size=SMALL, step=timedelta(minutes=20))[0].parent
    print(f"{files:,} dumps of {SMALL} items, a folder: {_figures(_took(site, [tray], jobs), files * SMALL)}")
    print(f"the same folder again: {_took(site, [tray], jobs).wall:.1f} s")


def _worst(place: Path) -> None:
    """What must not cost more for each item, the more there are: the second figure should be twice the first."""
    brief, article = "Stocks in focus at the open", "{brief}\nBody number {n} tells of another thing.\nO.Salim--NW"
    worst = {
        "copies of one headline": lambda n: [brief] * n,
        "articles under one headline": lambda n: [article.format(brief=brief, n=i) for i in range(n)],
    }
    for what, lines in worst.items():
        took = []
        for number in (COPIES, 2 * COPIES):
            site = _site(place / f"{what} {number}")
            dash = "" if "articles" in what else "-\n"
            took.append(_took(site, _dumps(site, lines(number), size=number, dash=dash), 1).cpu)
        print(f"{COPIES:,} and {2 * COPIES:,} {what}: processor {took[0]:.1f} s and {took[1]:.1f} s")


def _streams(place: Path, megabytes: int, jobs: int) -> None:
    for size in (megabytes // 4, megabytes):
        site = _site(place / f"stream-{size}")
        dump = site.parent / f"2026-03-12T1800-stream-{size}.txt"
        number = _write_articles(dump, size * 1_000_000)
        for named, command in (("import --dry-run", [*DIGEST, "--dry-run"]), ("only the start", [*DIGEST, "--help"])):
            rest = [str(dump), "--jobs", str(jobs)] if "dry" in named else []
            held = memory_of([*command, *rest], site) // 1_000_000
            print(f"a dump of {size:,} MB, {number:,} articles, {named}: {held:,} MB of memory over all processes")
        dump.unlink()


def _write_articles(dump: Path, size: int) -> int:
    """A dump of at least so many bytes; the number of its articles."""
    words = [text for _, text in made_up(20_000)]
    written = number = 0
    with dump.open("w", encoding="utf-8") as file:
        while written < size:
            first = number * 41
            lines = (". ".join(words[(first + 7 * n + k) % len(words)] for k in range(6)) for n in count())
            text = f"{words[first % len(words)]} {number}\n{_until(lines, ARTICLE_BYTES)}O.Salim--NW\n"
            written += file.write(text)
            number += 1
    return number


def _until(lines: Iterator[str], size: int) -> str:
    text = ""
    while len(text) < size:
        text += f"{next(lines)}.\n"
    return text


def _site(folder: Path) -> Path:
    site = folder / "site"
    site.mkdir(parents=True)
    (site / "digest.toml").write_text('[site]\nbase_url = "https://post.example/"\n', "utf-8")
    return site


def _dumps(
    site: Path, lines: Sequence[str], *, start: int = 0, size: int = DUMP, dash: str = "-\n",
    step: timedelta = timedelta(days=1),
) -> list[Path]:  # fmt: skip
    """Dumps of some lines beside a site, the first of them the oldest."""
    tray = site.parent / f"tray-{start}"
    tray.mkdir()
    dumps = []
    for number, at in enumerate(range(0, len(lines), size), start):
        path = tray / f"{FIRST + number * step:%Y-%m-%dT%H%M}-nw.txt"
        marked = (f"{MARKED.get(n % 100, '') if dash else ''}{t}" for n, t in enumerate(lines[at : at + size]))
        path.write_text("".join(reversed([f"{dash}{text}\n" for text in marked])), "utf-8")
        dumps.append(path)
    return dumps


def _took(site: Path, dumps: Iterable[Path], jobs: int) -> Cost:
    """What an import costs. Raises CalledProcessError when it fails."""
    return cost_of((*DIGEST, *map(str, dumps), "--jobs", str(jobs)), site)


def _figures(took: Cost, items: int) -> str:
    wall, cpu = items / took.wall, items / took.cpu
    return f"{wall:,.0f} items/s ({took.wall:.1f} s), {cpu:,.0f} a second of the processor ({took.cpu:.1f} s)"


if __name__ == "__main__":
    main()
