"""A dump that is copied into the dumps folder is imported once, after it is complete."""

from pathlib import Path

import pytest

from digest.preview.dump_import import QUIET_S, DumpImporter
from tests.preview.running import new_site, preview

NAME = "content/dumps/2026-03-12T0900-nw.txt"
DUMP = "-\nFerry company orders two boats\n-\nMayor opens swimming season\n"


class _Clock:
    """A clock that tests set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a folder for dumps."""
    site = new_site(tmp_path / "site")
    (site / "content/dumps").mkdir()
    return site


def _pages(site: Path) -> set[str]:
    return {page.stem for page in (site / "content").rglob("*.md")}


def test_a_dump_is_imported_after_the_quiet_period(site: Path) -> None:
    clock = _Clock()
    dumps = DumpImporter(site, clock)
    assert dumps.wait_s() is None
    (site / NAME).write_text(DUMP[:20])
    dumps.note_changes([NAME])
    assert dumps.wait_s() == QUIET_S
    assert not dumps.import_ready()
    clock.now += QUIET_S / 2
    (site / NAME).write_text(DUMP)
    dumps.note_changes([NAME])
    clock.now += QUIET_S / 2
    assert not dumps.import_ready()
    clock.now += QUIET_S
    assert dumps.import_ready()
    assert {"ferry-company-orders-two-boats", "mayor-opens-swimming-season"} <= _pages(site)
    assert dumps.wait_s() is None


def test_copies_made_by_import_are_ignored(site: Path) -> None:
    clock = _Clock()
    dumps = DumpImporter(site, clock)
    (site / "content/dumps/note.txt").write_text(DUMP)
    dumps.note_changes(["content/dumps/note.txt"])
    clock.now += QUIET_S
    assert dumps.import_ready()
    dumps.note_changes(f"content/dumps/{file.name}" for file in (site / "content/dumps").iterdir())
    assert dumps.wait_s() is None


def test_a_deleted_dump_is_not_imported(site: Path) -> None:
    dumps = DumpImporter(site, _Clock())
    (site / NAME).write_text(DUMP)
    dumps.note_changes([NAME])
    (site / NAME).unlink()
    dumps.note_changes([NAME])
    assert dumps.wait_s() is None
    assert dumps.issues == ()


def test_a_new_dump_appears_on_the_site_with_its_issues(site: Path) -> None:
    with preview(site) as running, running.events() as events:
        next(events)
        (site / "content/dumps/2026-03-12T0900-nw.txt").write_text(f"{DUMP}-\n\n")
        event = next(events)
        while "/" not in event["changed"] and not event["everything"]:
            event = next(events)
        assert "Ferry company orders two boats" in running.get("/").text
