"""Figures are those of all processes, and what stood in the way comes back nowhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import Attic, Spread, cost_of, limit, memory_of, spread_of

CHILD = "x = bytearray(60_000_000); sum(range(4_000_000)); import time; time.sleep(0.3)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)"


def test_spread_has_median_and_extremes() -> None:
    assert spread_of([3.0, 1.0, 2.5]) == Spread(median=2.5, least=1.0, most=3.0)
    assert str(spread_of([1.0])) == "1.00 (1.00–1.00)"
    assert str(spread_of([10.0, 30.0])) == "20.0 (10.0–30.0)"


def test_cost_includes_child_processes(tmp_path: Path) -> None:
    cost = cost_of((sys.executable, "-c", PARENT), tmp_path)
    alone = cost_of((sys.executable, "-c", "pass"), tmp_path)
    assert cost.cpu > alone.cpu
    assert cost.wall >= 0.3


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no such file here")
def test_memory_includes_child_processes(tmp_path: Path) -> None:
    assert 60_000_000 < memory_of((sys.executable, "-c", PARENT), tmp_path) < 160_000_000


def test_failing_command_is_an_error(tmp_path: Path) -> None:
    for measure in (cost_of, memory_of):
        with pytest.raises(subprocess.CalledProcessError):
            measure((sys.executable, "-c", "raise SystemExit(3)"), tmp_path)


def test_trash_moves_existing_paths(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    Attic(tmp_path / "attic").take(tmp_path / "output", tmp_path / "missing")
    assert not (tmp_path / "output").exists()
    assert len(list((tmp_path / "attic").iterdir())) == 1


def test_bare_loop_writes_files_of_equal_sizes(tmp_path: Path) -> None:
    content, output, target = (tmp_path / name for name in ("content", "output", "target"))
    (content / "a").mkdir(parents=True)
    (content / "a/x.md").write_text("words")
    (output / "b/c").mkdir(parents=True)
    (output / "b/c/index.html").write_bytes(b"12345")
    (output / "d.xml").write_bytes(b"123")
    limit(content, output, target)
    found = {p.relative_to(target).as_posix(): p.stat().st_size for p in target.rglob("*") if p.is_file()}
    assert found == {"b/c/index.html": 5, "d.xml": 3}


def test_commands_may_write_bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    cost_of([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], tmp_path)
