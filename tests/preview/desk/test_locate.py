"""Which entry a headline is, whatever a theme has made of it."""

import pytest

from digest.preview.desk import messages
from digest.preview.desk.locate import Sight
from tests.preview.desk.room import Room


@pytest.mark.parametrize(
    ("sight", "name"),
    [
        (Sight("/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"), "n1"),
        (Sight("http://localhost:8000/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"), "n1"),
        (Sight("/news/2026/03/10/#n4"), "n4"),
        (Sight("", "n4", "Anything"), "n4"),
        (Sight("https://elsewhere.example/a?b=1", "", "Who owns"), "n5"),
        (Sight("", "", "weaver  restores a LOOM at last"), "n4"),
        (Sight("", "", "Divers reach ferry off Palawan, find 12"), "n2"),
        (Sight("/news/2026/03/10/", "", "The edition"), ""),
        (Sight("/news/region/europe/", "europe", "Europe"), ""),
        (Sight("/other/2026/03/10/ferry/", "", ""), ""),
        (Sight("/news/9999/99/99/ferry/", "", ""), ""),
        (Sight("", "", "A heading of the page"), ""),
    ],
)
def test_a_headline_is_known_by_what_it_has(room: Room, sight: Sight, name: str) -> None:
    located = room.desk.locate(messages.Look("/news/", [sight]))
    assert [found.id for found in located.found] == [name]
    assert not name or located.found[0].digest == room.state(name).digest


def test_the_heading_of_an_entrys_own_page_is_the_entry(room: Room) -> None:
    here = "/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"
    look = messages.Look(here, [Sight("", "", "Ferry sinks off Palawan, 40 missing"), Sight("", "", "Related")])
    assert [found.id for found in room.desk.locate(look).found] == ["n1", ""]


def test_a_headline_that_two_entries_have_is_none(room: Room) -> None:
    room.put("2026/03/10/loom-2.md", "---\nid: n7\ntitle: Weaver restores a loom at last\n---\n")
    room.look()
    look = messages.Look("/news/", [Sight("", "", "Weaver restores a loom at last")])
    assert [found.id for found in room.desk.locate(look).found] == [""]


def test_a_new_headline_is_known_after_the_build(room: Room) -> None:
    room.put("2026/03/10/new.md", "---\nid: n8\ntitle: New\n---\n")
    look = messages.Look("/news/", [Sight("/news/2026/03/10/new/", "", "New")])
    assert room.desk.locate(look).found[0].id == ""
    room.look()
    assert room.desk.locate(look).found[0].id == "n8"
