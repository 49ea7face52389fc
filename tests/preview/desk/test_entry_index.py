"""The desk's look at a build: what changed is read, and no more."""

from collections.abc import Iterable, Iterator

import pytest

from digest.content.store.archive import Archive
from digest.model import Item
from digest.preview.desk import entry_index
from tests.preview.desk.room import Room

LOOM = "2026/03/10/loom.md"


def test_another_title_is_one_item_read_and_nothing_joined(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    items = Archive.items

    def listened(archive: Archive, paths: Iterable[str]) -> Iterator[Item]:
        wanted = list(paths)
        read.extend(wanted)
        return items(archive, wanted)

    monkeypatch.setattr(Archive, "items", listened)
    monkeypatch.setattr(entry_index, "join", lambda _: pytest.fail("nothing is to be joined"))
    version = room.desk.index.version
    room.put(LOOM, room.text(LOOM).replace("Weaver restores a loom", "Weaver mends a loom"))
    room.look()
    assert (read, room.desk.index.version) == ([LOOM], version + 1)
    assert room.desk.index.items_by_path[LOOM].title.startswith("Weaver mends a loom")


def test_pages_that_come_and_go_are_entries_and_are_not(room: Room) -> None:
    desk = room.desk.index
    name = desk.items_by_path[LOOM].id
    text = room.text(LOOM)
    (room.site / "content" / LOOM).unlink()
    room.look()
    assert LOOM not in desk.items_by_path
    assert name not in desk.entry_paths
    assert desk.entry_at(LOOM) == ""
    room.put(LOOM, text)
    room.look()
    assert (desk.entry_paths[name], desk.entry_at(LOOM)) == ((LOOM,), name)
