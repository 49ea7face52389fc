"""How well, how fast and how surely labels are given: `python -m benchmarks.labels [--engine NAME] [FOLDER]`.

FOLDER holds labelled sets as tab-separated files with a header; those that are not there are left out:

    *-gold.tsv          text, region, region_ok, region_also, category, category_ok
    desk-region-*.tsv   region, title, description: what a publisher's desk filed
    desk-topic-*.tsv    topic, title, description

Our own sets stand in `tests/labels`. Strict: the primary label is one that an annotator chose; lenient: or one that an
annotator would also have accepted.
"""

import argparse
import subprocess
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from digest.config import DEFAULT_LABELLER, default_taxonomy
from digest.labels.engines import load_labeller
from digest.labels.text.language import language_of
from digest.model import Labeller, Labels

OWN = Path(__file__).parent.parent / "tests" / "labels"
ROUNDS = 7
Row = dict[str, str]
Pairs = list[tuple[float, bool]]


def rows_of(path: Path) -> list[Row]:
    """The rows of a file by their header."""
    head, *lines = path.read_text(encoding="utf-8").split("\n")
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=False)) for line in lines if line]


def slugs(cell: str) -> set[str]:
    """The slugs of a cell."""
    return {slug for slug in cell.split(",") if slug}


def gold(rows: list[Row], labels: list[Labels]) -> Iterator[tuple[str, float]]:
    """Strict and lenient accuracy, and how well the other regions are found."""
    count = len(rows)
    for field in ("region", "category"):
        got = [getattr(one, field) for one in labels]
        yield f"{field} strict", sum(g in slugs(r[field]) for g, r in zip(got, rows, strict=True)) / count
        fine = (g in slugs(r[field]) | slugs(r[field + "_ok"]) for g, r in zip(got, rows, strict=True))
        yield f"{field} lenient", sum(fine) / count
    wanted = found = extra = 0
    for row, one in zip(rows, labels, strict=True):
        also, others = slugs(row["region_also"]), set(one.other_regions)
        wanted += len(also)
        found += len(also & (others | {one.region}))
        extra += len(others - also - slugs(row["region"]) - slugs(row["region_ok"]))
    yield "other regions recall", found / max(1, wanted)
    yield "wrong extra regions a headline", extra / count


def sure(rows: list[Row], labels: list[Labels], field: str) -> Pairs:
    """(confidence, right) for one field."""
    return [
        (getattr(one, f"{field}_confidence"), getattr(one, field) in slugs(row[field]))
        for row, one in zip(rows, labels, strict=True)
    ]


def reliability(name: str, pairs: Iterable[tuple[float, bool]]) -> None:
    """Print how often labels of each confidence are right."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for chance, right in pairs:
        bins[min(9, int(chance * 10))].append(right)
    cells = "  ".join(f"{at / 10:.1f}: {sum(own) / len(own):.2f} ({len(own)})" for at, own in sorted(bins.items()))
    print(f"  reliability of {name}: {cells}")


def measure(labeller: Labeller, path: Path) -> None:
    """Print the figures of one labelled set."""
    rows = rows_of(path)
    if "text" in rows[0]:
        labels = [labeller.label(row["text"]) for row in rows]
        print(f"{path.name}, {len(rows)} headlines")
        for name, figure in gold(rows, labels):
            print(f"  {name:32} {figure:.3f}")
        for field in ("region", "category"):
            reliability(field, sure(rows, labels, field))
        return
    field, get = ("region", "region") if "region" in rows[0] else ("topic", "category")
    print(f"{path.name}, {len(rows)} items")
    for name, with_summary in (("title alone", False), ("title and description", True)):
        got = [getattr(labeller.label(r["title"], r["description"] if with_summary else ""), get) for r in rows]
        print(f"  {name:32} {sum(g == r[field] for g, r in zip(got, rows, strict=True)) / len(rows):.3f}")


def languages(labeller: Labeller) -> None:
    """Print how often the region is right in each language, and how often the language is told."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for row in rows_of(OWN / "languages.tsv"):
        count[row["lang"]] += 1
        right[row["lang"]] += labeller.label(row["text"]).region == row["region"]
    print("regions in other languages  " + "  ".join(f"{lang} {right[lang] / n:.2f}" for lang, n in count.items()))
    told = Counter(said for row in rows_of(OWN / "languages.tsv") if (said := language_of(row["text"])) == row["lang"])
    print("languages told              " + "  ".join(f"{lang} {told[lang] / n:.2f}" for lang, n in count.items()))


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time, the best of some rounds: others may be busy on the machine."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def cost(labeller: Labeller, name: str) -> None:
    """Print speed, loading and memory."""
    texts = [row["text"] for row in rows_of(OWN / "headlines.tsv")]
    each = best(lambda: [labeller.label(text) for text in texts]) / len(texts)
    taxonomy = default_taxonomy()
    load = best(lambda: load_labeller(name, taxonomy))
    tracemalloc.start()
    held = load_labeller(name, taxonomy)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    code = (
        "from digest.labels.engines import engine_named; from digest.config import default_taxonomy;"
        f"engine_named({name!r}, default_taxonomy()).label('word'); print(open('/proc/self/status').read())"
    )
    status = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    whole = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
    print(f"a headline {each * 1e6:.0f} µs, loading {load * 1e3:.0f} ms (processor time, best of {ROUNDS})")
    print(f"{held.name} holds {size / 1e6:.0f} MB; the whole process {whole / 1024:.0f} MB at most")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--engine", default=DEFAULT_LABELLER)
    asked = parser.parse_args()
    labeller = load_labeller(asked.engine, default_taxonomy())
    folder = asked.folder
    sets = [*sorted(folder.glob("*-gold.tsv")), *sorted(folder.glob("desk-*.tsv"))] if folder else []
    for path in (*sets, OWN / "headlines.tsv", OWN / "unseen.tsv", OWN / "weathercock.tsv"):
        measure(labeller, path)
    languages(labeller)
    cost(labeller, asked.engine)


if __name__ == "__main__":
    main()
