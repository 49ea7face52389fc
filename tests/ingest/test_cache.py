"""The cache between imports: its content, and the same site without it."""

import os
from pathlib import Path

import pytest

from digest import config
from digest.ingest import cache, session
from digest.ingest.archive import sightings
from digest.ingest.cache import CACHE_FILE, CachedDump, ImportCache, is_mtime_reliable, load_cache, save_cache, stat_of
from digest.ingest.parallel import prefetch
from digest.labels.engines import engine_fingerprint
from digest.speedups import VARIABLE
from digest.stories import prepare_title
from tests.ingest.import_site import ImportSite, article, briefs

SPEEDUP = "import-cache"
FERRY = "Ferry sinks off Palawan, 3 dead"
LOOM = "Weaver in Oaxaca restores a loom of 1780"
MORE = "Ferry off Palawan: captain is held"


@pytest.fixture
def imported(site: ImportSite) -> ImportSite:
    """A site with one import behind it, and a second that has read its pages."""
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    site.import_briefs("2026-03-10T1200-nw.txt", LOOM)
    return site


def cached(site: ImportSite) -> ImportCache:
    return load_cache(site.folder, engine_fingerprint(config.load(site.folder)[0]))


def test_pages_of_the_window_are_cached(imported: ImportSite) -> None:
    pages = cached(imported).pages
    assert [page.record.title for page in pages.values()] == [FERRY]


def test_the_site_is_the_same_without_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    for case in ("with", "deleted", SPEEDUP):
        monkeypatch.setenv(VARIABLE, case)
        site = ImportSite(tmp_path / case)
        for name, *headlines in (("10", FERRY), ("11", LOOM), ("12", MORE), ("13", FERRY.replace("3", "4"))):
            site.import_briefs(f"2026-03-{name}-nw.txt", *headlines)
            if case == "deleted":
                (site.folder / CACHE_FILE).unlink()
        assert (site.folder / CACHE_FILE).exists() == (case == "with")
        files.append(site.files())
    assert files[0] == files[1] == files[2]


def test_an_edited_page_is_not_taken_from_the_cache(imported: ImportSite) -> None:
    [page] = [path for path in imported.pages() if "ferry" in path]
    imported.edit(page, "story: ferry-palawan", "story: the-moana")
    imported.import_briefs("2026-03-11-nw.txt", MORE)
    [later] = [path for path in imported.pages() if "captain" in path]
    assert imported.fields(later)["story"] == "the-moana"


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x93\xa1x\x80\x80"])
def test_a_damaged_cache_or_one_of_another_engine_is_ignored(imported: ImportSite, data: bytes) -> None:
    (imported.folder / CACHE_FILE).write_bytes(data)
    imported.import_briefs("2026-03-11-nw.txt", MORE)
    assert len(cached(imported).pages) == 2


def test_a_dry_run_writes_no_cache(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY, dry_run=True)
    assert not (site.folder / CACHE_FILE).exists()


def test_a_changed_copy_is_parsed_again(site: ImportSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_CLOCK_STEP_NS", -(10**12))
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    site.import_briefs("2026-03-11-nw.txt", LOOM)
    assert [name for name, copy in cached(site).dumps.items() if not copy.digest] == ["2026-03-10-nw.txt"]
    for page in site.pages():
        (site.content / page).unlink()
    (site.content / "dumps" / "2026-03-10-nw.txt").write_text(briefs("Something else") + article(MORE, "Text."))
    site.import_briefs("2026-03-12-nw.txt", FERRY, MORE)
    assert [page for page in site.pages() if "captain" in page] == []
    assert len(site.pages()) == 1


def test_a_fresh_copy_is_recognised_by_its_digest(site: ImportSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    [page] = site.pages()
    (site.content / page).unlink()
    with monkeypatch.context() as patched:
        patched.setattr(sightings, "_parse_keys", lambda path: pytest.fail(f"{path} is read again"))
        site.import_briefs("2026-03-11-nw.txt", FERRY)
    assert not site.pages()
    copy = site.content / "dumps" / "2026-03-10-nw.txt"
    copy.write_bytes(copy.read_bytes().replace(b"3 dead", b"4 dead"))
    (site.content / "dumps" / "2026-03-11-nw.txt").unlink()
    site.import_briefs("2026-03-12-nw.txt", FERRY)
    assert len(site.pages()) == 1


def test_a_dump_with_a_chosen_encoding_is_not_cached(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", briefs(FERRY)), encoding="latin-1")
    assert cached(site).dumps == {}


@pytest.mark.parametrize("jobs", [1, 2])
def test_titles_that_workers_prepared_are_cached(site: ImportSite, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 0)
    site.import_briefs("2026-03-10-nw.txt", FERRY, LOOM, jobs=jobs)
    assert set(cached(site).prepared_titles) == ({FERRY, LOOM} if jobs > 1 else set())
    with monkeypatch.context() as patched:
        if jobs > 1:
            patched.setattr(session, "prepare_title", lambda title: pytest.fail(f"{title!r} is prepared again"))
        site.import_briefs("2026-03-11-nw.txt", MORE)
    later = [path for path in site.pages() if "captain" in path]
    assert site.fields(later[0])["story"] == "ferry-palawan"
    assert set(cached(site).prepared_titles) == set()


def test_an_mtime_is_reliable_after_one_clock_step(tmp_path: Path) -> None:
    path = tmp_path / "copy.txt"
    path.write_text("-\n")
    assert not is_mtime_reliable(stat_of(path))
    size, _, _, inode = stat_of(path)
    assert is_mtime_reliable((size, 1, 1, inode))
    assert stat_of(path)[3] == os.stat(path).st_ino  # noqa: PTH116 - what it is compared with


def test_save_and_load(tmp_path: Path) -> None:
    copies = {f"{n}.txt": CachedDump((n, 2, 3, 4), ("a", "b"), "c") for n in range(70_000)}
    for cache_of_import in (ImportCache("engine"), ImportCache("engine", {}, copies, {FERRY: prepare_title(FERRY)})):
        save_cache(tmp_path, cache_of_import)
        assert load_cache(tmp_path, "engine") == cache_of_import
    assert load_cache(tmp_path, "another").engine == "another"
