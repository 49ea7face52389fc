"""Inputs of an import: files, folders, standard input."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.ingest import ImportOptions
from digest.ingest.archive.sources import DumpInput, FileSource, collect_dumps, open_dump

OPTIONS = ImportOptions(stdin=b"-\nA\n", now=datetime(2026, 3, 10, 6, 10, tzinfo=UTC))


def test_a_file_source_reads_ranges(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"0123456789")
    source = FileSource(path)
    try:
        assert source.size == 10
        assert source.read(3, 4) == b"3456"
        assert source.read(8, 4) == b"89"
        assert source.read(12, 4) == b""
    finally:
        source.close()


def test_each_file_is_collected_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("-\nA\n")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    dumps, issues = collect_dumps([tmp_path / "a.txt", tmp_path, str(tmp_path / "." / "a.txt"), "-", "-"], OPTIONS)
    assert [dump.name for dump in dumps] == ["a.txt", "stdin"]
    assert issues == []


def test_hidden_files_and_subfolders_are_ignored(tmp_path: Path) -> None:
    for name in (".a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text("-\nA\n")
    (tmp_path / "d.txt").mkdir()
    dumps, _ = collect_dumps([tmp_path], OPTIONS)
    assert [dump.name for dump in dumps] == ["b.txt"]


def test_the_time_of_standard_input() -> None:
    [dump], _ = collect_dumps(["-"], OPTIONS)
    assert dump.modified == OPTIONS.now
    [clock], _ = collect_dumps(["-"], ImportOptions())
    assert clock.modified is not None
    assert clock.modified.tzinfo is UTC
    with open_dump(dump) as source:
        assert source.read(0, 9) == b"-\nA\n"


@pytest.mark.parametrize("name", ["none.txt", "none/none.txt"])
def test_a_missing_path_is_an_issue(tmp_path: Path, name: str) -> None:
    dumps, [found_issue] = collect_dumps([tmp_path / name], OPTIONS)
    assert dumps == []
    assert found_issue.code == "dump-missing"
    assert found_issue.place.file == str(tmp_path / name)


def test_opening_a_vanished_file_raises_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), open_dump(DumpInput(label="a", name="a.txt", path=tmp_path / "a.txt")):
        pass
