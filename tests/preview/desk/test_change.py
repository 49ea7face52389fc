"""Changes of fields: exactly the changed lines are written, and changes of other people are never overwritten."""

from datetime import date
from pathlib import Path

import pytest

from digest.content.store.lock import file_lock
from digest.edit import Edit, check_allowed
from digest.ingest.pipeline import LOCK_FILE
from digest.issues import Issue
from digest.preview.desk import messages, writer
from digest.preview.desk.field_changes import Correction, FieldChanges
from tests.preview.desk.desk_site import DeskSite, accepted, refused

HAND = "opinion/ferries.md"


def test_one_field_changes_and_every_other_byte_stays(desk_site: DeskSite) -> None:
    before = desk_site.text(HAND)
    response = accepted(desk_site.change("n5", FieldChanges(region="africa")))
    assert desk_site.text(HAND) == before.replace("[europe, world]", "[africa, world]")
    assert [label.slug for label in response.states[0].regions if label.position == 1] == ["africa"]
    assert response.last_change is not None
    assert response.last_change.description == "region: Who owns the ferries?"


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (FieldChanges(title="  Who owns\nthe ferries now? "), "title:   Who owns the ferries now?  # ask Jo\n"),
        (FieldChanges(summary="Nobody: yet"), 'summary: "Nobody: yet"\n'),
        (FieldChanges(category="politics"), "categories: [politics]\n"),
        (FieldChanges(regions=["world", "europe", "world"]), "regions: [world, europe]\n"),
        (FieldChanges(status="hold"), "status: hold\n"),
        (FieldChanges(lead=2), "lead: 2\n"),
        (FieldChanges(story="ferry"), "story: ferry\n"),
        (
            FieldChanges(corrections=[Correction(date(2026, 3, 11), "It was [the] other.")]),
            'corrections: [{date: 2026-03-11, text: "It was [the] other."}]\n',
        ),
    ],
)
def test_every_field_is_written_as_one_line(desk_site: DeskSite, changes: FieldChanges, line: str) -> None:
    accepted(desk_site.change("n5", changes))
    text = desk_site.text(HAND)
    assert line in text
    assert "# by hand\n" in text
    assert text.endswith("\n---\n\nNobody says.\n")


def test_empty_values_remove_fields(desk_site: DeskSite) -> None:
    for changes in (
        FieldChanges(summary="x", lead=3, status="hold"),
        FieldChanges(summary="", lead=0, status="published"),
    ):
        accepted(desk_site.change("n5", changes))
    assert not {"summary", "lead", "status"} & {line.partition(":")[0] for line in desk_site.text(HAND).splitlines()}


def test_title_goes_into_the_newest_version_and_the_story_into_all(desk_site: DeskSite) -> None:
    accepted(desk_site.change("n2", FieldChanges(title="Divers find 12", story="loom", lead=1)))
    root, version = desk_site.text("2026/03/10/divers.md"), desk_site.text("2026/03/10/divers-2.md")
    assert "title: Divers find 12\n" in version
    assert "title: Divers reach ferry off Palawan\n" in root
    assert ("story: loom\n" in root, "story: loom\n" in version) == (True, True)
    assert ("lead: 1\n" in root, "lead: 1\n" in version) == (False, True)


def test_status_is_written_into_the_root_and_publishing_covers_all_versions(desk_site: DeskSite) -> None:
    accepted(desk_site.change("n2", FieldChanges(status="killed")))
    assert "status: killed" in desk_site.text("2026/03/10/divers.md")
    desk_site.put(
        "2026/03/10/divers-2.md", desk_site.text("2026/03/10/divers-2.md").replace("---\nid", "---\nstatus: killed\nid")
    )
    accepted(desk_site.change("n2", FieldChanges(status="published")))
    assert "status" not in desk_site.text("2026/03/10/divers.md") + desk_site.text("2026/03/10/divers-2.md")


def test_a_changed_file_is_a_conflict_and_is_not_overwritten(desk_site: DeskSite) -> None:
    ref, before = desk_site.ref("n5"), desk_site.text(HAND)
    theirs = before.replace("Nobody says.", "Jo says.")
    desk_site.put(HAND, theirs)
    [conflict] = refused(desk_site.change("n5", FieldChanges(region="africa"), ref)).conflicts
    assert desk_site.text(HAND) == theirs
    assert (conflict.file, conflict.theirs) == (f"content/{HAND}", theirs)
    assert conflict.mine == before.replace("[europe,", "[africa,")
    accepted(desk_site.change("n5", FieldChanges(region="africa")))
    assert desk_site.text(HAND) == theirs.replace("[europe,", "[africa,"), "their other changes stay"


def test_a_file_that_changes_during_the_write_is_not_overwritten(
    desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = "---\ntitle: Theirs\n---\n"

    def change_file_first(site: Path, edit: Edit | Issue) -> Edit | Issue:
        desk_site.put(HAND, theirs)
        return check_allowed(site, edit)

    monkeypatch.setattr(writer, "check_allowed", change_file_first)
    [conflict] = refused(desk_site.change("n5", FieldChanges(region="africa"))).conflicts
    assert conflict.theirs == theirs
    assert desk_site.text(HAND) == theirs


def test_a_change_of_many_entries_is_undone_at_once(desk_site: DeskSite) -> None:
    request = messages.ChangeRequest(
        entries=[desk_site.ref(entry_id) for entry_id in ("n1", "n4", "n5")], changes=FieldChanges(status="hold")
    )
    response = accepted(desk_site.desk.change(request))
    assert [state.status for state in response.states] == ["hold"] * 3
    accepted(desk_site.desk.undo(messages.UndoRequest()))
    assert [desk_site.state(entry_id).status for entry_id in ("n1", "n4", "n5")] == ["published"] * 3


def test_a_conflict_in_one_of_many_entries_writes_none(desk_site: DeskSite) -> None:
    refs = [desk_site.ref(entry_id) for entry_id in ("n1", "n5")]
    desk_site.put(HAND, desk_site.text(HAND) + "More.\n")
    before = desk_site.text("2026/03/10/ferry.md")
    refusal = refused(desk_site.desk.change(messages.ChangeRequest(entries=refs, changes=FieldChanges(status="hold"))))
    assert [conflict.entry for conflict in refusal.conflicts] == ["n5"]
    assert desk_site.text("2026/03/10/ferry.md") == before


def test_an_unknown_label_is_refused(desk_site: DeskSite) -> None:
    before = desk_site.text(HAND)
    [problem] = refused(desk_site.change("n5", FieldChanges(region="atlantis"))).issues
    assert problem.code == "page-label-unknown"
    assert desk_site.text(HAND) == before


def test_an_unknown_entry_is_an_issue(desk_site: DeskSite) -> None:
    [problem] = refused(desk_site.change("n9", FieldChanges(lead=1), messages.EntryRef("n9", "x"))).issues
    assert problem.code == "page-not-found"


def test_a_page_linked_from_outside_content_is_not_written(desk_site: DeskSite) -> None:
    outside = desk_site.site.parent / "outside.md"
    outside.write_text("---\ntitle: Outside\ndate: 2026-03-10\nid: out\n---\n")
    (desk_site.site / "content/linked.md").symlink_to(outside)
    desk_site.build()
    before = outside.read_text()
    [problem] = refused(desk_site.change("out", FieldChanges(lead=1))).issues
    assert problem.code == "page-outside"
    assert outside.read_text() == before


def test_a_link_inside_content_stays_a_link(desk_site: DeskSite) -> None:
    (desk_site.site / "content/again.md").symlink_to(desk_site.site / "content" / HAND)
    desk_site.build()
    accepted(desk_site.change("n5", FieldChanges(lead=1)))
    assert (desk_site.site / "content/again.md").is_symlink()
    assert "lead: 1" in desk_site.text(HAND)


def test_nothing_is_written_while_an_import_runs(desk_site: DeskSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_LOCK_TIMEOUT_S", 0.01)
    with file_lock(desk_site.site / LOCK_FILE, 0):
        [problem] = refused(desk_site.change("n5", FieldChanges(lead=1))).issues
    assert problem.code == "import-locked"
    accepted(desk_site.change("n5", FieldChanges(lead=1)))


def test_a_new_rank_moves_other_entries_down_in_one_change(desk_site: DeskSite) -> None:
    for entry_id, rank in (("n1", 1), ("n2", 2), ("n5", 4)):
        accepted(desk_site.change(entry_id, FieldChanges(lead=rank)))
    desk_site.build()
    accepted(desk_site.desk.set_lead(messages.LeadRequest(desk_site.ref("n4"), 1)))
    assert [desk_site.state(entry_id).lead for entry_id in ("n4", "n1", "n2", "n5")] == [1, 2, 3, 4]
    accepted(desk_site.desk.undo(messages.UndoRequest()))
    assert [desk_site.state(entry_id).lead for entry_id in ("n4", "n1", "n2", "n5")] == [0, 1, 2, 4]
