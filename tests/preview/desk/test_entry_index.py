"""Refresh of the entry index after a build: only changed items are read."""

from collections.abc import Iterable, Iterator

import pytest

from digest.content.store.archive import Archive
from digest.model import Item
from digest.preview.desk import entry_index
from tests.preview.desk.desk_site import DeskSite

LOOM = "2026/03/10/loom.md"


def test_a_changed_title_reads_one_item_and_joins_nothing(desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    items = Archive.items

    def recording_items(archive: Archive, paths: Iterable[str]) -> Iterator[Item]:
        requested = list(paths)
        read.extend(requested)
        return items(archive, requested)

    monkeypatch.setattr(Archive, "items", recording_items)
    monkeypatch.setattr(
        entry_index, "group_versions", lambda _: pytest.fail("no id has changed, so entries must not be joined again")
    )
    version = desk_site.desk.index.version
    desk_site.put(LOOM, desk_site.text(LOOM).replace("Weaver restores a loom", "Weaver mends a loom"))
    desk_site.build()
    assert (read, desk_site.desk.index.version) == ([LOOM], version + 1)
    assert desk_site.desk.index.items_by_path[LOOM].title.startswith("Weaver mends a loom")


def test_new_and_deleted_pages_update_the_index(desk_site: DeskSite) -> None:
    index = desk_site.desk.index
    entry_id = index.items_by_path[LOOM].id
    text = desk_site.text(LOOM)
    (desk_site.site / "content" / LOOM).unlink()
    desk_site.build()
    assert LOOM not in index.items_by_path
    assert entry_id not in index.entry_paths
    assert index.entry_at(LOOM) == ""
    desk_site.put(LOOM, text)
    desk_site.build()
    assert (index.entry_paths[entry_id], index.entry_at(LOOM)) == ((LOOM,), entry_id)
