"""Edits: atomic, limited to the changed fields, and undoable."""

from datetime import UTC, datetime, timedelta

from digest.edit.change import Edit, apply_edits, change_fields, edit_of
from digest.edit.change_log import LOG_FILE
from digest.edit.undo import undo
from tests.edit.site_folder import SiteFolder

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)


def test_a_field_is_changed_and_nothing_else(newsroom: SiteFolder) -> None:
    before = newsroom.put("a.md", "---\r\ntitle: A   # ours\r\nodd: 'x'\r\n---\r\n\r\nBody\r\n")
    assert change_fields(newsroom.site, "a.md", {"title": "B: no"}, now=NOW) == ()
    assert newsroom.text("a.md") == before.replace("A   # ours", '"B: no"   # ours')


def test_undo_restores_every_byte(newsroom: SiteFolder) -> None:
    before = newsroom.page("a.md", "Body.", title="A")
    change_fields(newsroom.site, "a.md", {"title": "B"}, now=NOW)
    assert undo(newsroom.site) == (("a.md",), ())
    assert newsroom.text("a.md") == before
    assert undo(newsroom.site) == ((), ())


def test_changes_are_undone_one_by_one_with_all_pages(newsroom: SiteFolder) -> None:
    first, second = newsroom.page("a.md", title="A"), newsroom.page("b.md", title="B")
    change_fields(newsroom.site, "a.md", {"title": "AA"}, now=NOW)
    edits = [edit_of(newsroom.site, page, {"story": "one"}) for page in ("a.md", "b.md")]
    apply_edits(newsroom.site, edits, "merge", NOW + timedelta(seconds=1))
    assert set(undo(newsroom.site)[0]) == {"a.md", "b.md"}
    assert newsroom.text("a.md") == first.replace("title: A", "title: AA")
    assert newsroom.text("b.md") == second
    assert undo(newsroom.site)[0] == ("a.md",)
    assert newsroom.text("a.md") == first


def test_a_stale_edit_is_not_written(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    change_fields(newsroom.site, "a.md", {"title": "B"}, now=NOW)
    ours = newsroom.page("a.md", title="C")
    pages, issues = undo(newsroom.site)
    assert pages == ()
    assert [issue.code for issue in issues] == ["page-changed"]
    assert newsroom.text("a.md") == ours


def test_made_and_deleted_pages_can_be_undone(newsroom: SiteFolder) -> None:
    before = newsroom.page("a.md", title="A")
    apply_edits(
        newsroom.site, [Edit(page="a.md", text=None), Edit(page="new/b.md", text="---\ntitle: B\n---\n")], "x", NOW
    )
    assert not (newsroom.site / "content/a.md").exists()
    undo(newsroom.site)
    assert newsroom.text("a.md") == before
    assert not (newsroom.site / "content/new/b.md").exists()


def test_an_edit_without_effect_is_not_logged(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    change_fields(newsroom.site, "a.md", {"title": "A"}, now=NOW)
    assert not (newsroom.site / LOG_FILE).exists()


def test_one_failing_edit_prevents_all(newsroom: SiteFolder) -> None:
    before = newsroom.page("a.md", title="A")
    newsroom.put("flow.md", "---\n{title: A}\n---\n")
    (newsroom.site / "content/latin.md").write_bytes(b"---\ntitle: \xe9\n---\n")
    edits = [edit_of(newsroom.site, page, {"story": "s"}) for page in ("a.md", "flow.md", "latin.md", "none.md")]
    codes = [issue.code for issue in apply_edits(newsroom.site, edits, "merge", NOW)]
    assert codes == ["page-front-matter", "page-encoding", "page-unreadable"]
    assert newsroom.text("a.md") == before


def test_a_failed_write_is_an_issue_and_earlier_writes_are_logged(newsroom: SiteFolder) -> None:
    before = newsroom.page("a.md", title="A")
    newsroom.put("file", "not a folder")
    edits = [edit_of(newsroom.site, "a.md", {"title": "B"}), Edit(page="file/b.md", text="x")]
    [problem] = apply_edits(newsroom.site, edits, "two", NOW)
    assert problem.code == "file-failed"
    assert undo(newsroom.site)[0] == ("a.md",)
    assert newsroom.text("a.md") == before


def test_a_damaged_log_only_prevents_undo(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    change_fields(newsroom.site, "a.md", {"title": "B"}, now=NOW)
    log = newsroom.site / LOG_FILE
    log.write_bytes(log.read_bytes() + b"{half a li\n")
    assert undo(newsroom.site) == ((), ())
    assert "title: B" in newsroom.text("a.md")


def test_no_temporary_file_is_left(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    change_fields(newsroom.site, "a.md", {"title": "B"}, now=NOW)
    assert [path.name for path in (newsroom.site / "content").iterdir()] == ["a.md"]
