"""Saves are timed through a real preview, each kind by itself, and nothing is left behind."""

import shutil
from pathlib import Path

import pytest

from benchmarks import preview


def _rows(said: str) -> set[str]:
    table = said[said.index("p99 ms") :].splitlines()[1:]
    return {row[:20].strip() for row in table if not row.startswith(("processor", "memory"))}


def test_table_has_a_row_for_each_kind_of_edit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    preview.main(["30", "--edits", "6"], tmp_path)
    said = capsys.readouterr().out
    assert _rows(said) == {"body", "title", "label", "in place", "by rename", "all"}
    assert "ms a save" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
def test_browser_updates_are_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    preview.main(["30", "--edits", "4", "--browser"], tmp_path)
    assert _rows(capsys.readouterr().out) == {"body", "title", "in place", "by rename", "all"}
    assert list(tmp_path.iterdir()) == []
