"""Kill, hold, release and erase."""

from digest.content.rewrite import raw_fields
from digest.edit import erase, hold, kill, release, undo
from digest.edit.change_log import LOG_FILE
from tests.edit.shelf import Shelf


def test_a_page_is_held_killed_and_released(shelf: Shelf) -> None:
    before = shelf.page("a.md", "Body.", title="A", source="NW")
    assert hold(shelf.site, "a.md") == ()
    assert raw_fields(shelf.text("a.md"))["status"] == "hold"
    assert kill(shelf.site, "a.md") == ()
    assert raw_fields(shelf.text("a.md"))["status"] == "killed"
    assert release(shelf.site, ["a.md"]) == ()
    assert shelf.text("a.md") == before


def test_the_reason_stands_behind_the_status_for_editors_only(shelf: Shelf) -> None:
    shelf.page("a.md", title="A")
    kill(shelf.site, "a.md", "wrong man: see\nletter #3")
    assert "\nstatus: killed  # wrong man: see letter #3\n" in shelf.text("a.md")
    assert raw_fields(shelf.text("a.md"))["status"] == "killed"
    hold(shelf.site, "a.md", "lawyers look at it")
    assert "\nstatus: hold  # lawyers look at it\n" in shelf.text("a.md")


def test_a_draft_is_released_too(shelf: Shelf) -> None:
    shelf.page("a.md", title="A", status="draft")
    release(shelf.site, ["a.md"])
    assert "status" not in raw_fields(shelf.text("a.md"))


def test_what_was_decided_can_be_taken_back(shelf: Shelf) -> None:
    before = shelf.page("a.md", title="A")
    kill(shelf.site, "a.md", "wrong man")
    undo(shelf.site)
    assert shelf.text("a.md") == before


def test_what_is_erased_leaves_no_trace(shelf: Shelf) -> None:
    shelf.page("a.md", "The secret.", title="A")
    shelf.page("b.md", title="B")
    kill(shelf.site, "a.md", "wrong man")
    assert erase(shelf.site, ["a.md", "b.md"]) == ()
    assert not list((shelf.site / "content").iterdir())
    assert not (shelf.site / LOG_FILE).exists()


def test_a_page_that_is_not_there(shelf: Shelf) -> None:
    said = [*kill(shelf.site, "none.md"), *hold(shelf.site, "none.md"), *release(shelf.site, ["none.md"])]
    assert [issue.code for issue in said] == ["page-unreadable"] * 3
