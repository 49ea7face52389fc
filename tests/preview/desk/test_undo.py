"""The way back: over a restart, and never over what somebody else has written since."""

from digest.preview.desk import messages
from digest.preview.desk.edits import FieldChanges
from digest.preview.desk.service import DeskService
from tests.preview.desk.room import Room, done, refused

HAND = "opinion/ferries.md"


def test_undo_survives_a_restart(room: Room) -> None:
    before = room.text(HAND)
    done(room.change("n5", FieldChanges(title="Other", region="africa")))
    room.desk.index.close()
    room.desk = DeskService(room.site)
    room.desk.index.refresh()
    last = room.desk.last_change()
    assert last is not None
    assert (last.what, last.files) == ("title, region: Who owns the ferries?", (f"content/{HAND}",))
    changed = done(room.desk.undo(messages.UndoRequest()))
    assert room.text(HAND) == before
    assert (changed.what, changed.last) == ("taken back: title, region: Who owns the ferries?", None)
    assert [one.code for one in refused(room.desk.undo(messages.UndoRequest())).issues] == ["page-not-found"]


def test_undo_goes_back_change_by_change(room: Room) -> None:
    for rank in (1, 2, 3):
        done(room.change("n5", FieldChanges(lead=rank)))
    leads = [done(room.desk.undo(messages.UndoRequest())).states[0].lead for _ in range(3)]
    assert leads == [2, 1, 0]


def test_a_file_that_changed_since_is_not_put_back_until_somebody_says_so(room: Room) -> None:
    before = room.text(HAND)
    done(room.change("n5", FieldChanges(lead=1)))
    theirs = room.text(HAND).replace("Nobody", "Somebody")
    room.put(HAND, theirs)
    [conflict] = refused(room.desk.undo(messages.UndoRequest())).conflicts
    assert (conflict.mine, conflict.theirs) == (before, theirs)
    assert room.text(HAND) == theirs
    done(room.desk.undo(messages.UndoRequest(how="force")))
    assert room.text(HAND) == before


def test_a_change_that_is_let_stand_makes_way_for_the_one_before(room: Room) -> None:
    done(room.change("n4", FieldChanges(lead=2)))
    done(room.change("n5", FieldChanges(lead=1)))
    room.put(HAND, room.text(HAND) + "More.\n")
    refused(room.desk.undo(messages.UndoRequest()))
    done(room.desk.undo(messages.UndoRequest(how="drop")))
    assert done(room.desk.undo(messages.UndoRequest())).states[0].id == "n4"
    assert room.text(HAND).endswith("More.\n")


def test_the_log_is_only_appended_to(room: Room) -> None:
    log = room.site / ".digest/changes.jsonl"
    done(room.change("n5", FieldChanges(lead=1)))
    first = log.read_bytes()
    done(room.desk.undo(messages.UndoRequest()))
    assert log.read_bytes().startswith(first)
    assert len(log.read_bytes()) > len(first)
