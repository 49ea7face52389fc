"""What an import remembers for the next one: a cache, and never more than that."""

import os
from pathlib import Path

import pytest

from digest import config
from digest.ingest import cache, session
from digest.ingest.archive import dumps
from digest.ingest.cache import CACHE_FILE, CachedDump, ImportCache, is_mtime_reliable, load_cache, save_cache, stat_of
from digest.ingest.parallel import prefetch
from digest.labels.engines import mark_of
from digest.stories import filed
from tests.ingest.desk import Desk, article, briefs

FERRY = "Ferry sinks off Palawan, 3 dead"
LOOM = "Weaver in Oaxaca restores a loom of 1780"
MORE = "Ferry off Palawan: captain is held"


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A desk with one import behind it, and a second that has read its pages."""
    desk.say("2026-03-10-nw.txt", FERRY)
    desk.say("2026-03-10T1200-nw.txt", LOOM)
    return desk


def remembered(desk: Desk) -> ImportCache:
    return load_cache(desk.site, mark_of(config.load(desk.site)[0]))


def test_pages_of_the_window_are_remembered(told: Desk) -> None:
    pages = remembered(told).pages
    assert [page.record.title for page in pages.values()] == [FERRY]


def test_with_or_without_it_the_site_is_the_same(tmp_path: Path) -> None:
    files = []
    for forgetful in (False, True):
        desk = Desk(tmp_path / str(forgetful))
        for name, *headlines in (("10", FERRY), ("11", LOOM), ("12", MORE), ("13", FERRY.replace("3", "4"))):
            desk.say(f"2026-03-{name}-nw.txt", *headlines)
            if forgetful:
                (desk.site / CACHE_FILE).unlink()
        files.append(desk.files())
    assert files[0] == files[1]


def test_what_an_editor_changed_is_seen(told: Desk) -> None:
    [page] = [path for path in told.pages() if "ferry" in path]
    told.edit(page, "story: ferry-palawan", "story: the-moana")
    told.say("2026-03-11-nw.txt", MORE)
    [later] = [path for path in told.pages() if "captain" in path]
    assert told.fields(later)["story"] == "the-moana"


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x93\xa1x\x80\x80"])
def test_one_that_is_broken_or_of_another_engine_is_forgotten(told: Desk, data: bytes) -> None:
    (told.site / CACHE_FILE).write_bytes(data)
    told.say("2026-03-11-nw.txt", MORE)
    assert len(remembered(told).pages) == 2


def test_a_dry_run_remembers_nothing(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FERRY, dry_run=True)
    assert not (desk.site / CACHE_FILE).exists()


def test_a_copy_that_changed_is_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_GRAIN_NS", -(10**12))
    desk.say("2026-03-10-nw.txt", FERRY)
    desk.say("2026-03-11-nw.txt", LOOM)
    assert [name for name, copy in remembered(desk).dumps.items() if not copy.digest] == ["2026-03-10-nw.txt"]
    for page in desk.pages():
        (desk.content / page).unlink()
    (desk.content / "dumps" / "2026-03-10-nw.txt").write_text(briefs("Something else") + article(MORE, "Text."))
    desk.say("2026-03-12-nw.txt", FERRY, MORE)
    assert [page for page in desk.pages() if "captain" in page] == []
    assert len(desk.pages()) == 1


def test_what_a_dump_said_is_known_by_the_bytes_of_its_copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.say("2026-03-10-nw.txt", FERRY)
    [page] = desk.pages()
    (desk.content / page).unlink()
    with monkeypatch.context() as patched:
        patched.setattr(dumps, "_keys", lambda path: pytest.fail(f"{path} is read again"))
        desk.say("2026-03-11-nw.txt", FERRY)
    assert not desk.pages()
    copy = desk.content / "dumps" / "2026-03-10-nw.txt"
    copy.write_bytes(copy.read_bytes().replace(b"3 dead", b"4 dead"))
    (desk.content / "dumps" / "2026-03-11-nw.txt").unlink()
    desk.say("2026-03-12-nw.txt", FERRY)
    assert len(desk.pages()) == 1


def test_a_dump_of_an_encoding_that_was_said_is_read_again(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", briefs(FERRY)), encoding="latin-1")
    assert remembered(desk).dumps == {}


@pytest.mark.parametrize("jobs", [1, 2])
def test_titles_of_new_pages_are_remembered_where_they_were_filed_elsewhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 0)
    desk.say("2026-03-10-nw.txt", FERRY, LOOM, jobs=jobs)
    assert set(remembered(desk).prepared_titles) == ({FERRY, LOOM} if jobs > 1 else set())
    with monkeypatch.context() as patched:
        if jobs > 1:
            patched.setattr(session, "filed", lambda title: pytest.fail(f"{title!r} is filed again"))
        desk.say("2026-03-11-nw.txt", MORE)
    later = [path for path in desk.pages() if "captain" in path]
    assert desk.fields(later[0])["story"] == "ferry-palawan"
    assert set(remembered(desk).prepared_titles) == set()


def test_a_file_is_settled_when_no_clock_could_hide_a_change(tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text("-\n")
    assert not is_mtime_reliable(stat_of(path))
    size, _, _, inode = stat_of(path)
    assert is_mtime_reliable((size, 1, 1, inode))
    assert stat_of(path)[3] == os.stat(path).st_ino  # noqa: PTH116 - what it is compared with


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    copies = {f"{n}.txt": CachedDump((n, 2, 3, 4), ("a", "b"), "c") for n in range(70_000)}
    for kept_now in (ImportCache("engine"), ImportCache("engine", {}, copies, {FERRY: filed(FERRY)})):
        save_cache(tmp_path, kept_now)
        assert load_cache(tmp_path, "engine") == kept_now
    assert load_cache(tmp_path, "another").engine == "another"
