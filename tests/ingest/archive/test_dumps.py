"""The archive of dumps."""

from datetime import date
from pathlib import Path

import pytest

from digest.ingest.archive.dumps import DumpArchive
from digest.wire import BytesSource


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The archive folder of a site."""
    made = tmp_path / "content" / "dumps"
    made.mkdir(parents=True)
    return made


def test_an_empty_archive(tmp_path: Path) -> None:
    shelf = DumpArchive(tmp_path)
    assert shelf.names_with_content(BytesSource(b"")) == []
    assert shelf.free_name("a.txt") == "a.txt"
    assert shelf.between(date.min, date.max) == []


def test_copies_are_found_by_content(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(b"abc")
    (folder / "b.txt").write_bytes(b"abd")
    (folder / "c.txt").write_bytes(b"abc")
    shelf = DumpArchive(tmp_path)
    assert shelf.names_with_content(BytesSource(b"abc")) == ["a.txt", "c.txt"]
    assert shelf.names_with_content(BytesSource(b"ab")) == []


def test_free_name_skips_names_in_use(folder: Path, tmp_path: Path) -> None:
    (folder / "2026-03-10.txt").write_bytes(b"")
    shelf = DumpArchive(tmp_path)
    assert shelf.free_name("2026-03-10.txt") == "2026-03-10(2).txt"
    shelf.add("2026-03-10(2).txt", 1)
    assert shelf.free_name("2026-03-10.txt") == "2026-03-10(3).txt"


def test_copies_of_a_range_are_in_the_order_of_import(folder: Path, tmp_path: Path) -> None:
    names = ["2026-03-09-nw.txt", "2026-03-10-nw.txt", "2026-03-10T0600-a.txt", "2026-03-11-nw.txt", "undated.txt"]
    for name in names:
        (folder / name).write_bytes(b"")
    within = DumpArchive(tmp_path).between(date(2026, 3, 9), date(2026, 3, 10))
    assert [kept.name for kept in within] == names[:3]
