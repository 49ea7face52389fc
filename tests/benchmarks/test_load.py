"""The figures of a preview under load come from a preview under load, and nothing is left behind."""

import shutil
from pathlib import Path

import pytest

from benchmarks import load


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed")
def test_short_load_prints_all_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "_QUIET_S", 1.0)
    load.main(["--seconds", "2", "--rate", "100", "--streams", "3", "--articles", "30"], tmp_path)
    said = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert said["errors"] == "0 answers other than 200, 0 broken off, 0 late"
    assert said["stale"].endswith("none, after 1 s of quiet")
    assert said["streams"] == "3 of 3 heard of the newest, 0 ended"
    assert " a second" in said["requests"]
    assert "µs a request" in said["processor"]
    assert "MB at the end" in said["memory"]
    assert list(tmp_path.iterdir()) == []
