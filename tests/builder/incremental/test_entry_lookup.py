"""A build of few changed pages asks for few entries, and finds all that a look at everything would."""

from contextlib import closing
from pathlib import Path

import pytest

from digest.builder import Audience, pipeline
from digest.builder.context import load_context
from digest.builder.incremental.entries import EntryIndex
from digest.builder.incremental.entry_lookup import EntryLookup
from digest.builder.pipeline import archive_of
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from tests.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each build from now on, whether it looked at all items."""
    seen: list[bool] = []
    rows, look = Archive.rows, pipeline.plan_build

    def noted_rows(archive: Archive, paths: object = None) -> object:
        seen[-1:] = [(seen and seen[-1]) or paths is None]
        return rows(archive, paths)  # type: ignore[arg-type] # as it came

    def noted_look(*arguments: object) -> object:
        seen.append(False)
        return look(*arguments)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(Archive, "rows", noted_rows)
    monkeypatch.setattr(pipeline, "plan_build", noted_look)
    return seen


def test_an_edit_looks_at_its_entry_alone(room: Newsroom, looks: list[bool]) -> None:
    room.item("x", body="Body.")
    room.item("y", body="Other.")
    room.build()
    room.item("y", body="Otter.")
    report = room.build()
    assert looks == [True, False]
    assert (report.items, report.entries) == (2, 2)
    assert "Otter" in room.text("/2026/03/12/headline-y/")


def test_pages_that_come_and_go_are_found(room: Newsroom, looks: list[bool]) -> None:
    room.item("x", body="Body.")
    room.item("y", body="Other.")
    room.build()
    room.item("z", body="New.")
    (room.content / "2026/03/12/y.md").unlink()
    report = room.build()
    assert looks == [True, False]
    assert (report.items, report.entries) == (2, 2)
    assert "2026/03/12/headline-z/index.html" in room.files()
    assert "2026/03/12/headline-y/index.html" not in room.files()


def test_a_version_makes_it_look_at_all(room: Newsroom, looks: list[bool]) -> None:
    room.item("x", body="Body.")
    room.item("y", body="Other.")
    room.build()
    room.item("z", body="Later.", version_of="n00000000x")
    assert room.build().entries == 2
    room.item("y", body="Otter.")
    room.build()
    room.item("x", body="Bodies.")
    room.build()
    assert looks == [True, True, False, True], "one that stands alone is not looked for among others"


def test_what_another_read_before_is_not_missed(room: Newsroom, looks: list[bool]) -> None:
    room.item("y", body="Other.")
    room.build()
    room.item("y", body="Otter.")
    room.build(audience=Audience.PREVIEW, output=room.folder / "preview")
    room.build()
    assert looks[-1], "the tables were brought up to date for the preview"
    assert "Otter" in room.text("/2026/03/12/headline-y/")


def test_the_families_of_all_are_those_that_join_gives(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.item("y", body="Other.")
    room.item("z", body="Later.", version_of="n00000000x")
    request = room.request()
    setting, _ = load_context(request)
    assert setting
    with closing(open_store(room.folder, SCHEMA)) as store:
        archive = archive_of(request, store, setting)
        archive.refresh()
        near, kin = EntryLookup(archive), EntryIndex(archive.rows())
        assert dict(near.paths_by_root) == kin.paths_by_root
        assert (len(near), len(near.paths_by_root)) == (len(kin), len(kin.paths_by_root))
        assert near.digests(near.paths_by_root, {}) == kin.digests(kin.paths_by_root, {})
