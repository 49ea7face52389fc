"""Where pages are planned does not matter, nor on how many processes; what is wrong is found wherever it is seen."""

import gc
from pathlib import Path

import pytest

from digest.builder import Report, build
from digest.builder.render import scheduler
from digest.issues import Issue
from tests.newsroom import Newsroom


def newsroom(folder: Path, pages: int = 300) -> Newsroom:
    room = Newsroom(folder)
    for n in range(pages):
        story = f"s{n // 3}" if n % 5 == 0 else f"alone-{n}"
        room.item(f"n{n}", day=f"2026-02-{1 + n % 28:02}", body=f"Paragraph {n}.\n\n* a\n* b", story=story)
    return room


def figures(report: Report) -> tuple[int, ...]:
    return report.pages, report.planned, report.rendered, report.kept, report.written, report.removed


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_planned_where_they_are_drawn_are_the_same_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    here, there = newsroom(tmp_path / "here"), newsroom(tmp_path / "there")
    found = there.build(jobs=jobs)
    monkeypatch.setattr(scheduler, "can_share_by_fork", lambda *_: False)
    expected = here.build(jobs=jobs)
    assert figures(found) == figures(expected)
    assert there.files() == here.files()
    assert there.build().planned == 0, "the state knows all that was drawn elsewhere"


def conflicts(issues: tuple[Issue, ...]) -> list[str]:
    return [str(i.place) for i in issues if i.code == "url-conflict"]


@pytest.mark.parametrize("inherits", [True, False])
def test_two_pages_of_a_new_site_at_one_url_are_both_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inherits: bool
) -> None:
    monkeypatch.setattr(scheduler, "can_share_by_fork", lambda *_: inherits)
    room = newsroom(tmp_path, pages=3)
    room.item("again", day="2026-02-01", body="Other.", title="Headline n0")
    report = build(room.request())
    assert conflicts(report.issues) == ["content/2026/02/01/again.md"]
    assert not room.output.exists()


def test_a_template_that_fails_stops_a_new_site(tmp_path: Path) -> None:
    room = newsroom(tmp_path)
    (room.folder / "templates").mkdir()
    (room.folder / "templates/item.html").write_text("{{ page.nonsense }}")
    report = build(room.request(jobs=2))
    assert {i.code for i in report.issues} >= {"template-undefined"}
    assert len([i for i in report.issues if i.code == "template-undefined"]) < 300, "the first pages tell enough"
    assert not room.output.exists()


def test_a_build_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    room = newsroom(tmp_path, pages=1)
    assert gc.isenabled()
    room.build()
    assert gc.isenabled()
    gc.disable()
    try:
        room.build()
        assert not gc.isenabled()
    finally:
        gc.enable()
