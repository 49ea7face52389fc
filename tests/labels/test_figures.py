"""The figures on our own headlines must not fall: labels, other regions, languages, case, speed of loading."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.labels import gold, rows_of, slugs, sure
from digest.labels import Engine

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def figures(labeller: Engine) -> dict[str, float]:
    rows = rows_of(HERE / "headlines.tsv")
    return dict(gold(rows, [labeller.label(row["text"]) for row in rows]))


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("region strict", 0.94),
        ("region lenient", 0.97),
        ("category strict", 0.82),
        ("category lenient", 0.93),
        ("other regions recall", 0.80),
    ],
)
def test_accuracy(figures: dict[str, float], name: str, least: float) -> None:
    assert figures[name] >= least


def test_few_wrong_extra_regions(figures: dict[str, float]) -> None:
    assert figures["wrong extra regions a headline"] <= 0.1


def test_confidence_is_calibrated(labeller: Engine) -> None:
    rows = rows_of(HERE / "headlines.tsv")
    labels = [labeller.label(row["text"]) for row in rows]
    for field in ("region", "category"):
        high = [right for chance, right in sure(rows, labels, field) if chance >= 0.9]
        assert sum(high) / len(high) >= 0.9
    low = [right for chance, right in sure(rows, labels, "category") if chance < 0.7]
    high = [right for chance, right in sure(rows, labels, "category") if chance >= 0.7]
    assert sum(low) / len(low) < sum(high) / len(high)


@pytest.mark.parametrize("lang", ["fr", "de", "es", "pt", "ar"])
def test_regions_in_other_languages(labeller: Engine, lang: str) -> None:
    rows = [row for row in rows_of(HERE / "languages.tsv") if row["lang"] == lang]
    right = sum(labeller.label(row["text"]).region == row["region"] for row in rows)
    assert len(rows) == 20
    assert right / len(rows) >= 0.85


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_regions_hold_in_every_case(labeller: Engine, case: type[str]) -> None:
    rows = rows_of(HERE / "headlines.tsv")
    right = sum(labeller.label(case(row["text"])).region in slugs(row["region"]) for row in rows)
    assert right / len(rows) >= 0.88


def test_headline_set_is_well_formed(labeller: Engine) -> None:
    rows = rows_of(HERE / "headlines.tsv")
    known = {slug for slug, _ in labeller.report_of("").categories}
    assert all(slugs(row["category"]) | slugs(row["category_ok"]) <= known for row in rows)
    assert max(Counter(row["text"] for row in rows).values()) == 1


def test_headline_set_is_not_training_data() -> None:
    trained = {row["headline"].lower() for row in rows_of(HERE.parent.parent / "benchmarks" / "labels_train.tsv")}
    assert not trained & {row["text"].lower() for row in rows_of(HERE / "headlines.tsv")}
