"""A change costs what it touches, and nothing that it touches is missed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.builder import why
from tests.newsroom import NOW, Newsroom


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def test_a_new_title_is_seen_on_the_page_of_its_story_sibling(room: Newsroom) -> None:
    room.item("x", body="Body of X.", story="flood")
    room.item("y", day="2026-03-10", body="Body of Y.", story="flood")
    room.item("z", day="2026-03-11", body="Body of Z.", regions=["europe"], categories=["sport"])
    room.build()
    before = room.files()

    room.item(
        "y", day="2026-03-10", body="Body of Y.", story="flood", title="Quite another headline", slug="headline-y"
    )
    report = room.build()

    changed = {path for path, data in room.files().items() if before.get(path) != data}
    assert "Quite another headline" in room.text("/2026/03/12/headline-x/")
    assert report.written == len(changed - {"digest-manifest.json"})
    assert report.rendered == report.written, "nothing was drawn that did not change"
    assert not any("headline-z" in path or "europe" in path or "sport" in path for path in changed)


def test_nothing_changed_nothing_is_looked_at(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.build()
    report = room.build()
    assert (report.planned, report.rendered, report.written, report.loaded) == (0, 0, 0, 0)


def test_an_old_entry_does_not_redraw_lists_of_the_newest(room: Newsroom) -> None:
    for n in range(62):
        room.item(f"n{n}", day=f"2026-03-{1 + n % 12:02}")
    room.item("old", day="2026-01-05", body="Old.", regions=["europe"])
    room.build()
    room.item("old", day="2026-01-05", body="Old.", regions=["europe"], title="A new title", slug="headline-old")
    room.build()
    before = room.files()
    room.item("old", day="2026-01-05", body="Old, and mended.", regions=["europe"], title="A new title",
              slug="headline-old")  # fmt: skip
    report = room.build()
    assert report.kept == 0, "no page is looked at that cannot show it"
    changed = {path for path, data in room.files().items() if before[path] != data}
    assert "2026/01/05/headline-old/index.html" in changed
    assert "index.html" not in changed, "the front page shows the newest 60, and this is none of them"


def test_one_that_leaves_the_newest_makes_room_for_the_next(room: Newsroom, tmp_path: Path) -> None:
    pages = [room.item(f"n{n:02}", day=f"2026-01-{1 + n % 28:02}", body="Body.") for n in range(62)]
    room.build()
    for page in (pages[27], pages[5], pages[0]):
        page.unlink()
        room.build()
        assert room.files() == room.clean(tmp_path / page.stem)


def test_a_deleted_page_leaves_the_site(room: Newsroom) -> None:
    room.item("x", body="Body.")
    page = room.item("y", body="Body.", categories=["sport"])
    room.build()
    assert "headline-y" in room.text("/")
    page.unlink()
    report = room.build()
    assert report.removed > 0
    assert not any(b"headline-y" in data for data in room.files().values())
    assert not (room.output / "2026/03/12/headline-y").exists(), "empty folders go as well"


def test_a_moved_page_leaves_its_old_address(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.build()
    room.item("x", body="Body.", slug="elsewhere")
    room.build()
    assert "2026/03/12/headline-x/index.html" not in room.files()
    assert "Headline x" in room.text("/2026/03/12/elsewhere/")


def test_a_lost_or_damaged_file_is_made_again(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.build()
    whole = room.files()
    (room.output / "index.html").unlink()
    (room.output / "feed.xml").write_text("broken")
    style = next(path for path in whole if path.endswith(".css"))
    (room.output / style).unlink()
    room.build()
    assert room.files() == whole


def test_a_second_entry_gives_a_brief_a_page(room: Newsroom) -> None:
    room.item("first", story="talks")
    room.build()
    assert "2026/03/12/headline-first/index.html" not in room.files()
    assert 'href="/2026/03/12/headline-first/"' not in room.text("/region/africa/")
    second = room.item("second", story="talks", regions=["europe"])
    room.build()
    assert "2026/03/12/headline-first/index.html" in room.files()
    assert 'href="/2026/03/12/headline-first/"' in room.text("/region/africa/")
    assert "story/talks/index.html" in room.files()
    second.unlink()
    room.build()
    assert "2026/03/12/headline-first/index.html" not in room.files()
    assert "story/talks/index.html" not in room.files()


def test_time_alone_changes_the_site(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.item("later", body="Secret words.", embargo="2026-03-13T06:00:00Z")
    first = room.build()
    assert first.next_change == datetime(2026, 3, 13, 6, 0, tzinfo=UTC)
    assert not any(b"Secret" in data or b"headline-later" in data for data in room.files().values())
    room.build(NOW + timedelta(hours=12))
    assert "Secret words." in room.text("/2026/03/12/headline-later/")
    room.build(NOW)
    assert not any(b"Secret" in data for data in room.files().values()), "time may also go back"


def test_a_changed_configuration_reaches_every_page(room: Newsroom, tmp_path: Path) -> None:
    room.item("x", body="Body.")
    room.build()
    (room.folder / "digest.toml").write_text('[site]\ntitle = "Another Name"\nregions = ["africa", "europe"]\n')
    room.build()
    assert "Another Name" in room.text("/2026/03/12/headline-x/")
    assert "region/world/index.html" not in room.files()
    assert room.files() == room.clean(tmp_path / "clean")


def test_a_changed_template_redraws_what_is_made_of_it(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.build()
    templates = room.folder / "templates"
    templates.mkdir()
    (templates / "404.html").write_text('<!doctype html>\n<html lang="en"><title>Lost</title><p>Not here.</html>\n')
    report = room.build()
    assert "Not here." in room.text("/404.html")
    assert report.rendered == 1


def test_why_names_what_changed(room: Newsroom) -> None:
    room.item("x", body="Body.", story="flood")
    room.item("y", body="Body.", story="flood")
    room.build()
    assert why(room.request(), "/") == ("/: up to date",)
    room.item("y", body="Body.", story="flood", title="New words", slug="headline-y")
    said = why(room.request(), "/2026/03/12/headline-x/")
    assert "content/2026/03/12/y.md" in "\n".join(said)
    assert room.build().rendered > 0, "asking why changed nothing"


def test_a_lost_or_damaged_manifest_is_made_again(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.build()
    manifest = room.output / "digest-manifest.json"
    whole = manifest.read_bytes()
    for damage in (manifest.unlink, lambda: manifest.write_bytes(b"{}")):
        damage()
        assert room.build().rendered == 0
        assert manifest.read_bytes() == whole
        before = manifest.stat().st_mtime_ns
        room.build()
        assert manifest.stat().st_mtime_ns == before, "what is as it was left is left as it is"


def test_a_page_that_went_leaves_the_manifest(room: Newsroom) -> None:
    room.item("x", body="Body.")
    page = room.item("y", body="Body.")
    room.build()
    page.unlink()
    room.build()
    assert b"headline-y" not in (room.output / "digest-manifest.json").read_bytes()
