"""Which entry a headline is, whatever a theme has made of it."""

import pytest

from digest.preview.desk import messages
from digest.preview.desk.locate import Headline
from tests.preview.desk.room import Room


@pytest.mark.parametrize(
    ("sight", "name"),
    [
        (Headline("/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"), "n1"),
        (Headline("http://localhost:8000/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"), "n1"),
        (Headline("/news/2026/03/10/#n4"), "n4"),
        (Headline("", "n4", "Anything"), "n4"),
        (Headline("https://elsewhere.example/a?b=1", "", "Who owns"), "n5"),
        (Headline("", "", "weaver  restores a LOOM at last"), "n4"),
        (Headline("", "", "Divers reach ferry off Palawan, find 12"), "n2"),
        (Headline("/news/2026/03/10/", "", "The edition"), ""),
        (Headline("/news/region/europe/", "europe", "Europe"), ""),
        (Headline("/other/2026/03/10/ferry/", "", ""), ""),
        (Headline("/news/9999/99/99/ferry/", "", ""), ""),
        (Headline("", "", "A heading of the page"), ""),
    ],
)
def test_a_headline_is_known_by_what_it_has(room: Room, sight: Headline, name: str) -> None:
    located = room.desk.locate(messages.LocateRequest("/news/", [sight]))
    assert [found.id for found in located.found] == [name]
    assert not name or located.found[0].digest == room.state(name).digest


def test_the_heading_of_an_entrys_own_page_is_the_entry(room: Room) -> None:
    here = "/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"
    look = messages.LocateRequest(
        here, [Headline("", "", "Ferry sinks off Palawan, 40 missing"), Headline("", "", "Related")]
    )
    assert [found.id for found in room.desk.locate(look).found] == ["n1", ""]


def test_a_headline_that_two_entries_have_is_none(room: Room) -> None:
    room.put("2026/03/10/loom-2.md", "---\nid: n7\ntitle: Weaver restores a loom at last\n---\n")
    room.look()
    look = messages.LocateRequest("/news/", [Headline("", "", "Weaver restores a loom at last")])
    assert [found.id for found in room.desk.locate(look).found] == [""]


def test_a_new_headline_is_known_after_the_build(room: Room) -> None:
    room.put("2026/03/10/new.md", "---\nid: n8\ntitle: New\n---\n")
    look = messages.LocateRequest("/news/", [Headline("/news/2026/03/10/new/", "", "New")])
    assert room.desk.locate(look).found[0].id == ""
    room.look()
    assert room.desk.locate(look).found[0].id == "n8"
