"""No file half written, no page naming something missing, nothing deleted that is not ours."""

import os
from pathlib import Path

import pytest

from digest.builder import build, verify
from digest.builder.commit import journal
from digest.builder.commit.stage import Stage
from digest.builder.state.schema import Operation
from tests.newsroom import Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path)
    room.item("x", body="Body.")
    return room


def codes(room: Newsroom) -> list[str]:
    return [i.code for i in build(room.request()).issues]


def test_a_failing_template_leaves_the_output_untouched(room: Newsroom) -> None:
    room.build()
    before = room.files()
    (room.folder / "templates").mkdir()
    (room.folder / "templates/item.html").write_text("{{ page.nonsense }}")
    room.item("y", body="New.")
    report = build(room.request())
    assert not report.ok
    assert "template-undefined" in {i.code for i in report.issues}
    assert room.files() == before
    (room.folder / "templates/item.html").unlink()
    room.build()
    assert "headline-y" in room.text("/"), "what failed is not forgotten"


def test_two_pages_at_one_url_name_both(room: Newsroom) -> None:
    room.build()
    before = room.files()
    room.item("y", body="Other.", title="Headline x")
    report = build(room.request())
    assert not report.ok
    [conflict] = [i for i in report.issues if i.code == "url-conflict"]
    assert "content/2026/03/12/x.md" in str(conflict)
    assert "content/2026/03/12/y.md" in str(conflict)
    assert room.files() == before


def test_urls_that_differ_only_in_case_conflict(room: Newsroom) -> None:
    room.item("y", body="Other.", aliases=["/2026/03/12/Headline-X/"])
    assert "url-conflict" in codes(room)


def test_foreign_files_stay_and_are_named(room: Newsroom) -> None:
    room.build()
    (room.output / "CNAME").write_text("post.example")
    report = room.build(full=True)
    assert (room.output / "CNAME").read_text() == "post.example"
    assert report.foreign == ("CNAME",)


def test_what_an_old_manifest_owns_goes_even_without_a_state(room: Newsroom) -> None:
    page = room.item("y", body="Body.")
    room.build()
    page.unlink()
    for file in (room.folder / ".digest").glob("state*"):
        file.unlink()
    room.build()
    assert not (room.output / "2026/03/12/headline-y").exists()


def test_a_broken_page_takes_nothing_away(room: Newsroom) -> None:
    room.item("y", body="Body.")
    room.build()
    (room.content / "2026/03/12/y.md").write_text("---\ntitle: [broken\n---\n")
    report = build(room.request())
    assert "page-yaml" in {i.code for i in report.issues}
    assert "2026/03/12/headline-y/index.html" in room.files(), "the good page of before stays"
    room.item("y", body="Mended.")
    room.build()
    assert "Mended." in room.text("/2026/03/12/headline-y/")
    assert verify(room.request()) == ()


def test_a_death_before_the_first_rename_is_finished_by_the_next_run(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.build()
    room.item("y", body="New.")

    class Death(BaseException):
        pass

    def die(*_: object) -> None:
        raise Death

    with monkeypatch.context() as patch:
        patch.setattr(journal, "run_operations", die)
        with pytest.raises(Death):
            room.build()
    assert "2026/03/12/headline-y/index.html" not in room.files()
    room.build()
    assert "New." in room.text("/2026/03/12/headline-y/")
    assert verify(room.request()) == ()


@pytest.mark.parametrize("steps", range(1, 12, 2))
def test_a_death_between_renames_is_finished_by_the_next_run(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    room.build()
    room.item("y", body="New.", categories=["sport"])
    (room.content / "2026/03/12/x.md").unlink()
    whole = journal.run_operations

    class Death(BaseException):
        pass

    def die_after(todo: list[Operation], stage: Stage) -> None:
        whole(todo[:steps], stage)
        if todo:
            raise Death

    with monkeypatch.context() as patch:
        patch.setattr(journal, "run_operations", die_after)
        with pytest.raises(Death):
            room.build()
    room.build()
    assert verify(room.request()) == ()
    assert room.build().planned == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_that_cannot_be_written_is_an_issue(room: Newsroom) -> None:
    room.output.mkdir()
    room.output.chmod(0o500)
    assert codes(room) == ["output-unwritable"]


def test_an_output_that_is_a_file_is_an_issue(room: Newsroom) -> None:
    room.output.write_text("in the way")
    assert codes(room) == ["output-unwritable"]
    assert room.output.read_text() == "in the way"


def test_processes_and_places_do_not_matter(room: Newsroom, tmp_path: Path) -> None:
    for n in range(300):
        room.item(f"n{n}", day=f"2026-02-{1 + n % 28:02}", body=f"Paragraph {n}.\n\n* a\n* b")
    room.build(jobs=1)
    assert room.files() == room.clean(tmp_path / "elsewhere", jobs=2)
