"""Imports as a whole: order, repetition, failure half-way, dry runs, and bad input."""

import gc
import multiprocessing
import os
import sys
from pathlib import Path
from threading import Thread

import pytest

from digest.content.store.lock import file_lock
from digest.ingest import ImportOptions, Outcome, import_dumps, pipeline
from digest.ingest.parallel import prefetch
from digest.ingest.write.content_folder import ContentFolder
from tests.ingest.import_site import ImportSite, article, briefs

FERRY = "Ferry sinks off Palawan, 3 dead"
LOOM = "Weaver in Oaxaca restores a loom of 1780"
VOTE = "Senate in Lesotho rejects budget for a third time"
GLACIER = "Glacier above Huaraz loses a third of its ice"
BODY = (
    "The ferry left the harbour at dawn and struck a reef an hour later.",
    "All aboard were saved, the coast guard said.",
)


def test_importing_a_dump_twice_changes_no_byte(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(LOOM, VOTE)))
    before = site.files()
    report = site.import_dumps("2026-03-10-nw.txt")
    assert site.files() == before
    assert report.written == ()
    assert [dump.is_duplicate for dump in report.dumps] == [True]


@pytest.mark.parametrize("name", ["copy.txt", "2026-03-10-nw (1).txt", "2026-03-10.txt"])
def test_importing_a_dump_again_under_another_name_changes_no_byte(site: ImportSite, name: str) -> None:
    dump = site.write_dump("2026-03-10-nw.txt", briefs(LOOM, VOTE))
    site.import_dumps(dump)
    before = site.files()
    dump.rename(site.inbox / name)
    assert site.import_dumps(name).written == ()
    assert site.files() == before


def test_equal_content_on_another_day_is_another_dump(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    report = site.import_briefs("2026-03-11-nw.txt", LOOM)
    assert report.count(Outcome.SEEN) == 1
    assert (site.content / "dumps" / "2026-03-11-nw.txt").is_file()


def test_a_copy_gets_a_number_if_its_name_is_taken(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    site.import_briefs("2026-03-10-nw.txt", VOTE, LOOM)
    names = sorted(p.name for p in (site.content / "dumps").iterdir())
    assert names == ["2026-03-10-nw(2).txt", "2026-03-10-nw.txt"]
    assert (site.content / "dumps" / names[1]).read_text() == briefs(LOOM)
    [page] = [p for p in site.pages() if "loom" in p]
    assert site.fields(page)["wire"]["also"] == ["2026-03-10-nw(2).txt"]


def test_dumps_are_imported_in_the_order_of_time_and_name(site: ImportSite, tmp_path: Path) -> None:
    names = ["2026-03-10T1800-nw.txt", "2026-03-10-mdl.txt", "2026-03-09-nw.txt", "2026-03-10T0600-nw.txt"]
    other = ImportSite(tmp_path / "other")
    for one in (site, other):
        for name, headline in zip(names, (NEWER, FERRY, LOOM, VOTE), strict=True):
            one.write_dump(name, briefs(headline))
    report = site.import_dumps(*names)
    other.import_dumps(*reversed(names))
    assert [dump.name for dump in report.dumps] == sorted(names)
    assert site.files() == other.files()


NEWER = "Ferry sinks off Palawan, 9 dead"


@pytest.mark.parametrize("writes", range(5))
def test_importing_again_completes_an_import_that_failed(
    site: ImportSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    text = article(FERRY, *BODY) + briefs(LOOM, VOTE, FERRY, GLACIER)
    undisturbed = ImportSite(tmp_path / "undisturbed")
    undisturbed.import_dumps(undisturbed.write_dump("2026-03-10-nw.txt", text))
    site.write_dump("2026-03-10-nw.txt", text)
    write, written = ContentFolder.write, list[str]()

    def failing(folder: ContentFolder, path: str, page: str) -> None:
        if len(written) == writes:
            raise OSError(28, "No space left on device", path)
        written.append(path)
        write(folder, path, page)

    monkeypatch.setattr(ContentFolder, "write", failing)
    report = site.import_dumps("2026-03-10-nw.txt")
    assert [issue.code for issue in report.issues] == ["file-failed"]
    assert "No space left" in report.issues[0].message
    assert not (site.content / "dumps").exists()
    monkeypatch.undo()
    site.import_dumps("2026-03-10-nw.txt")
    assert site.files() == undisturbed.files()


@pytest.mark.parametrize("jobs", [1, 2])
def test_importing_again_completes_an_import_that_was_interrupted(
    site: ImportSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    dumps = {f"2026-03-{day}-nw.txt": briefs(*(f"Ferry {n} sinks, {day} dead" for n in range(30))) for day in (10, 11)}
    undisturbed = ImportSite(tmp_path / "undisturbed")
    for one in (undisturbed, site):
        for name, text in dumps.items():
            one.write_dump(name, text)
    undisturbed.import_dumps(undisturbed.inbox)
    add, written = ContentFolder.add, list[str]()

    def interrupted(folder: ContentFolder, path: str, page: str) -> None:
        if len(written) == 40:
            raise KeyboardInterrupt
        written.append(path)
        add(folder, path, page)

    monkeypatch.setattr(ContentFolder, "add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.import_dumps(site.inbox, jobs=jobs)
    assert multiprocessing.active_children() == []
    assert len(site.pages()) < len(undisturbed.pages())
    monkeypatch.setattr(ContentFolder, "add", add)
    report = site.import_dumps(site.inbox, jobs=jobs)
    assert [dump.is_duplicate for dump in report.dumps] == [True, False]
    assert site.files() == undisturbed.files()


def test_progress_is_reported(site: ImportSite) -> None:
    calls: list[tuple[str, int, int]] = []
    site.import_briefs("2026-03-10-nw.txt", FERRY, LOOM, on_progress=lambda *words: calls.append(words))
    assert calls == [("Importing items", 0, 2)]
    calls.clear()
    for day in (11, 12):
        site.write_dump(f"2026-03-{day}-nw.txt", briefs(VOTE))
    site.import_dumps("2026-03-11-nw.txt", "2026-03-12-nw.txt", on_progress=lambda *words: calls.append(words))
    assert calls == [("Importing dumps: 2026-03-11-nw.txt", 0, 2), ("Importing dumps: 2026-03-12-nw.txt", 1, 2)]


def test_an_import_leaves_no_temporary_files(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(LOOM)))
    assert all(path.suffix in {".md", ".txt", ".toml"} for path in map(Path, site.files()))


def test_a_dry_run_reports_the_same_and_changes_nothing(site: ImportSite) -> None:
    site.import_briefs("2026-03-09-nw.txt", FERRY, LOOM)
    before, entries = site.files(), sorted(site.folder.rglob("*"))
    stamps = [path.stat().st_mtime_ns for path in entries]
    dump = site.write_dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(VOTE, LOOM))
    dry = site.import_dumps(dump, dry_run=True)
    assert site.files() == before
    assert sorted(site.folder.rglob("*")) == entries
    assert [path.stat().st_mtime_ns for path in entries] == stamps
    real = site.import_dumps(dump)
    assert dry.dry_run
    assert dry.written == real.written
    assert dry.dumps == real.dumps


def test_a_dry_run_in_a_new_site_creates_no_folder(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM, dry_run=True)
    assert [path.name for path in site.folder.iterdir()] == ["digest.toml"]


def test_a_folder_stands_for_all_dumps_in_it(site: ImportSite) -> None:
    site.write_dump("2026-03-10-nw.txt", briefs(LOOM))
    site.write_dump("2026-03-11-nw.txt", briefs(VOTE))
    site.write_dump("notes.md", "no dump")
    report = site.import_dumps(site.inbox)
    assert [dump.name for dump in report.dumps] == ["2026-03-10-nw.txt", "2026-03-11-nw.txt"]


def test_dumps_in_the_archive_folder_are_imported_once_and_not_copied(site: ImportSite) -> None:
    folder = site.content / "dumps"
    folder.mkdir(parents=True)
    (folder / "2026-03-10-nw.txt").write_text(briefs(LOOM, VOTE))
    (folder / "2026-03-11-nw.txt").write_text(briefs(FERRY, LOOM))
    report = site.import_dumps(folder)
    assert report.count(Outcome.NEW) == 3
    assert len(list(folder.iterdir())) == 2
    loom = next(page for page in site.pages() if "loom" in page)
    (site.content / loom).unlink()
    assert site.import_dumps(folder).written == ()


def test_standard_input_is_a_dump(site: ImportSite) -> None:
    report = site.import_dumps("-", stdin=briefs(LOOM).encode(), at="2026-03-10T06:10", source="NW-UTC")
    assert report.issues == ()
    assert report.dumps[0].name == "2026-03-10T0610-nw-utc.txt"
    [page] = site.pages()
    assert site.fields(page)["source"] == "NW-UTC"


def test_a_pipe_is_a_dump(site: ImportSite) -> None:
    pipe = site.inbox / "2026-03-10-nw.txt"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=[briefs(LOOM)])
    writer.start()
    report = site.import_dumps(pipe)
    writer.join()
    assert report.count(Outcome.NEW) == 1


def test_options_win_over_the_file_name(site: ImportSite) -> None:
    report = site.import_briefs("2026-03-10-nw.txt", LOOM, at="2026-03-12", source="MDL")
    assert report.dumps[0].name == "2026-03-12-mdl.txt"
    [page] = site.pages()
    assert page.startswith("2026/03/12/")
    assert site.fields(page)["source"] == "MDL"


def test_without_a_time_the_mtime_in_the_sites_zone_is_used(tmp_path: Path) -> None:
    site = ImportSite(tmp_path, '[site]\ntime_zone = "Asia/Tokyo"\n')
    dump = site.write_dump("latest.txt", briefs(LOOM))
    os.utime(dump, (1_773_180_000, 1_773_180_000))
    report = site.import_dumps(dump, source="NW")
    assert [issue.code for issue in report.issues] == ["dump-time-guessed"]
    assert report.dumps[0].seen == "2026-03-11T07:00+09:00"
    assert report.dumps[0].name == "2026-03-11T0700-nw.txt"
    [page] = site.pages()
    assert site.fields(page)["date"] == "2026-03-11"


def test_briefs_have_no_source_if_the_dump_has_two_agencies(site: ImportSite) -> None:
    text = article(FERRY, *BODY, byline="O.Salim--NW") + article(VOTE, *BODY, byline="M.Iyer--MDL") + briefs(LOOM)
    report = site.import_dumps(site.write_dump("2026-03-10.txt", text))
    assert "dump-source-unknown" in [issue.code for issue in report.issues]
    sources = {page: site.fields(page).get("source") for page in site.pages()}
    assert sorted(filter(None, sources.values())) == ["MDL", "NW"]


def test_the_line_reports_cover_every_line(site: ImportSite) -> None:
    site.import_briefs("2026-03-09-nw.txt", LOOM)
    text = briefs(VOTE) + "\n" + article(FERRY, *BODY) + "\n" + briefs(LOOM) + "-\n"
    [dump] = site.import_dumps(site.write_dump("2026-03-10-nw.txt", text), with_lines=True).dumps
    lines = [n for line in dump.lines for n in range(line.span.first, line.span.last + 1)]
    assert lines == list(range(1, text.count("\n") + 1))
    outcomes = [(line.outcome, line.page.rpartition("/")[2]) for line in dump.lines if line.kind == "item"]
    assert [line.kind for line in dump.lines if line.kind != "item"] == ["blank", "blank", "issue"]
    assert outcomes[0] == (Outcome.NEW, "senate-in-lesotho-rejects-budget-for-a-third-time.md")
    assert outcomes[-1] == (Outcome.SEEN, "weaver-in-oaxaca-restores-a-loom-of-1780.md")
    assert dump.items == sum(dump.outcomes.values()) == 3


def test_dumps_may_be_imported_out_of_order(site: ImportSite) -> None:
    site.import_briefs("2026-03-12-nw.txt", LOOM)
    report = site.import_briefs("2026-03-10-nw.txt", LOOM, VOTE)
    assert report.count(Outcome.SEEN) == 1
    assert len(site.pages()) == 2


def test_the_id_of_a_hand_made_page_is_not_used_again(site: ImportSite, tmp_path: Path) -> None:
    other = ImportSite(tmp_path / "other")
    other.import_briefs("2026-03-10-nw.txt", LOOM)
    [page] = other.pages()
    taken = other.fields(page)["id"]
    (site.content / "old").mkdir(parents=True)
    (site.content / "old" / "page.md").write_text(f"---\nid: {taken}\ntitle: Something else\ndate: 2020-01-01\n---\n")
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    made = site.fields("2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md")
    assert made["id"] != taken


def _codes(site: ImportSite, *dumps: str | Path, **options: str) -> list[str]:
    report = site.import_dumps(*dumps, **options)
    assert all(issue.message and issue.hint for issue in report.issues)
    return [issue.code for issue in report.issues]


def test_a_missing_file_is_an_issue(site: ImportSite) -> None:
    assert _codes(site, "2026-03-10-nw.txt") == ["dump-missing"]


def test_a_bad_dump_does_not_stop_the_others(site: ImportSite) -> None:
    site.write_dump("2026-03-10-nw.txt", briefs(LOOM))
    site.write_dump("2026-03-09-nw.txt", b"\x7fELF\x00\x01\x02" * 40)
    codes = _codes(site, "2026-03-09-nw.txt", "2026-03-08-nw.txt", "2026-03-10-nw.txt")
    assert codes == ["dump-missing", "dump-binary"]
    assert len(site.pages()) == 1
    assert [p.name for p in (site.content / "dumps").iterdir()] == ["2026-03-10-nw.txt"]


def test_a_folder_without_dumps_is_an_issue(site: ImportSite) -> None:
    assert _codes(site, site.inbox) == ["dump-missing"]


@pytest.mark.parametrize("text", ["", "\n\n", "-\n"])
def test_a_dump_without_items_is_an_issue(site: ImportSite, text: str) -> None:
    site.write_dump("2026-03-10-nw.txt", text)
    assert "dump-empty" in _codes(site, "2026-03-10-nw.txt")
    assert not site.pages()
    assert not (site.content / "dumps").exists()


def test_an_oversized_line_is_an_issue(site: ImportSite) -> None:
    site.write_dump("2026-03-10-nw.txt", b"-\n" + b"ferry " * 1_000_000 + b"\n" + briefs(LOOM).encode())
    assert "dump-line-long" in _codes(site, "2026-03-10-nw.txt")
    assert list(site.pages()) == ["2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"]


def test_an_unknown_encoding_and_an_invalid_time_are_issues(site: ImportSite) -> None:
    site.write_dump("2026-03-10-nw.txt", briefs(LOOM))
    assert _codes(site, "2026-03-10-nw.txt", encoding="klingon") == ["dump-encoding"]
    assert _codes(site, "2026-03-10-nw.txt", at="tomorrow") == ["usage"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_an_issue(site: ImportSite) -> None:
    site.write_dump("2026-03-10-nw.txt", briefs(LOOM)).chmod(0)
    assert _codes(site, "2026-03-10-nw.txt") == ["dump-unreadable"]


def test_a_device_is_an_issue(site: ImportSite) -> None:
    assert _codes(site, Path("/dev/null")) == ["dump-unreadable"]


def test_a_missing_or_broken_configuration_stops_the_import(tmp_path: Path) -> None:
    report = import_dumps(tmp_path, ["-"], ImportOptions(stdin=b"-\nA\n"))
    assert [issue.code for issue in report.issues] == ["config-missing"]
    (tmp_path / "digest.toml").write_text("[site\n")
    report = import_dumps(tmp_path, ["-"], ImportOptions(stdin=b"-\nA\n"))
    assert [issue.code for issue in report.issues] == ["config-syntax"]
    assert not (tmp_path / "content").exists()


def test_a_page_that_cannot_be_changed_is_reported_and_unchanged(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    [page] = site.pages()
    path = site.content / page
    fields = ", ".join(line for line in path.read_text().splitlines() if line != "---")
    path.write_text(f"---\n{{{fields}}}\n---\n")
    before = path.read_text()
    assert _codes(site, site.write_dump("2026-03-11-nw.txt", briefs(LOOM))) == ["page-unreadable"]
    assert path.read_text() == before


def test_a_second_import_waits_for_the_lock(site: ImportSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    monkeypatch.setattr(pipeline, "_LOCK_TIMEOUT_S", 0.01)
    with file_lock(site.folder / pipeline.LOCK_FILE, 0):
        assert _codes(site, site.write_dump("2026-03-11-nw.txt", briefs(VOTE))) == ["import-locked"]
    assert len(site.pages()) == 1
    assert site.import_dumps("2026-03-11-nw.txt").count(Outcome.NEW) == 1


def test_an_unwritable_cache_folder_stops_the_import(site: ImportSite) -> None:
    (site.folder / ".digest").write_text("a file where the folder should be")
    assert _codes(site, site.write_dump("2026-03-10-nw.txt", briefs(LOOM))) == ["file-failed"]
    assert not site.pages()


def test_a_damaged_database_is_rebuilt(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    (site.folder / ".digest" / "state.sqlite").write_bytes(b"no database" * 100)
    assert site.import_briefs("2026-03-11-nw.txt", LOOM).count(Outcome.SEEN) == 1


def test_hundreds_of_articles_with_one_headline_all_become_pages(site: ImportSite) -> None:
    text = "".join(article(LOOM, f"{'abc'[n % 3]} {n} " * 9) for n in range(300))
    report = site.import_dumps(site.write_dump("2026-03-10-nw.txt", text))
    assert len(site.pages()) == 300
    assert report.count(Outcome.SEEN) == 0
    assert site.import_dumps(site.write_dump("2026-03-11-nw.txt", text)).count(Outcome.SEEN) == 300


def test_the_configuration_sets_the_severity_of_issues(tmp_path: Path) -> None:
    site = ImportSite(tmp_path, '[issues]\ndump-source-unknown = "off"\n')
    assert site.import_dumps("-", stdin=briefs(LOOM).encode(), at="2026-03-10").issues == ()


def test_a_file_name_that_is_not_utf8_is_imported_by_several_processes(
    site: ImportSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 0)
    name = os.fsdecode(b"2026-03-10-\xff.txt")
    report = site.import_dumps(site.write_dump(name, briefs(FERRY, LOOM)), jobs=2)
    assert report.count(Outcome.NEW) == 2
    assert ["2026-03-10-\ufffd.txt" in text for text in site.pages().values()] == [True, True]
    assert site.import_dumps(site.write_dump(name, briefs(FERRY, LOOM)), jobs=2).written == ()


def test_the_garbage_collector_is_restored(site: ImportSite) -> None:
    assert gc.isenabled()
    site.import_briefs("2026-03-10-nw.txt", "Ferry sinks off reef")
    assert gc.isenabled()
    gc.disable()
    try:
        site.import_briefs("2026-03-11-nw.txt", "Minister resigns")
        assert not gc.isenabled()
    finally:
        gc.enable()
