"""What the panel shows of an entry, and where it came from."""

from digest.issues import Issue
from tests.preview.desk.room import Room


def test_a_state_has_every_label_with_what_speaks_for_it(room: Room) -> None:
    state = room.state("n1")
    assert (state.title, state.status, state.lead, state.story) == (
        "Ferry sinks off Palawan, 40 missing", "published", 0, "ferry",
    )  # fmt: skip
    asia = next(chip for chip in state.regions if chip.slug == "asia-pacific")
    assert (asia.name, asia.place, asia.says) == ("Asia-Pacific", 1, True)
    assert "Palawan" in {reason.words for reason in asia.reasons}
    assert state.region_confidence > 0.5
    assert [chip.place for chip in state.categories if chip.slug == "disaster"] == [1]


def test_a_label_that_the_text_does_not_speak_for_has_no_confidence(room: Room) -> None:
    state = room.state("n4")
    assert state.region_confidence == 0


def test_an_entry_is_its_newest_version_and_names_its_story(room: Room) -> None:
    state = room.state("n2")
    assert state.title == "Divers reach ferry off Palawan, find 12"
    assert [one.file for one in state.files] == ["content/2026/03/10/divers.md", "content/2026/03/10/divers-2.md"]
    assert state.files[0].editor.startswith("vscode://file/")
    assert [(member.id, member.title) for member in state.members] == [("n1", "Ferry sinks off Palawan, 40 missing")]
    assert room.state("n3").id == "n2", "a version leads to its entry"


def test_where_from_marks_the_lines_of_the_dump(room: Room) -> None:
    sources = room.desk.dump_sources("n4")
    assert not isinstance(sources, Issue)
    assert [(line.number, line.own) for line in sources[0].lines] == [(n, n in {3, 4}) for n in range(1, 7)]
    assert sources[0].lines[3].text == "Weaver restores a loom at last"
    assert room.desk.dump_sources("n5") == (), "made by hand"


def test_where_from_bears_a_dump_that_is_gone(room: Room) -> None:
    (room.site / "content/dumps/2026-03-10-lp.txt").unlink()
    sources = room.desk.dump_sources("n4")
    assert not isinstance(sources, Issue)
    assert sources[0].lines == ()


def test_a_page_that_cannot_be_read_is_an_issue(room: Room) -> None:
    room.put("opinion/ferries.md", "no front matter")
    state = room.desk.state("n5")
    assert isinstance(state, Issue)
    assert state.code == "page-front-matter"
