"""The copies of dumps, and what they remember."""

from datetime import date
from pathlib import Path

import pytest

from digest.ingest.archive.dumps import DumpArchive, Sightings
from digest.wire import BytesSource, key_of
from tests.ingest.desk import briefs

LATEST = ("9999-12-31", "", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of copies."""
    made = tmp_path / "content" / "dumps"
    made.mkdir(parents=True)
    return made


def test_a_site_without_copies(tmp_path: Path) -> None:
    shelf = DumpArchive(tmp_path)
    assert shelf.names_with_content(BytesSource(b"")) == []
    assert shelf.free_name("a.txt") == "a.txt"
    assert shelf.between(date.min, date.max) == []


def test_equal_content_is_found_and_no_other(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(b"abc")
    (folder / "b.txt").write_bytes(b"abd")
    (folder / "c.txt").write_bytes(b"abc")
    shelf = DumpArchive(tmp_path)
    assert shelf.names_with_content(BytesSource(b"abc")) == ["a.txt", "c.txt"]
    assert shelf.names_with_content(BytesSource(b"ab")) == []


def test_a_free_name_is_the_first_that_no_copy_has(folder: Path, tmp_path: Path) -> None:
    (folder / "2026-03-10.txt").write_bytes(b"")
    shelf = DumpArchive(tmp_path)
    assert shelf.free_name("2026-03-10.txt") == "2026-03-10(2).txt"
    shelf.add("2026-03-10(2).txt", 1)
    assert shelf.free_name("2026-03-10.txt") == "2026-03-10(3).txt"


def test_copies_of_a_window_stand_in_the_order_in_which_they_were_taken(folder: Path, tmp_path: Path) -> None:
    names = ["2026-03-09-nw.txt", "2026-03-10-nw.txt", "2026-03-10T0600-a.txt", "2026-03-11-nw.txt", "undated.txt"]
    for name in names:
        (folder / name).write_bytes(b"")
    within = DumpArchive(tmp_path).between(date(2026, 3, 9), date(2026, 3, 10))
    assert [kept.name for kept in within] == names[:3]


def test_sightings_are_those_of_earlier_dumps_of_the_window(folder: Path, tmp_path: Path) -> None:
    for name, headline in (
        ("2026-03-06", "A"),
        ("2026-03-08", "B"),
        ("2026-03-10T0600", "C"),
        ("2026-03-10T1200", "D"),
    ):
        (folder / f"{name}-nw.txt").write_text(briefs(headline))
    sightings = Sightings(DumpArchive(tmp_path))
    sightings.load_window(date(2026, 3, 10), 3, ("2026-03-10", "0700", "x.txt"))
    seen = {headline: sightings.days_of(key_of(headline)) for headline in "ABCD"}
    assert seen == {"A": frozenset(), "B": {date(2026, 3, 8)}, "C": {date(2026, 3, 10)}, "D": frozenset()}
    sightings.load_window(date(2026, 3, 10), 3, LATEST)
    assert sightings.days_of(key_of("D")) == {date(2026, 3, 10)}


def test_a_copy_that_is_gone_meanwhile_is_no_disaster(folder: Path, tmp_path: Path) -> None:
    (folder / "2026-03-10-nw.txt").write_text(briefs("A"))
    shelf = DumpArchive(tmp_path)
    (folder / "2026-03-10-nw.txt").unlink()
    sightings = Sightings(shelf)
    sightings.load_window(date(2026, 3, 10), 3, LATEST)
    assert sightings.days_of(key_of("A")) == frozenset()
    assert shelf.names_with_content(BytesSource(briefs("A").encode())) == []
