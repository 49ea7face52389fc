"""Snapshot of the output: changed files are found, and it can be updated."""

import os
from pathlib import Path

from digest.builder.uptodate.snapshot import Snapshot, snapshot_of


def _left(folder: Path) -> Snapshot:
    files = sorted(f for f in folder.rglob("*") if f.is_file())
    return snapshot_of((f.relative_to(folder).as_posix(), f.stat().st_size, f.stat().st_mtime_ns) for f in files)


def _output(folder: Path) -> Path:
    (folder / "2026").mkdir()
    for name in ("a.html", "b.html", "2026/c.html"):
        (folder / name).write_text(name)
    return folder


def test_deleted_and_changed_files_are_found(tmp_path: Path) -> None:
    output = _output(tmp_path)
    left = _left(output)
    assert left.matches(output)
    assert left.changed_files(output) == []
    (output / "2026/c.html").unlink()
    (output / "b.html").write_text("Mine")
    os.utime(output / "a.html", ns=(0, 0))
    assert not left.matches(output)
    assert sorted(left.changed_files(output)) == ["2026/c.html", "a.html", "b.html"]


def test_all_files_of_a_missing_output_are_changed(tmp_path: Path) -> None:
    left = _left(_output(tmp_path))
    assert sorted(left.changed_files(tmp_path / "nowhere")) == ["2026/c.html", "a.html", "b.html"]


def test_a_snapshot_can_be_updated(tmp_path: Path) -> None:
    output = _output(tmp_path)
    before = _left(output)
    (output / "2026/c.html").unlink()
    (output / "b.html").write_text("Longer than it was")
    (output / "d.html").write_text("New")
    now = _left(output)
    files = ("b.html", "d.html", "2026/c.html", "never.html")
    then = before.updated({file: now.stat_of(file) for file in files})
    assert then.matches(output)
    assert then.files == now.files
    assert then.stat_of("2026/c.html") is None
