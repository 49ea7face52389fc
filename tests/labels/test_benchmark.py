"""The figures are counted as they say."""

from pathlib import Path

import pytest

from benchmarks.labels import gold, languages, measure, rows_of, slugs, sure
from digest.labels import Engine
from digest.model import Labels

ROWS = [
    {"region": "africa", "region_ok": "", "region_also": "europe", "category": "sport", "category_ok": ""},
    {"region": "europe", "region_ok": "world", "region_also": "", "category": "crime", "category_ok": "society"},
]
LABELS = [
    Labels(region="africa", category="sport", other_regions=("europe", "world"), region_confidence=0.9),
    Labels(region="world", category="society", category_confidence=0.4),
]


def test_accuracy_strict_lenient_and_other_regions() -> None:
    assert dict(gold(ROWS, LABELS)) == {
        "region strict": 0.5,
        "region lenient": 1.0,
        "category strict": 0.5,
        "category lenient": 1.0,
        "other regions recall": 1.0,
        "wrong extra regions a headline": 0.5,
    }


def test_confidence_is_paired_with_correctness() -> None:
    assert sure(ROWS, LABELS, "region") == [(0.9, True), (0.0, False)]
    assert sure(ROWS, LABELS, "category") == [(0.0, True), (0.4, False)]


def test_slugs_of_a_cell() -> None:
    assert slugs("a,b") == {"a", "b"}
    assert slugs("") == set()


def test_short_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "some-gold.tsv"
    path.write_text("text\tregion\nKenya\tafrica\n\n", encoding="utf-8")
    assert rows_of(path) == [{"text": "Kenya", "region": "africa"}]


@pytest.mark.parametrize(
    ("name", "head", "row", "line"),
    [
        ("desk-region-x.tsv", "region\ttitle\tdescription", "africa\tStorm\tRain in Kenya", "title and description"),
        ("desk-topic-x.tsv", "topic\ttitle\tdescription", "sport\tGoalkeeper saves penalty\t", "title alone"),
    ],
)
def test_desk_accuracy_is_printed(
    labeller: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, head: str, row: str, line: str
) -> None:
    path = tmp_path / name
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    measure(labeller, path)
    printed = capsys.readouterr().out
    assert f"{name}, 1 items" in printed
    assert [text.split()[-1] for text in printed.splitlines() if line in text] == ["1.000"]


def test_languages_are_listed(labeller: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    languages(labeller)
    assert {"fr", "de", "es", "pt", "ar"} <= set(capsys.readouterr().out.split())
