"""Stories at the desk: near ones, merged, moved, split off, pinned."""

import pytest

from digest.issues import Issue
from digest.preview.desk import messages
from tests.preview.desk.room import Room, done, refused


def test_near_stories_come_first_and_words_find_any(room: Room) -> None:
    room.put("2026/03/10/reach.md", "---\nid: n6\ntitle: Divers reach the Palawan ferry\nstory: reach\n---\n")
    room.look()
    near = room.desk.story_candidates("n6", "")
    assert not isinstance(near, Issue)
    assert near[0].story == "ferry"
    found = room.desk.story_candidates("n6", "LOOM weaver")
    assert not isinstance(found, Issue)
    assert [one.story for one in found] == ["loom"]


@pytest.mark.parametrize(
    ("do", "into", "stories"),
    [
        ("merge", "loom", ["loom", "loom", "loom"]),
        ("move", "loom", ["loom", "ferry", "ferry"]),
        ("split", "", ["ferry-palawan", "ferry", "ferry"]),
        ("pin", "", ["ferry", "ferry", "ferry"]),
    ],
)
def test_stories_change_as_a_whole_or_by_one(room: Room, do: str, into: str, stories: list[str]) -> None:
    done(room.desk.change_story(messages.StoryRequest(room.row("n1"), do, into)))  # type: ignore[arg-type] # a parameter of the test
    room.look()
    lines = [room.desk.index.items_by_path[f"2026/03/10/{name}.md"] for name in ("ferry", "divers", "divers-2")]
    found = [line.story for line in lines]
    assert [s[: len(w)] for s, w in zip(found, stories, strict=True)] == stories
    done(room.desk.undo(messages.UndoRequest())) if do != "pin" else None
    room.look()
    assert room.state("n1").story == "ferry"


def test_a_story_that_is_not_there_is_refused(room: Room) -> None:
    [one] = refused(room.desk.change_story(messages.StoryRequest(room.row("n1"), "merge", "nowhere"))).issues
    assert one.code == "page-not-found"
