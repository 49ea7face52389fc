"""Kill, hold, release and erase."""

from digest.content.rewrite import raw_fields
from digest.edit import erase, hold, kill, release, undo
from digest.edit.change_log import LOG_FILE
from tests.edit.site_folder import SiteFolder


def test_a_page_is_held_killed_and_released(newsroom: SiteFolder) -> None:
    before = newsroom.page("a.md", "Body.", title="A", source="NW")
    assert hold(newsroom.site, "a.md") == ()
    assert raw_fields(newsroom.text("a.md"))["status"] == "hold"
    assert kill(newsroom.site, "a.md") == ()
    assert raw_fields(newsroom.text("a.md"))["status"] == "killed"
    assert release(newsroom.site, ["a.md"]) == ()
    assert newsroom.text("a.md") == before


def test_the_reason_is_a_comment_after_the_status(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    kill(newsroom.site, "a.md", "wrong man: see\nletter #3")
    assert "\nstatus: killed  # wrong man: see letter #3\n" in newsroom.text("a.md")
    assert raw_fields(newsroom.text("a.md"))["status"] == "killed"
    hold(newsroom.site, "a.md", "lawyers look at it")
    assert "\nstatus: hold  # lawyers look at it\n" in newsroom.text("a.md")


def test_a_draft_is_released_too(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A", status="draft")
    release(newsroom.site, ["a.md"])
    assert "status" not in raw_fields(newsroom.text("a.md"))


def test_status_changes_can_be_undone(newsroom: SiteFolder) -> None:
    before = newsroom.page("a.md", title="A")
    kill(newsroom.site, "a.md", "wrong man")
    undo(newsroom.site)
    assert newsroom.text("a.md") == before


def test_erase_removes_page_and_log_lines(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", "The secret.", title="A")
    newsroom.page("b.md", title="B")
    kill(newsroom.site, "a.md", "wrong man")
    assert erase(newsroom.site, ["a.md", "b.md"]) == ()
    assert not list((newsroom.site / "content").iterdir())
    assert not (newsroom.site / LOG_FILE).exists()


def test_a_missing_page_is_an_issue(newsroom: SiteFolder) -> None:
    said = [*kill(newsroom.site, "none.md"), *hold(newsroom.site, "none.md"), *release(newsroom.site, ["none.md"])]
    assert [issue.code for issue in said] == ["page-unreadable"] * 3
