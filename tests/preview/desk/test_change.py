"""What an editor changes is in the page, and only that; what somebody else wrote meanwhile is never lost."""

from datetime import date
from pathlib import Path

import pytest

from digest.content.store.lock import file_lock
from digest.edit import Edit, check_allowed
from digest.ingest.pipeline import LOCK_FILE
from digest.issues import Issue
from digest.preview.desk import messages, writer
from digest.preview.desk.edits import Correction, FieldChanges
from tests.preview.desk.room import Room, done, refused

HAND = "opinion/ferries.md"


def test_one_field_changes_and_every_other_byte_stays(room: Room) -> None:
    before = room.text(HAND)
    changed = done(room.change("n5", FieldChanges(region="africa")))
    assert room.text(HAND) == before.replace("[europe, world]", "[africa, world]")
    assert [chip.slug for chip in changed.states[0].regions if chip.place == 1] == ["africa"]
    assert changed.last is not None
    assert changed.last.what == "region: Who owns the ferries?"


@pytest.mark.parametrize(
    ("wish", "line"),
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
def test_each_field_has_its_line(room: Room, wish: FieldChanges, line: str) -> None:
    done(room.change("n5", wish))
    text = room.text(HAND)
    assert line in text
    assert "# by hand\n" in text
    assert text.endswith("\n---\n\nNobody says.\n")


def test_what_is_empty_goes(room: Room) -> None:
    for wish in (
        FieldChanges(summary="x", lead=3, status="hold"),
        FieldChanges(summary="", lead=0, status="published"),
    ):
        done(room.change("n5", wish))
    assert not {"summary", "lead", "status"} & {line.partition(":")[0] for line in room.text(HAND).splitlines()}


def test_headline_and_labels_are_the_newest_versions_and_the_story_is_that_of_all(room: Room) -> None:
    done(room.change("n2", FieldChanges(title="Divers find 12", story="loom", lead=1)))
    root, version = room.text("2026/03/10/divers.md"), room.text("2026/03/10/divers-2.md")
    assert "title: Divers find 12\n" in version
    assert "title: Divers reach ferry off Palawan\n" in root
    assert ("story: loom\n" in root, "story: loom\n" in version) == (True, True)
    assert ("lead: 1\n" in root, "lead: 1\n" in version) == (False, True)


def test_an_entry_is_held_by_its_root_and_published_with_all_its_versions(room: Room) -> None:
    done(room.change("n2", FieldChanges(status="killed")))
    assert "status: killed" in room.text("2026/03/10/divers.md")
    room.put(
        "2026/03/10/divers-2.md", room.text("2026/03/10/divers-2.md").replace("---\nid", "---\nstatus: killed\nid")
    )
    done(room.change("n2", FieldChanges(status="published")))
    assert "status" not in room.text("2026/03/10/divers.md") + room.text("2026/03/10/divers-2.md")


def test_what_changed_meanwhile_is_not_overwritten_and_both_versions_are_shown(room: Room) -> None:
    row, before = room.row("n5"), room.text(HAND)
    theirs = before.replace("Nobody says.", "Jo says.")
    room.put(HAND, theirs)
    [conflict] = refused(room.change("n5", FieldChanges(region="africa"), row)).conflicts
    assert room.text(HAND) == theirs
    assert (conflict.file, conflict.theirs) == (f"content/{HAND}", theirs)
    assert conflict.mine == before.replace("[europe,", "[africa,")
    done(room.change("n5", FieldChanges(region="africa")))
    assert room.text(HAND) == theirs.replace("[europe,", "[africa,"), "keeping mine loses nothing of theirs"


def test_a_file_that_changes_in_the_last_moment_is_not_overwritten(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = "---\ntitle: Theirs\n---\n"

    def late(site: Path, edit: Edit | Issue) -> Edit | Issue:
        room.put(HAND, theirs)
        return check_allowed(site, edit)

    monkeypatch.setattr(writer, "check_allowed", late)
    [conflict] = refused(room.change("n5", FieldChanges(region="africa"))).conflicts
    assert conflict.theirs == theirs
    assert room.text(HAND) == theirs


def test_many_at_once_are_one_change(room: Room) -> None:
    order = messages.ChangeRequest(
        rows=[room.row(name) for name in ("n1", "n4", "n5")], wish=FieldChanges(status="hold")
    )
    changed = done(room.desk.change(order))
    assert [state.status for state in changed.states] == ["hold"] * 3
    done(room.desk.undo(messages.UndoRequest()))
    assert [room.state(name).status for name in ("n1", "n4", "n5")] == ["published"] * 3


def test_of_many_none_is_written_when_one_has_changed(room: Room) -> None:
    rows = [room.row(name) for name in ("n1", "n5")]
    room.put(HAND, room.text(HAND) + "More.\n")
    before = room.text("2026/03/10/ferry.md")
    refused_ = refused(room.desk.change(messages.ChangeRequest(rows=rows, wish=FieldChanges(status="hold"))))
    assert [conflict.entry for conflict in refused_.conflicts] == ["n5"]
    assert room.text("2026/03/10/ferry.md") == before


def test_a_label_that_the_site_does_not_have_is_refused_with_a_hint(room: Room) -> None:
    before = room.text(HAND)
    [one] = refused(room.change("n5", FieldChanges(region="atlantis"))).issues
    assert one.code == "page-label-unknown"
    assert room.text(HAND) == before


def test_an_entry_that_is_not_there_is_an_issue(room: Room) -> None:
    [one] = refused(room.change("n9", FieldChanges(lead=1), messages.EntryRef("n9", "x"))).issues
    assert one.code == "page-not-found"


def test_a_page_behind_a_link_out_of_content_is_not_written(room: Room) -> None:
    outside = room.site.parent / "outside.md"
    outside.write_text("---\ntitle: Outside\ndate: 2026-03-10\nid: out\n---\n")
    (room.site / "content/linked.md").symlink_to(outside)
    room.look()
    before = outside.read_text()
    [one] = refused(room.change("out", FieldChanges(lead=1))).issues
    assert one.code == "page-outside"
    assert outside.read_text() == before


def test_a_link_inside_content_stays_a_link(room: Room) -> None:
    (room.site / "content/again.md").symlink_to(room.site / "content" / HAND)
    room.look()
    done(room.change("n5", FieldChanges(lead=1)))
    assert (room.site / "content/again.md").is_symlink()
    assert "lead: 1" in room.text(HAND)


def test_nothing_is_written_while_an_import_runs(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_PATIENCE_S", 0.01)
    with file_lock(room.site / LOCK_FILE, 0):
        [one] = refused(room.change("n5", FieldChanges(lead=1))).issues
    assert one.code == "import-locked"
    done(room.change("n5", FieldChanges(lead=1)))


def test_who_has_a_rank_gives_way_and_all_is_one_change(room: Room) -> None:
    for name, rank in (("n1", 1), ("n2", 2), ("n5", 4)):
        done(room.change(name, FieldChanges(lead=rank)))
    room.look()
    done(room.desk.set_lead(messages.LeadRequest(room.row("n4"), 1)))
    assert [room.state(name).lead for name in ("n4", "n1", "n2", "n5")] == [1, 2, 3, 4]
    done(room.desk.undo(messages.UndoRequest()))
    assert [room.state(name).lead for name in ("n4", "n1", "n2", "n5")] == [0, 1, 2, 4]
