"""Figures of import: items a second into an archive of N, and into an empty one what a wire can do worst.

    python -m benchmarks.imports [N]

N is 100,000 unless said. The archive is made by importing it, 2,000 items a dump, a dump a day. Seconds are those
of the processor, so that what else a machine does counts little.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.stories import made_up
from digest.ingest import import_dumps

NEW, DUMP = 4_000, 2_000
FIRST = datetime(2026, 1, 1, 6, 0)
COPIES, ENDLESS = 5_000, 50_000
MARKED = {7: "UPDATE 1-", 19: "CORRECTED-", 31: "URGENT: ", 43: "RPT-"}
"""Every hundredth item of these numbers has such a marker."""


def main() -> None:
    """Print the table."""
    archive = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    lines = [text for _, text in made_up(max(archive + NEW, ENDLESS))]
    with tempfile.TemporaryDirectory() as folder:
        site = _site(Path(folder))
        filled = _timed(site, lines[:archive])
        print(f"import {archive:,} items, an archive growing from nothing: {archive / filled:,.0f} items/s")
        looked = _timed(site, ["Rain stops play at Hillfoot"], start=archive // DUMP)
        print(f"the first import afterwards, which reads all {archive:,} pages: {looked:.1f} s")
        added = _timed(site, lines[archive : archive + NEW], start=archive // DUMP + 1)
        print(f"import {NEW:,} items into it, in one command: {NEW / added:,.0f} items/s, {added:.1f} s")
    half, whole = (_apart(made) for made in (lines[: ENDLESS // 2], lines[:ENDLESS]))
    print(f"one dump of {ENDLESS // 2:,} items: {half:.1f} s; of {ENDLESS:,}: {whole:.1f} s, {whole / half:.2f} times")
    few, many = (_apart(["Stocks in focus at the open"] * n) for n in (COPIES // 2, COPIES))
    print(f"{COPIES // 2:,} copies of one headline: {few:.2f} s; {COPIES:,}: {many:.2f} s")
    copies = ["Stocks in focus at the open\nBody number {n} tells of something else altogether.\nO.Salim--NW"]
    few, many = (_apart([copies[0].format(n=n) for n in range(m)], dash="") for m in (COPIES // 2, COPIES))
    print(f"{COPIES // 2:,} articles under one headline: {few:.2f} s; {COPIES:,}: {many:.2f} s")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")


def _site(folder: Path) -> Path:
    site = folder / "site"
    site.mkdir()
    (site / "digest.toml").write_text('[site]\nbase_url = "https://post.example/"\n', "utf-8")
    return site


def _apart(lines: Sequence[str], dash: str = "-\n") -> float:
    with tempfile.TemporaryDirectory() as folder:
        return _timed(_site(Path(folder)), lines, size=len(lines), dash=dash)


def _timed(site: Path, lines: Sequence[str], start: int = 0, size: int = DUMP, dash: str = "-\n") -> float:
    """Seconds to import some lines in dumps of a size, the first of them the oldest."""
    with tempfile.TemporaryDirectory() as tray:
        dumps = []
        for number, at in enumerate(range(0, len(lines), size), start):
            path = Path(tray) / f"{FIRST + timedelta(days=number):%Y-%m-%dT%H%M}-nw.txt"
            marked = (f"{MARKED.get(n % 100, '') if dash else ''}{t}" for n, t in enumerate(lines[at : at + size]))
            path.write_text("".join(reversed([f"{dash}{text}\n" for text in marked])), "utf-8")
            dumps.append(path)
        began = time.process_time()
        report = import_dumps(site, dumps)
        took = time.process_time() - began
    if sum(dump.items for dump in report.dumps) != len(lines):
        raise SystemExit("\n".join(map(str, ("not everything was imported", *report.issues[:3]))))
    return took


if __name__ == "__main__":
    main()
