"""Stories at the desk: candidates, merge, move, split and pin."""

import pytest

from digest.issues import Issue
from digest.preview.desk import messages
from tests.preview.desk.desk_site import DeskSite, accepted, refused


def test_similar_stories_come_first_and_a_search_finds_any(desk_site: DeskSite) -> None:
    desk_site.put("2026/03/10/reach.md", "---\nid: n6\ntitle: Divers reach the Palawan ferry\nstory: reach\n---\n")
    desk_site.build()
    similar = desk_site.desk.story_candidates("n6", "")
    assert not isinstance(similar, Issue)
    assert similar[0].story == "ferry"
    matching = desk_site.desk.story_candidates("n6", "LOOM weaver")
    assert not isinstance(matching, Issue)
    assert [one.story for one in matching] == ["loom"]


@pytest.mark.parametrize(
    ("action", "story", "prefixes"),
    [
        ("merge", "loom", ["loom", "loom", "loom"]),
        ("move", "loom", ["loom", "ferry", "ferry"]),
        ("split", "", ["ferry-palawan", "ferry", "ferry"]),
        ("pin", "", ["ferry", "ferry", "ferry"]),
    ],
)
def test_merge_move_split_and_pin(desk_site: DeskSite, action: str, story: str, prefixes: list[str]) -> None:
    request = messages.StoryRequest(desk_site.ref("n1"), action, story)  # type: ignore[arg-type] # a parameter of the test
    accepted(desk_site.desk.change_story(request))
    desk_site.build()
    items = [desk_site.desk.index.items_by_path[f"2026/03/10/{name}.md"] for name in ("ferry", "divers", "divers-2")]
    pairs = zip((item.story for item in items), prefixes, strict=True)
    assert all(story.startswith(prefix) for story, prefix in pairs)
    if action != "pin":
        accepted(desk_site.desk.undo(messages.UndoRequest()))
    desk_site.build()
    assert desk_site.state("n1").story == "ferry"


def test_an_unknown_story_is_refused(desk_site: DeskSite) -> None:
    [problem] = refused(
        desk_site.desk.change_story(messages.StoryRequest(desk_site.ref("n1"), "merge", "nowhere"))
    ).issues
    assert problem.code == "page-not-found"
