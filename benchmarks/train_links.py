"""Learns `digest/stories/data/links.tsv` from the dated event sentences of an open encyclopedia's news pages.

    python benchmarks/train_links.py FOLDER

FOLDER holds `current-events.tsv`. Sentences under one heading, at most `GAP` days apart, are one story. The years are
laid over each other 1, 4, 12 and 36 deep, to learn what a denser stream changes. The same file gives the same weights.
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from digest.stories.pairs.alignment import align
from digest.stories.pairs.score import regression_features
from digest.stories.pairs.signals import Signals, signals_of
from digest.stories.text.features import features_of

OUT = Path(__file__).parents[1] / "digest" / "stories" / "data" / "links.tsv"
GAP, LONGEST, WINDOW, CANDIDATES = 4, 12, 6, 25
DEPTHS = (1, 4, 12, 36)
RIDGE = 5.0
Row = tuple[str, int, str]
Sample = tuple[list[float], bool, float]


def main() -> None:
    """Read, compare, fit, write."""
    rows = _stories(Path(sys.argv[1]) / "current-events.tsv")
    samples: list[Sample] = []
    names: list[str] = []
    for depth in DEPTHS:
        found = [(regression_features(*pair), same) for pair, same in _pairs(_overlaid(rows, depth))]
        weight = 500 / sum(same for _, same in found)
        names = list(found[0][0])
        samples += [([*f.values(), 1.0], same, weight) for f, same in found]
        print(depth, len(found), sum(same for _, same in found))
    weights = _fit(samples)
    lines = ["# Weights of the logistic regression in score.py; made by benchmarks/train_links.py."]
    lines += [f"{name}\t{weight:.2f}" for name, weight in zip([*names, "bias"], weights, strict=True)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _stories(path: Path) -> list[Row]:
    """Story, day, text; stories of two sentences up to `LONGEST`."""
    with path.open(encoding="utf-8", newline="") as f:
        events = sorted(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE), key=lambda r: r["date"])
    last: dict[str, tuple[int, str]] = {}
    rows: list[Row] = []
    for n, event in enumerate(e for e in events if e["story"]):
        day, heading = date.fromisoformat(event["date"]).toordinal(), event["story"]
        before, story = last.get(heading, (0, ""))
        last[heading] = day, story if day - before <= GAP else f"{heading} {n}"
        rows.append((last[heading][1], day, event["text"]))
    size = Counter(story for story, _, _ in rows)
    return [row for row in rows if 2 <= size[row[0]] <= LONGEST]


def _overlaid(rows: Sequence[Row], depth: int) -> list[Row]:
    start = min(day for _, day, _ in rows)
    span = (max(day for _, day, _ in rows) - start) // depth + 1
    return sorted(((story, (day - start) % span, text) for story, day, text in rows), key=lambda r: r[1])


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[tuple[Signals, int, int], bool]]:
    """Each sentence with those of the window that share most with it."""
    gists = [features_of(text) for _, _, text in rows]
    low = 0
    for i, (story, day, _) in enumerate(rows):
        while rows[low][1] < day - WINDOW:
            low += 1
        today = sum(rows[j][1] == day for j in range(low, i))
        crowd = max(i - low, today * WINDOW)
        near = sorted(range(low, i), key=lambda j: (-_overlap(gists[i].terms, gists[j].terms), -j))[:CANDIDATES]
        for j in near:
            yield (signals_of(align(gists[j], gists[i])), day - rows[j][1], crowd), rows[j][0] == story


def _overlap(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return sum(weight for term, weight in a.items() if term in b)


def _fit(samples: Sequence[Sample], rounds: int = 12) -> list[float]:
    """Newton's method for ridge-penalised logistic regression; columns are scaled to unit variance."""
    width = len(samples[0][0])
    mean = [sum(x[k] for x, _, _ in samples) / len(samples) for k in range(width)]
    scale = [math.sqrt(sum((x[k] - mean[k]) ** 2 for x, _, _ in samples) / len(samples)) or 1.0 for k in range(width)]
    mean[-1] = 0.0
    scaled = [([(v - m) / s for v, m, s in zip(x, mean, scale, strict=True)], float(y), w) for x, y, w in samples]
    beta = [0.0] * width
    for _ in range(rounds):
        gradient = [-RIDGE * b for b in beta[:-1]] + [0.0]
        hessian = [[RIDGE * (i == j < width - 1) + 1e-9 * (i == j) for j in range(width)] for i in range(width)]
        for x, y, w in scaled:
            p = 1 / (1 + math.exp(-sum(b * v for b, v in zip(beta, x, strict=True))))
            for i in range(width):
                gradient[i] += w * (y - p) * x[i]
                curve = w * p * (1 - p) * x[i]
                row = hessian[i]
                for j in range(i + 1):
                    row[j] += curve * x[j]
        for i in range(width):
            for j in range(i):
                hessian[j][i] = hessian[i][j]
        beta = [b + s for b, s in zip(beta, _solve(hessian, gradient), strict=True)]
    plain = [b / s for b, s in zip(beta, scale, strict=True)]
    plain[-1] -= sum(b * m for b, m in zip(plain[:-1], mean[:-1], strict=True))
    return plain


def _solve(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """Gaussian elimination with pivots."""
    rows = [[*row, v] for row, v in zip(matrix, vector, strict=True)]
    n = len(rows)
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(n):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[n] / row[k] for k, row in enumerate(rows)]


if __name__ == "__main__":
    main()
