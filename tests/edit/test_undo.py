"""The log of changes, and the way back by it."""

from datetime import UTC, datetime, timedelta

from digest.edit import Edit, apply_edits, change_fields, discard_undo, last_change, undo
from digest.edit.change_log import LOG_FILE, read_log
from tests.edit.shelf import Shelf

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)


def test_what_was_taken_back_is_told_by_the_log_which_only_grows(shelf: Shelf) -> None:
    shelf.page("a.md", title="A")
    change_fields(shelf.site, "a.md", {"title": "B"}, "one", NOW)
    first = (shelf.site / LOG_FILE).read_bytes()
    undo(shelf.site, NOW)
    assert (shelf.site / LOG_FILE).read_bytes().startswith(first)
    assert [line.action for line in read_log(shelf.site)] == ["one", "undo"]
    assert last_change(shelf.site) == ()


def test_two_changes_of_one_moment_are_taken_back_one_by_one(shelf: Shelf) -> None:
    shelf.page("a.md", title="A")
    for title in ("B", "C"):
        change_fields(shelf.site, "a.md", {"title": title}, title, NOW)
    undo(shelf.site)
    assert "title: B" in shelf.text("a.md")
    undo(shelf.site)
    assert "title: A" in shelf.text("a.md")


def test_all_pages_go_back_or_none(shelf: Shelf) -> None:
    first = shelf.page("a.md", title="A"), shelf.page("b.md", title="B")
    edits = [Edit(page=page, text="---\ntitle: X\n---\n") for page in ("a.md", "b.md")]
    apply_edits(shelf.site, edits, "x", NOW)
    shelf.put("b.md", "theirs")
    pages, issues = undo(shelf.site)
    assert (pages, [one.place.file for one in issues]) == ((), ["content/b.md"])
    assert "title: X" in shelf.text("a.md")
    assert set(undo(shelf.site, force=True)[0]) == {"a.md", "b.md"}
    assert (shelf.text("a.md"), shelf.text("b.md")) == first


def test_what_is_given_up_stays_and_the_one_before_goes_back(shelf: Shelf) -> None:
    shelf.page("a.md", title="A")
    before = shelf.page("b.md", title="B")
    change_fields(shelf.site, "b.md", {"title": "BB"}, "b", NOW)
    change_fields(shelf.site, "a.md", {"title": "AA"}, "a", NOW + timedelta(seconds=1))
    discard_undo(shelf.site, last_change(shelf.site))
    assert undo(shelf.site) == (("b.md",), ())
    assert "title: AA" in shelf.text("a.md")
    assert shelf.text("b.md") == before


def test_half_a_line_of_a_run_that_died_does_not_spoil_the_next(shelf: Shelf) -> None:
    shelf.page("a.md", title="A")
    (shelf.site / ".digest").mkdir()
    (shelf.site / LOG_FILE).write_bytes(b'{"at": "2026')
    change_fields(shelf.site, "a.md", {"title": "B"}, now=NOW)
    assert undo(shelf.site)[0] == ("a.md",)


def test_the_log_of_an_earlier_version_is_understood(shelf: Shelf) -> None:
    shelf.page("a.md", title="B")
    after = shelf.text("a.md")
    before = after.replace("B", "A")
    line = f'{{"at":"2026-03-12T18:00:00Z","what":"x","page":"a.md","before":{before!r},"after":{after!r}}}\n'
    (shelf.site / ".digest").mkdir()
    (shelf.site / LOG_FILE).write_text(line.replace("'", '"'))
    assert undo(shelf.site)[0] == ("a.md",)
    assert shelf.text("a.md") == before


def test_a_file_keeps_its_mode(shelf: Shelf) -> None:
    shelf.page("a.md", title="A")
    file = shelf.site / "content/a.md"
    file.chmod(0o640)
    change_fields(shelf.site, "a.md", {"title": "B"}, now=NOW)
    assert file.stat().st_mode & 0o777 == 0o640
