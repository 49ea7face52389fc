"""Figures of import: items a second into a new site and into an archive of N, what a wire can do worst, and memory.

    python -m benchmarks.imports [N] [--parts NAMES] [--fresh ITEMS] [--new ITEMS] [--small FILES] [--copies ITEMS]
                                 [--stream MB] [--jobs N] [--folder DIR]

Parts, in this order, all unless said: fresh (items into a new site, by one process and by `--jobs`), archive (N items,
100,000 unless said, 2,000 a dump, a dump a day; then one item, twice, and new ones into that archive), small (many
dumps of 5 items, twice), worst (copies of one headline, then twice as many), stream (a dump of MB in articles of 40 kB,
read and threaded and written beside the site with `--dry-run`, and a quarter of it: memory should not follow its size).
Every figure is that of a whole process, its start included: seconds on the wall, and of the processor over all its
processes, so that what else a machine does can be told apart.

The numbers bound the time, which grows with each of them; the archive takes most of it. To see in half a minute that
all parts run:

    python -m benchmarks.imports 1000 --fresh 1000 --new 500 --small 20 --copies 250 --stream 4
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from benchmarks.measure import Cost, cost_of, memory_of
from benchmarks.stories import made_up

PARTS = "fresh,archive,small,worst,stream"
DUMP = 2_000
FIRST = datetime(2026, 1, 1, 6, 0)
SMALL = 5
"""Items of a small dump."""
MARKED = {7: "UPDATE 1-", 19: "CORRECTED-", 31: "URGENT: ", 43: "RPT-"}
"""Every hundredth item of these numbers has such a marker."""
ARTICLE_BYTES = 40_000
DIGEST = (sys.executable, "-m", "digest", "import")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", metavar="N", nargs="?", type=int, default=100_000, help="items of the archive")
    parser.add_argument("--parts", metavar="NAMES", default=PARTS, help="which, with commas between (%(default)s)")
    parser.add_argument("--fresh", metavar="ITEMS", type=int, default=8_000, help="into a new site (%(default)s)")
    parser.add_argument("--new", metavar="ITEMS", type=int, default=4_000, help="into the archive (%(default)s)")
    parser.add_argument("--small", metavar="FILES", type=int, default=1_000, help="small dumps (%(default)s)")
    parser.add_argument("--copies", metavar="ITEMS", type=int, default=2_500, help="of one headline (%(default)s)")
    parser.add_argument("--stream", metavar="MB", type=int, default=64, help="of the large dump; 1000 is a gigabyte")
    parser.add_argument("--jobs", metavar="N", type=int, default=os.cpu_count() or 1, help="processes (%(default)s)")
    parser.add_argument("--folder", metavar="DIR", type=Path, help="where the sites stand meanwhile")
    asked = parser.parse_args(arguments)
    parts: dict[str, Callable[[Path], None]] = {
        "fresh": lambda place: _fresh(place, asked.fresh, asked.jobs),
        "archive": lambda place: _archive(place, asked.archive, asked.new, asked.jobs),
        "small": lambda place: _small(place, asked.small, asked.jobs),
        "worst": lambda place: _worst(place, asked.copies),
        "stream": lambda place: _streams(place, asked.stream, asked.jobs),
    }
    chosen = asked.parts.split(",")
    if unknown := set(chosen) - set(parts):
        parser.error(f"no part is called {', '.join(sorted(unknown))}: {PARTS}")
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for name, run in parts.items():
            if name in chosen:
                run(Path(folder))


def _fresh(place: Path, items: int, jobs: int) -> None:
    lines = [text for _, text in made_up(items)]
    for number in dict.fromkeys((1, jobs)):
        site = _site(place / f"fresh-{number}")
        [dump] = _dumps(site, lines, size=items)
        print(f"{items:,} items, a new site, --jobs {number}: {_figures(_took(site, [dump], number), items)}")


def _archive(place: Path, size: int, new: int, jobs: int) -> None:
    lines, site = [text for _, text in made_up(size + new)], _site(place / "archive")
    print(f"{size:,} items into a new site: {_figures(_took(site, _dumps(site, lines[:size]), jobs), size)}")
    day = count(-(-size // DUMP))
    for what in ("reads all of its pages", "reads none"):
        took = _took(site, _dumps(site, [f"Rain {what} at Hillfoot"], start=next(day)), jobs)
        print(f"one item into that archive, when it {what}: {took.wall:.1f} s, processor {took.cpu:.1f} s")
    took = _took(site, _dumps(site, lines[size:], start=next(day)), jobs)
    print(f"{new:,} items into an archive of {size:,}: {_figures(took, new)}")


def _small(place: Path, files: int, jobs: int) -> None:
    """Many small dumps, once and once more, when there is nothing to do."""
    site = _site(place / "small")
    items = [text for _, text in made_up(files * SMALL)]
    tray = _dumps(site, items, size=SMALL, step=timedelta(minutes=20))[0].parent
    print(f"{files:,} dumps of {SMALL} items, a folder: {_figures(_took(site, [tray], jobs), files * SMALL)}")
    print(f"the same folder again: {_took(site, [tray], jobs).wall:.1f} s")


def _worst(place: Path, copies: int) -> None:
    """What must not cost more for each item, the more there are: the second figure should be twice the first."""
    brief, article = "Stocks in focus at the open", "{brief}\nBody number {n} tells of another thing.\nO.Salim--NW"
    worst: dict[str, Callable[[int], list[str]]] = {
        "copies of one headline": lambda n: [brief] * n,
        "articles under one headline": lambda n: [article.format(brief=brief, n=i) for i in range(n)],
    }
    for what, lines in worst.items():
        took = []
        for number in (copies, 2 * copies):
            site = _site(place / f"{what} {number}")
            dash = "" if "articles" in what else "-\n"
            took.append(_took(site, _dumps(site, lines(number), size=number, dash=dash), 1, "--json").cpu)
        print(f"{copies:,} and {2 * copies:,} {what}: processor {took[0]:.1f} s and {took[1]:.1f} s")


def _streams(place: Path, megabytes: int, jobs: int) -> None:
    for size in (max(1, megabytes // 4), megabytes):
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


def _took(site: Path, dumps: Iterable[Path], jobs: int, *options: str) -> Cost:
    """What an import costs. Raises CalledProcessError when it fails. With `--json` issues are not shown."""
    return cost_of((*DIGEST, *map(str, dumps), "--jobs", str(jobs), *options), site)


def _figures(took: Cost, items: int) -> str:
    wall, cpu = items / took.wall, items / took.cpu
    return f"{wall:,.0f} items/s ({took.wall:.1f} s), {cpu:,.0f} a second of the processor ({took.cpu:.1f} s)"


if __name__ == "__main__":
    main()
