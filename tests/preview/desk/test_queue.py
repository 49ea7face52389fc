"""What waits for an editor, in an order that stays."""

from digest.preview.desk import messages
from digest.preview.desk.edits import FieldChanges
from digest.preview.desk.service import DeskService
from tests.preview.desk.room import Room, done


def test_the_least_sure_labels_come_first_and_what_an_editor_labelled_does_not(room: Room) -> None:
    tasks = room.desk.queue("labels").tasks
    assert "n4" in [task.entry for task in tasks], "a loom speaks for no place"
    assert [task.score for task in tasks] == sorted(task.score for task in tasks)
    assert "n5" not in [task.entry for task in tasks], "made by hand"
    done(room.change("n4", FieldChanges(region="europe")))
    room.look()
    assert "n4" not in [task.entry for task in room.desk.queue("labels").tasks]


def test_near_merges_name_both(room: Room) -> None:
    room.put("2026/03/11/reach.md", "---\nid: n6\ntitle: Divers reach ferry off Palawan at dawn\nstory: x\n---\n")
    room.look()
    [task] = [task for task in room.desk.queue("merge").tasks if task.entry == "n6"]
    assert task.other in {"n1", "n2"}
    assert task.other_title.startswith(("Ferry sinks", "Divers reach"))
    room.desk.change_story(messages.StoryRequest(room.row("n6"), "merge", "ferry"))
    room.look()
    assert "n6" not in [task.entry for task in room.desk.queue("merge").tasks]


def test_issues_say_where(room: Room) -> None:
    room.put("bad.md", "---\ntitle: Bad\ndate: 2026-03-10\nregions: [atlantis]\nid: bad\n---\n")
    room.look()
    [task] = [task for task in room.desk.queue("issue").tasks if task.entry == "bad"]
    assert "atlantis" in task.about
    assert task.place == "content/bad.md:4:11"


def test_next_walks_in_order_whatever_was_done_meanwhile(room: Room) -> None:
    room.put("bad.md", "---\ntitle: Bad\ndate: 2026-03-10\nregions: [atlantis]\nid: bad\n---\n")
    room.look()
    tasks = room.desk.queue().tasks
    assert len(tasks) >= 2
    assert room.desk.queue(after=tasks[0].key).tasks == tasks[1:]
    done(room.change(tasks[0].entry, FieldChanges(region="africa", category="sport")))
    room.look()
    assert room.desk.queue(after=tasks[0].key).tasks == tasks[1:], "the first is gone, and next is next"
    assert room.desk.queue(after="9").tasks == []


def test_what_is_let_stand_is_not_asked_again_after_a_restart(room: Room) -> None:
    tasks = room.desk.queue().tasks
    waiting = room.desk.dismiss(messages.SeenRequest(tasks[0].key))
    assert list(waiting.tasks) == list(tasks[1:])
    room.desk.index.close()
    with (room.site / ".digest/desk-seen.jsonl").open("a") as file:
        file.write('"half a li')
    room.desk = DeskService(room.site)
    room.look()
    assert list(room.desk.queue().tasks) == list(tasks[1:])
