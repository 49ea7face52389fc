"""Figures of threading: how right on labelled sets, how fast into a full archive.

    python -m benchmarks.stories [FOLDER]

FOLDER holds `headline-pairs-*.tsv` (score 0–5, two headlines) and `stories-*.tsv` (story, date, text; oldest first);
without it only the speed is measured, on headlines made up of words from the background table.
"""

import csv
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import structs

from digest.model import KnownItem, Relation, Thread
from digest.stories import SAME_EVENT, SAME_NEWS, Threader, headline_similarity
from digest.stories.text.tables import known_names, rarities

ARCHIVE, NEW = 100_000, 4_000
WINDOWS = (6, 14)


def main() -> None:
    """Print the table."""
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        for path in sorted(folder.glob("headline-pairs-*.tsv")):
            _print_pairs(path)
        for path in sorted(folder.glob("stories-*.tsv")):
            _print_stories(path)
    _print_speed()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def _print_pairs(path: Path) -> None:
    rows = _rows(path)
    scores = [headline_similarity(r["headline_a"], r["headline_b"])[0] for r in rows]
    for bar, name, threshold in ((4.0, "SAME_NEWS", SAME_NEWS), (3.0, "SAME_EVENT", SAME_EVENT)):
        truth, guess = [float(r["score"]) >= bar for r in rows], [s >= threshold for s in scores]
        hit = sum(a and b for a, b in zip(truth, guess, strict=True))
        print(f"{path.name} at {bar} ({name} {threshold}): {_prf(hit / max(1, sum(guess)), hit / max(1, sum(truth)))}")


def _print_stories(path: Path) -> None:
    rows = _rows(path)
    for days in WINDOWS:
        threads = threaded(((r["date"], r["text"]) for r in rows), days)
        gold, found = [r["story_id"] for r in rows], [t.story for t in threads]
        kinds = ", ".join(f"{sum(t.relation is kind for t in threads)} {kind}" for kind in Relation)
        print(f"{path.name}, window of {days} days: B-cubed {_prf(*bcubed(gold, found))}; {kinds}")


def threaded(lines: Iterable[tuple[str, str]], days: int) -> list[Thread]:
    """Date and text, oldest first → the thread of each."""
    index, threads = Threader(window_days=days), []
    for n, (day, text) in enumerate(lines):
        new = KnownItem(id=f"i{n:08}", title=text, day=date.fromisoformat(day), seen=day, story="", root="")
        thread = index.thread(new)
        root = thread.entry_id if thread.relation is Relation.VERSION else new.id
        index.add(structs.replace(new, story=thread.story, root=root))
        threads.append(thread)
    return threads


def bcubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998)."""
    by_gold: defaultdict[str, set[int]] = defaultdict(set)
    by_found: defaultdict[str, set[int]] = defaultdict(set)
    for i, (g, f) in enumerate(zip(gold, found, strict=True)):
        by_gold[g].add(i)
        by_found[f].add(i)
    common = [
        (len(by_gold[g] & by_found[f]), len(by_found[f]), len(by_gold[g])) for g, f in zip(gold, found, strict=True)
    ]
    return sum(c / f for c, f, _ in common) / len(gold), sum(c / g for c, _, g in common) / len(gold)


def _prf(precision: float, recall: float) -> str:
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"


def _print_speed() -> None:
    lines = made_up(ARCHIVE + NEW)
    index = Threader()
    start = time.process_time()
    for n, (day, text) in enumerate(lines[:ARCHIVE]):
        index.add(KnownItem(id=f"i{n:08}", title=text, day=day, seen=day.isoformat(), story=f"s{n}", root=f"i{n:08}"))
    filled = time.process_time()
    for n, (day, text) in enumerate(lines[ARCHIVE:], start=ARCHIVE):
        new = KnownItem(id=f"i{n:08}", title=text, day=day, seen=day.isoformat(), story="", root="")
        thread = index.thread(new)
        index.add(structs.replace(new, story=thread.story, root=thread.entry_id or new.id))
    done = time.process_time()
    print(f"add {ARCHIVE:,} items of one window: {ARCHIVE / (filled - start):,.0f} items/s")
    print(f"thread and add {NEW:,} more: {NEW / (done - filled):,.0f} items/s")


def made_up(n: int) -> list[tuple[date, str]]:
    """Headlines of nine words, drawn as often as the background has them; all within five days, oldest first."""
    chance = random.Random(1)
    stems = [s for s in sorted(rarities(), key=lambda s: (rarities()[s], s)) if s.isalpha()]
    weights = [2.718 ** -rarities()[s] for s in stems]
    words = chance.choices([s.title() if s in known_names() else s for s in stems], weights, k=9 * n)
    return [(date(2026, 1, 1) + timedelta(days=5 * i // n), " ".join(words[9 * i : 9 * i + 9])) for i in range(n)]


if __name__ == "__main__":
    main()
