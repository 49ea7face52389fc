"""The task queue: its kinds of tasks, and its stable order."""

from digest.preview.desk import messages
from digest.preview.desk.field_changes import FieldChanges
from digest.preview.desk.service import DeskService
from tests.preview.desk.desk_site import DeskSite, accepted


def test_label_tasks_start_with_the_least_certain_and_skip_labels_of_editors(desk_site: DeskSite) -> None:
    tasks = desk_site.desk.queue("labels").tasks
    assert "n4" in [task.entry for task in tasks], "the text has no evidence for a region"
    assert [task.score for task in tasks] == sorted(task.score for task in tasks)
    assert "n5" not in [task.entry for task in tasks], "written by hand"
    accepted(desk_site.change("n4", FieldChanges(region="europe")))
    desk_site.build()
    assert "n4" not in [task.entry for task in desk_site.desk.queue("labels").tasks]


def test_merge_tasks_name_both_entries(desk_site: DeskSite) -> None:
    desk_site.put("2026/03/11/reach.md", "---\nid: n6\ntitle: Divers reach ferry off Palawan at dawn\nstory: x\n---\n")
    desk_site.build()
    [task] = [task for task in desk_site.desk.queue("merge").tasks if task.entry == "n6"]
    assert task.other_entry in {"n1", "n2"}
    assert task.other_title.startswith(("Ferry sinks", "Divers reach"))
    desk_site.desk.change_story(messages.StoryRequest(desk_site.ref("n6"), "merge", "ferry"))
    desk_site.build()
    assert "n6" not in [task.entry for task in desk_site.desk.queue("merge").tasks]


def test_issue_tasks_have_a_place(desk_site: DeskSite) -> None:
    desk_site.put("bad.md", "---\ntitle: Bad\ndate: 2026-03-10\nregions: [atlantis]\nid: bad\n---\n")
    desk_site.build()
    [task] = [task for task in desk_site.desk.queue("issue").tasks if task.entry == "bad"]
    assert "atlantis" in task.detail
    assert task.place == "content/bad.md:4:11"


def test_the_next_task_does_not_depend_on_finished_tasks(desk_site: DeskSite) -> None:
    desk_site.put("bad.md", "---\ntitle: Bad\ndate: 2026-03-10\nregions: [atlantis]\nid: bad\n---\n")
    desk_site.build()
    tasks = desk_site.desk.queue().tasks
    assert len(tasks) >= 2
    assert desk_site.desk.queue(after=tasks[0].key).tasks == tasks[1:]
    accepted(desk_site.change(tasks[0].entry, FieldChanges(region="africa", category="sport")))
    desk_site.build()
    assert desk_site.desk.queue(after=tasks[0].key).tasks == tasks[1:], (
        "the next task stays the same after the first is finished"
    )
    assert desk_site.desk.queue(after="9").tasks == []


def test_dismissed_tasks_stay_dismissed_after_a_restart(desk_site: DeskSite) -> None:
    tasks = desk_site.desk.queue().tasks
    response = desk_site.desk.dismiss(messages.SeenRequest(tasks[0].key))
    assert list(response.tasks) == list(tasks[1:])
    desk_site.desk.index.close()
    with (desk_site.site / ".digest/desk-seen.jsonl").open("a") as file:
        file.write('"half a li')
    desk_site.desk = DeskService(desk_site.site)
    desk_site.build()
    assert list(desk_site.desk.queue().tasks) == list(tasks[1:])
