"""Undo, and the log of changes."""

from datetime import UTC, datetime, timedelta

from digest.edit import Edit, apply_edits, change_fields, discard_undo, last_change, undo
from digest.edit.change_log import LOG_FILE, read_log
from tests.edit.site_folder import SiteFolder

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)


def test_undo_appends_to_the_log(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    change_fields(newsroom.site, "a.md", {"title": "B"}, "one", NOW)
    first = (newsroom.site / LOG_FILE).read_bytes()
    undo(newsroom.site, NOW)
    assert (newsroom.site / LOG_FILE).read_bytes().startswith(first)
    assert [line.action for line in read_log(newsroom.site)] == ["one", "undo"]
    assert last_change(newsroom.site) == ()


def test_two_changes_at_the_same_time_are_undone_one_by_one(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    for title in ("B", "C"):
        change_fields(newsroom.site, "a.md", {"title": title}, title, NOW)
    undo(newsroom.site)
    assert "title: B" in newsroom.text("a.md")
    undo(newsroom.site)
    assert "title: A" in newsroom.text("a.md")


def test_undo_restores_all_pages_or_none(newsroom: SiteFolder) -> None:
    first = newsroom.page("a.md", title="A"), newsroom.page("b.md", title="B")
    edits = [Edit(page=page, text="---\ntitle: X\n---\n") for page in ("a.md", "b.md")]
    apply_edits(newsroom.site, edits, "x", NOW)
    newsroom.put("b.md", "theirs")
    pages, issues = undo(newsroom.site)
    assert (pages, [one.place.file for one in issues]) == ((), ["content/b.md"])
    assert "title: X" in newsroom.text("a.md")
    assert set(undo(newsroom.site, force=True)[0]) == {"a.md", "b.md"}
    assert (newsroom.text("a.md"), newsroom.text("b.md")) == first


def test_a_discarded_undo_keeps_the_change(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    before = newsroom.page("b.md", title="B")
    change_fields(newsroom.site, "b.md", {"title": "BB"}, "b", NOW)
    change_fields(newsroom.site, "a.md", {"title": "AA"}, "a", NOW + timedelta(seconds=1))
    discard_undo(newsroom.site, last_change(newsroom.site))
    assert undo(newsroom.site) == (("b.md",), ())
    assert "title: AA" in newsroom.text("a.md")
    assert newsroom.text("b.md") == before


def test_an_incomplete_line_does_not_damage_the_next(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    (newsroom.site / ".digest").mkdir()
    (newsroom.site / LOG_FILE).write_bytes(b'{"at": "2026')
    change_fields(newsroom.site, "a.md", {"title": "B"}, now=NOW)
    assert undo(newsroom.site)[0] == ("a.md",)


def test_a_log_of_an_earlier_version_can_be_read(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="B")
    after = newsroom.text("a.md")
    before = after.replace("B", "A")
    line = f'{{"at":"2026-03-12T18:00:00Z","what":"x","page":"a.md","before":{before!r},"after":{after!r}}}\n'
    (newsroom.site / ".digest").mkdir()
    (newsroom.site / LOG_FILE).write_text(line.replace("'", '"'))
    assert undo(newsroom.site)[0] == ("a.md",)
    assert newsroom.text("a.md") == before


def test_a_file_keeps_its_mode(newsroom: SiteFolder) -> None:
    newsroom.page("a.md", title="A")
    file = newsroom.site / "content/a.md"
    file.chmod(0o640)
    change_fields(newsroom.site, "a.md", {"title": "B"}, now=NOW)
    assert file.stat().st_mode & 0o777 == 0o640
