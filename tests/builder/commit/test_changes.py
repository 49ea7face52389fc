"""What a build says that it changed, in addresses."""

from pathlib import Path

import pytest

from digest.builder import Changes, build
from digest.builder.commit.changes import address_of
from digest.site.urls import file_of
from tests.newsroom import Newsroom


@pytest.mark.parametrize("url", ["/", "/2026/03/12/", "/feed.xml", "/region/africa/feed.xml", "/x/myindex.html"])
def test_an_address_and_its_file_are_each_others(url: str) -> None:
    assert address_of(file_of(url)) == url


def test_a_first_build_names_all_that_it_made(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.item("one")
    changes = build(room.request()).changes
    files = {*map(file_of, (*changes.changed, *changes.assets)), "digest-manifest.json"}
    assert files == set(room.files())
    assert (changes.moved, changes.removed) == ({}, ())


def test_a_page_that_changed_moved_or_went(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.item("one", day="2026-03-12", body="Words.", slug="one")
    build(room.request())
    room.item("one", day="2026-03-12", body="Others.", slug="one")
    assert "/2026/03/12/one/" in build(room.request()).changes.changed
    assert build(room.request()).changes == Changes()
    (room.content / "2026/03/12/one.md").unlink()
    room.item("one", day="2026-03-11", body="Others.", slug="one")
    moved = build(room.request()).changes
    assert moved.moved["/2026/03/12/one/"] == "/2026/03/11/one/"
    assert "/2026/03/11/one/" in moved.changed
    assert "/2026/03/12/" in moved.removed
    (room.content / "2026/03/11/one.md").unlink()
    assert "/2026/03/11/one/" in build(room.request()).changes.removed


def test_a_page_whose_id_follows_from_its_title_is_followed_by_its_file(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.page("desk/ferry.md", "Words.", title="Ferry sails", date="2026-03-12", regions=["africa"])
    room.build()
    room.page("desk/ferry.md", "Words.", title="Ferry stays", date="2026-03-12", regions=["africa"])
    changes = room.build().changes
    assert changes.moved["/2026/03/12/ferry-sails/"] == "/2026/03/12/ferry-stays/"
    assert "/2026/03/12/ferry-sails/" not in changes.removed
