"""Undo: works after a restart and never overwrites later changes of other people."""

from digest.preview.desk import messages
from digest.preview.desk.field_changes import FieldChanges
from digest.preview.desk.service import DeskService
from tests.preview.desk.desk_site import DeskSite, accepted, refused

HAND = "opinion/ferries.md"


def test_undo_survives_a_restart(desk_site: DeskSite) -> None:
    before = desk_site.text(HAND)
    accepted(desk_site.change("n5", FieldChanges(title="Other", region="africa")))
    desk_site.desk.index.close()
    desk_site.desk = DeskService(desk_site.site)
    desk_site.desk.index.refresh()
    last = desk_site.desk.last_change()
    assert last is not None
    assert (last.description, last.files) == ("title, region: Who owns the ferries?", (f"content/{HAND}",))
    response = accepted(desk_site.desk.undo(messages.UndoRequest()))
    assert desk_site.text(HAND) == before
    assert (response.description, response.last_change) == ("undone: title, region: Who owns the ferries?", None)
    assert [one.code for one in refused(desk_site.desk.undo(messages.UndoRequest())).issues] == ["page-not-found"]


def test_undo_goes_back_change_by_change(desk_site: DeskSite) -> None:
    for rank in (1, 2, 3):
        accepted(desk_site.change("n5", FieldChanges(lead=rank)))
    leads = [accepted(desk_site.desk.undo(messages.UndoRequest())).states[0].lead for _ in range(3)]
    assert leads == [2, 1, 0]


def test_undo_overwrites_a_changed_file_only_when_forced(desk_site: DeskSite) -> None:
    before = desk_site.text(HAND)
    accepted(desk_site.change("n5", FieldChanges(lead=1)))
    theirs = desk_site.text(HAND).replace("Nobody", "Somebody")
    desk_site.put(HAND, theirs)
    [conflict] = refused(desk_site.desk.undo(messages.UndoRequest())).conflicts
    assert (conflict.mine, conflict.theirs) == (before, theirs)
    assert desk_site.text(HAND) == theirs
    accepted(desk_site.desk.undo(messages.UndoRequest(mode="force")))
    assert desk_site.text(HAND) == before


def test_a_dropped_undo_continues_with_the_change_before(desk_site: DeskSite) -> None:
    accepted(desk_site.change("n4", FieldChanges(lead=2)))
    accepted(desk_site.change("n5", FieldChanges(lead=1)))
    desk_site.put(HAND, desk_site.text(HAND) + "More.\n")
    refused(desk_site.desk.undo(messages.UndoRequest()))
    accepted(desk_site.desk.undo(messages.UndoRequest(mode="drop")))
    assert accepted(desk_site.desk.undo(messages.UndoRequest())).states[0].id == "n4"
    assert desk_site.text(HAND).endswith("More.\n")


def test_the_change_log_is_append_only(desk_site: DeskSite) -> None:
    log = desk_site.site / ".digest/changes.jsonl"
    accepted(desk_site.change("n5", FieldChanges(lead=1)))
    first = log.read_bytes()
    accepted(desk_site.desk.undo(messages.UndoRequest()))
    assert log.read_bytes().startswith(first)
    assert len(log.read_bytes()) > len(first)
