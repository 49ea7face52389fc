"""State of an entry for the panel, and the sources of an entry."""

from digest.issues import Issue
from tests.preview.desk.desk_site import DeskSite


def test_the_state_has_every_label_with_its_evidence(desk_site: DeskSite) -> None:
    state = desk_site.state("n1")
    assert (state.title, state.status, state.lead, state.story) == (
        "Ferry sinks off Palawan, 40 missing", "published", 0, "ferry",
    )  # fmt: skip
    asia = next(label for label in state.regions if label.slug == "asia-pacific")
    assert (asia.name, asia.position, asia.is_predicted) == ("Asia-Pacific", 1, True)
    assert "Palawan" in {reason.words for reason in asia.reasons}
    assert state.region_confidence > 0.5
    assert [label.position for label in state.categories if label.slug == "disaster"] == [1]


def test_a_label_without_evidence_has_no_confidence(desk_site: DeskSite) -> None:
    state = desk_site.state("n4")
    assert state.region_confidence == 0


def test_the_state_shows_the_newest_version_and_the_story(desk_site: DeskSite) -> None:
    state = desk_site.state("n2")
    assert state.title == "Divers reach ferry off Palawan, find 12"
    assert [one.file for one in state.files] == ["content/2026/03/10/divers.md", "content/2026/03/10/divers-2.md"]
    assert state.files[0].editor.startswith("vscode://file/")
    assert [(member.id, member.title) for member in state.members] == [("n1", "Ferry sinks off Palawan, 40 missing")]
    assert desk_site.state("n3").id == "n2", "the id of a version resolves to its entry"


def test_dump_sources_mark_the_lines_of_the_item(desk_site: DeskSite) -> None:
    sources = desk_site.desk.dump_sources("n4")
    assert not isinstance(sources, Issue)
    assert [(line.number, line.is_own) for line in sources[0].lines] == [(n, n in {3, 4}) for n in range(1, 7)]
    assert sources[0].lines[3].text == "Weaver restores a loom at last"
    assert desk_site.desk.dump_sources("n5") == (), "written by hand"


def test_a_deleted_dump_has_no_lines(desk_site: DeskSite) -> None:
    (desk_site.site / "content/dumps/2026-03-10-lp.txt").unlink()
    sources = desk_site.desk.dump_sources("n4")
    assert not isinstance(sources, Issue)
    assert sources[0].lines == ()


def test_an_unreadable_page_is_an_issue(desk_site: DeskSite) -> None:
    desk_site.put("opinion/ferries.md", "no front matter")
    state = desk_site.desk.state("n5")
    assert isinstance(state, Issue)
    assert state.code == "page-front-matter"
