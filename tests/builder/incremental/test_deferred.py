"""Long pages are drawn when there is nothing else to do, and never forgotten."""

from pathlib import Path

import pytest

from digest.builder import ResidentBuilder
from digest.builder.incremental import deferred
from tests.newsroom import NOW, Newsroom

MONTH = "region/africa/2026/03/index.html"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Three entries of a month, in which two are many."""
    monkeypatch.setattr(deferred, "LONG_PAGE_CARDS", 2)
    room = Newsroom(tmp_path)
    for name in ("x", "y", "z"):
        room.item(name, body="Body.")
    return room


@pytest.fixture
def workshop(room: Newsroom) -> ResidentBuilder:
    """One that was told of a new title."""
    workshop = ResidentBuilder(room.request())
    workshop.build(NOW)
    workshop.prepare(NOW)
    page = room.item("y", body="Body.", title="Another headline", slug="headline-y")
    assert workshop.build(NOW, [str(page.relative_to(room.folder))]).ok
    return workshop


def test_a_save_does_not_wait_for_a_long_page(room: Newsroom, workshop: ResidentBuilder) -> None:
    assert "Another headline" in room.text("/2026/03/12/headline-y/")
    assert "Another headline" in room.text("/")
    assert b"Another headline" not in room.files()[MONTH]
    assert workshop.has_deferred


def test_they_follow_one_by_one_when_nothing_changes(room: Newsroom, workshop: ResidentBuilder, tmp_path: Path) -> None:
    told: list[str] = []
    while workshop.has_deferred:
        report = workshop.build(NOW, ())
        assert report.planned == 1
        told += report.changes.changed
    workshop.close()
    assert "/region/africa/2026/03/" in told
    clean = room.clean(tmp_path / "clean")
    assert {path for path, data in room.files().items() if clean[path] != data} <= {"digest-manifest.json"}


def test_a_process_that_ends_owes_them_to_the_next_build(
    room: Newsroom, workshop: ResidentBuilder, tmp_path: Path
) -> None:
    workshop.close()
    room.build()
    assert room.files() == room.clean(tmp_path / "clean")


def test_a_page_that_is_not_long_any_more_waits_no_longer(room: Newsroom, workshop: ResidentBuilder) -> None:
    paths = [room.content / f"2026/03/12/{name}.md" for name in "xz"]
    for path in paths:
        path.unlink()
    assert workshop.build(NOW, [str(path.relative_to(room.folder)) for path in paths]).ok
    assert b"Another headline" in room.files()[MONTH]
    workshop.close()
