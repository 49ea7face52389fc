"""An import as a whole: order, repetition, death half-way, dry runs, and what is wrong with what it is given."""

import gc
import multiprocessing
import os
import sys
from pathlib import Path
from threading import Thread

import pytest

from digest.content.store.lock import locked
from digest.ingest import ImportOptions, Outcome, import_dumps, pipeline
from digest.ingest.parallel import prefetch
from digest.ingest.write.content_folder import ContentFolder
from tests.ingest.desk import Desk, article, briefs

FERRY = "Ferry sinks off Palawan, 3 dead"
LOOM = "Weaver in Oaxaca restores a loom of 1780"
VOTE = "Senate in Lesotho rejects budget for a third time"
GLACIER = "Glacier above Huaraz loses a third of its ice"
BODY = (
    "The ferry left the harbour at dawn and struck a reef an hour later.",
    "All aboard were saved, the coast guard said.",
)


def test_the_same_dump_twice_changes_no_byte(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(LOOM, VOTE)))
    before = desk.files()
    report = desk.take("2026-03-10-nw.txt")
    assert desk.files() == before
    assert report.written == ()
    assert [dump.is_duplicate for dump in report.dumps] == [True]


@pytest.mark.parametrize("name", ["copy.txt", "2026-03-10-nw (1).txt", "2026-03-10.txt"])
def test_nor_does_the_same_dump_under_another_name(desk: Desk, name: str) -> None:
    dump = desk.dump("2026-03-10-nw.txt", briefs(LOOM, VOTE))
    desk.take(dump)
    before = desk.files()
    dump.rename(desk.tray / name)
    assert desk.take(name).written == ()
    assert desk.files() == before


def test_the_same_list_on_another_day_is_another_dump(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    report = desk.say("2026-03-11-nw.txt", LOOM)
    assert report.count(Outcome.SEEN) == 1
    assert (desk.content / "dumps" / "2026-03-11-nw.txt").is_file()


def test_another_dump_with_the_name_of_a_copy_gets_a_number(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    desk.say("2026-03-10-nw.txt", VOTE, LOOM)
    names = sorted(p.name for p in (desk.content / "dumps").iterdir())
    assert names == ["2026-03-10-nw(2).txt", "2026-03-10-nw.txt"]
    assert (desk.content / "dumps" / names[1]).read_text() == briefs(LOOM)
    [page] = [p for p in desk.pages() if "loom" in p]
    assert desk.fields(page)["wire"]["also"] == ["2026-03-10-nw(2).txt"]


def test_dumps_are_taken_by_time_then_name_whatever_their_order_on_the_command_line(desk: Desk, tmp_path: Path) -> None:
    names = ["2026-03-10T1800-nw.txt", "2026-03-10-mdl.txt", "2026-03-09-nw.txt", "2026-03-10T0600-nw.txt"]
    other = Desk(tmp_path / "other")
    for one in (desk, other):
        for name, headline in zip(names, (NEWER, FERRY, LOOM, VOTE), strict=True):
            one.dump(name, briefs(headline))
    report = desk.take(*names)
    other.take(*reversed(names))
    assert [dump.name for dump in report.dumps] == sorted(names)
    assert desk.files() == other.files()


NEWER = "Ferry sinks off Palawan, 9 dead"


@pytest.mark.parametrize("writes", range(5))
def test_an_import_that_died_half_way_is_mended_by_importing_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    text = article(FERRY, *BODY) + briefs(LOOM, VOTE, FERRY, GLACIER)
    whole = Desk(tmp_path / "whole")
    whole.take(whole.dump("2026-03-10-nw.txt", text))
    desk.dump("2026-03-10-nw.txt", text)
    write, written = ContentFolder.write, list[str]()

    def failing(folder: ContentFolder, path: str, page: str) -> None:
        if len(written) == writes:
            raise OSError(28, "No space left on device", path)
        written.append(path)
        write(folder, path, page)

    monkeypatch.setattr(ContentFolder, "write", failing)
    report = desk.take("2026-03-10-nw.txt")
    assert [issue.code for issue in report.issues] == ["file-failed"]
    assert "No space left" in report.issues[0].message
    assert not (desk.content / "dumps").exists()
    monkeypatch.undo()
    desk.take("2026-03-10-nw.txt")
    assert desk.files() == whole.files()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_import_that_was_interrupted_is_finished_by_the_next(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    dumps = {f"2026-03-{day}-nw.txt": briefs(*(f"Ferry {n} sinks, {day} dead" for n in range(30))) for day in (10, 11)}
    whole = Desk(tmp_path / "whole")
    for room in (whole, desk):
        for name, text in dumps.items():
            room.dump(name, text)
    whole.take(whole.tray)
    add, written = ContentFolder.add, list[str]()

    def interrupted(folder: ContentFolder, path: str, page: str) -> None:
        if len(written) == 40:
            raise KeyboardInterrupt
        written.append(path)
        add(folder, path, page)

    monkeypatch.setattr(ContentFolder, "add", interrupted)
    with pytest.raises(KeyboardInterrupt):
        desk.take(desk.tray, jobs=jobs)
    assert multiprocessing.active_children() == []
    assert len(desk.pages()) < len(whole.pages())
    monkeypatch.setattr(ContentFolder, "add", add)
    report = desk.take(desk.tray, jobs=jobs)
    assert [dump.is_duplicate for dump in report.dumps] == [True, False]
    assert desk.files() == whole.files()


def test_how_far_it_is_is_told(desk: Desk) -> None:
    told: list[tuple[str, int, int]] = []
    desk.say("2026-03-10-nw.txt", FERRY, LOOM, on_progress=lambda *words: told.append(words))
    assert told == [("Importing items", 0, 2)]
    told.clear()
    for day in (11, 12):
        desk.dump(f"2026-03-{day}-nw.txt", briefs(VOTE))
    desk.take("2026-03-11-nw.txt", "2026-03-12-nw.txt", on_progress=lambda *words: told.append(words))
    assert told == [("Importing dumps: 2026-03-11-nw.txt", 0, 2), ("Importing dumps: 2026-03-12-nw.txt", 1, 2)]


def test_nothing_half_written_is_left_behind(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(LOOM)))
    assert all(path.suffix in {".md", ".txt", ".toml"} for path in map(Path, desk.files()))


def test_a_dry_run_says_the_same_and_touches_nothing(desk: Desk) -> None:
    desk.say("2026-03-09-nw.txt", FERRY, LOOM)
    before, entries = desk.files(), sorted(desk.site.rglob("*"))
    stamps = [path.stat().st_mtime_ns for path in entries]
    dump = desk.dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(VOTE, LOOM))
    dry = desk.take(dump, dry_run=True)
    assert desk.files() == before
    assert sorted(desk.site.rglob("*")) == entries
    assert [path.stat().st_mtime_ns for path in entries] == stamps
    real = desk.take(dump)
    assert dry.dry_run
    assert dry.written == real.written
    assert dry.dumps == real.dumps


def test_a_dry_run_of_a_fresh_site_makes_no_folder(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM, dry_run=True)
    assert [path.name for path in desk.site.iterdir()] == ["digest.toml"]


def test_a_folder_means_all_dumps_in_it(desk: Desk) -> None:
    desk.dump("2026-03-10-nw.txt", briefs(LOOM))
    desk.dump("2026-03-11-nw.txt", briefs(VOTE))
    desk.dump("notes.md", "no dump")
    report = desk.take(desk.tray)
    assert [dump.name for dump in report.dumps] == ["2026-03-10-nw.txt", "2026-03-11-nw.txt"]


def test_dumps_that_lie_among_the_copies_are_imported_where_they_are_and_once(desk: Desk) -> None:
    folder = desk.content / "dumps"
    folder.mkdir(parents=True)
    (folder / "2026-03-10-nw.txt").write_text(briefs(LOOM, VOTE))
    (folder / "2026-03-11-nw.txt").write_text(briefs(FERRY, LOOM))
    report = desk.take(folder)
    assert report.count(Outcome.NEW) == 3
    assert len(list(folder.iterdir())) == 2
    loom = next(page for page in desk.pages() if "loom" in page)
    (desk.content / loom).unlink()
    assert desk.take(folder).written == ()


def test_standard_input_is_a_dump(desk: Desk) -> None:
    report = desk.take("-", stdin=briefs(LOOM).encode(), at="2026-03-10T06:10", source="NW-UTC")
    assert report.issues == ()
    assert report.dumps[0].name == "2026-03-10T0610-nw-utc.txt"
    [page] = desk.pages()
    assert desk.fields(page)["source"] == "NW-UTC"


def test_a_pipe_is_a_dump(desk: Desk) -> None:
    pipe = desk.tray / "2026-03-10-nw.txt"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=[briefs(LOOM)])
    writer.start()
    report = desk.take(pipe)
    writer.join()
    assert report.count(Outcome.NEW) == 1


def test_what_the_caller_says_goes_before_the_name(desk: Desk) -> None:
    report = desk.say("2026-03-10-nw.txt", LOOM, at="2026-03-12", source="MDL")
    assert report.dumps[0].name == "2026-03-12-mdl.txt"
    [page] = desk.pages()
    assert page.startswith("2026/03/12/")
    assert desk.fields(page)["source"] == "MDL"


def test_a_dump_without_a_time_has_that_of_its_file_in_the_zone_of_the_site(tmp_path: Path) -> None:
    desk = Desk(tmp_path, '[site]\ntime_zone = "Asia/Tokyo"\n')
    dump = desk.dump("latest.txt", briefs(LOOM))
    os.utime(dump, (1_773_180_000, 1_773_180_000))
    report = desk.take(dump, source="NW")
    assert [issue.code for issue in report.issues] == ["dump-time-guessed"]
    assert report.dumps[0].seen == "2026-03-11T07:00+09:00"
    assert report.dumps[0].name == "2026-03-11T0700-nw.txt"
    [page] = desk.pages()
    assert desk.fields(page)["date"] == "2026-03-11"


def test_a_dump_of_two_agencies_names_no_source_for_its_briefs(desk: Desk) -> None:
    text = article(FERRY, *BODY, byline="O.Salim--NW") + article(VOTE, *BODY, byline="M.Iyer--MDL") + briefs(LOOM)
    report = desk.take(desk.dump("2026-03-10.txt", text))
    assert "dump-source-unknown" in [issue.code for issue in report.issues]
    sources = {page: desk.fields(page).get("source") for page in desk.pages()}
    assert sorted(filter(None, sources.values())) == ["MDL", "NW"]


def test_the_account_says_of_every_line_what_became_of_it(desk: Desk) -> None:
    desk.say("2026-03-09-nw.txt", LOOM)
    text = briefs(VOTE) + "\n" + article(FERRY, *BODY) + "\n" + briefs(LOOM) + "-\n"
    [dump] = desk.take(desk.dump("2026-03-10-nw.txt", text), with_lines=True).dumps
    lines = [n for line in dump.lines for n in range(line.span.first, line.span.last + 1)]
    assert lines == list(range(1, text.count("\n") + 1))
    fates = [(line.outcome, line.page.rpartition("/")[2]) for line in dump.lines if line.kind == "item"]
    assert [line.kind for line in dump.lines if line.kind != "item"] == ["blank", "blank", "issue"]
    assert fates[0] == (Outcome.NEW, "senate-in-lesotho-rejects-budget-for-a-third-time.md")
    assert fates[-1] == (Outcome.SEEN, "weaver-in-oaxaca-restores-a-loom-of-1780.md")
    assert dump.items == sum(dump.outcomes.values()) == 3


def test_an_old_dump_may_come_late(desk: Desk) -> None:
    desk.say("2026-03-12-nw.txt", LOOM)
    report = desk.say("2026-03-10-nw.txt", LOOM, VOTE)
    assert report.count(Outcome.SEEN) == 1
    assert len(desk.pages()) == 2


def test_a_hand_made_page_with_the_same_id_leaves_the_id_to_itself(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other")
    other.say("2026-03-10-nw.txt", LOOM)
    [page] = other.pages()
    taken = other.fields(page)["id"]
    (desk.content / "old").mkdir(parents=True)
    (desk.content / "old" / "page.md").write_text(f"---\nid: {taken}\ntitle: Something else\ndate: 2020-01-01\n---\n")
    desk.say("2026-03-10-nw.txt", LOOM)
    made = desk.fields("2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md")
    assert made["id"] != taken


def _codes(desk: Desk, *dumps: str | Path, **options: str) -> list[str]:
    report = desk.take(*dumps, **options)
    assert all(issue.message and issue.hint for issue in report.issues)
    return [issue.code for issue in report.issues]


def test_a_file_that_is_not_there(desk: Desk) -> None:
    assert _codes(desk, "2026-03-10-nw.txt") == ["dump-missing"]


def test_one_bad_dump_does_not_stop_the_others(desk: Desk) -> None:
    desk.dump("2026-03-10-nw.txt", briefs(LOOM))
    desk.dump("2026-03-09-nw.txt", b"\x7fELF\x00\x01\x02" * 40)
    codes = _codes(desk, "2026-03-09-nw.txt", "2026-03-08-nw.txt", "2026-03-10-nw.txt")
    assert codes == ["dump-missing", "dump-binary"]
    assert len(desk.pages()) == 1
    assert [p.name for p in (desk.content / "dumps").iterdir()] == ["2026-03-10-nw.txt"]


def test_a_folder_without_a_dump(desk: Desk) -> None:
    assert _codes(desk, desk.tray) == ["dump-missing"]


@pytest.mark.parametrize("text", ["", "\n\n", "-\n"])
def test_a_dump_that_holds_nothing(desk: Desk, text: str) -> None:
    desk.dump("2026-03-10-nw.txt", text)
    assert "dump-empty" in _codes(desk, "2026-03-10-nw.txt")
    assert not desk.pages()
    assert not (desk.content / "dumps").exists()


def test_one_long_line(desk: Desk) -> None:
    desk.dump("2026-03-10-nw.txt", b"-\n" + b"ferry " * 1_000_000 + b"\n" + briefs(LOOM).encode())
    assert "dump-line-long" in _codes(desk, "2026-03-10-nw.txt")
    assert list(desk.pages()) == ["2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"]


def test_an_encoding_that_does_not_exist_and_a_time_that_is_none(desk: Desk) -> None:
    desk.dump("2026-03-10-nw.txt", briefs(LOOM))
    assert _codes(desk, "2026-03-10-nw.txt", encoding="klingon") == ["dump-encoding"]
    assert _codes(desk, "2026-03-10-nw.txt", at="tomorrow") == ["usage"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_this_user_may_not_read(desk: Desk) -> None:
    desk.dump("2026-03-10-nw.txt", briefs(LOOM)).chmod(0)
    assert _codes(desk, "2026-03-10-nw.txt") == ["dump-unreadable"]


def test_a_thing_that_is_neither_file_nor_folder(desk: Desk) -> None:
    assert _codes(desk, Path("/dev/null")) == ["dump-unreadable"]


def test_a_folder_that_is_no_site_and_a_site_with_a_broken_configuration(tmp_path: Path) -> None:
    report = import_dumps(tmp_path, ["-"], ImportOptions(stdin=b"-\nA\n"))
    assert [issue.code for issue in report.issues] == ["config-missing"]
    (tmp_path / "digest.toml").write_text("[site\n")
    report = import_dumps(tmp_path, ["-"], ImportOptions(stdin=b"-\nA\n"))
    assert [issue.code for issue in report.issues] == ["config-syntax"]
    assert not (tmp_path / "content").exists()


def test_a_page_that_cannot_be_changed_is_named_and_left_alone(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    [page] = desk.pages()
    path = desk.content / page
    fields = ", ".join(line for line in path.read_text().splitlines() if line != "---")
    path.write_text(f"---\n{{{fields}}}\n---\n")
    before = path.read_text()
    assert _codes(desk, desk.dump("2026-03-11-nw.txt", briefs(LOOM))) == ["page-unreadable"]
    assert path.read_text() == before


def test_two_imports_at_once_go_one_after_the_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    monkeypatch.setattr(pipeline, "_PATIENCE_S", 0.01)
    with locked(desk.site / pipeline.LOCK_FILE, 0):
        assert _codes(desk, desk.dump("2026-03-11-nw.txt", briefs(VOTE))) == ["import-locked"]
    assert len(desk.pages()) == 1
    assert desk.take("2026-03-11-nw.txt").count(Outcome.NEW) == 1


def test_a_cache_that_cannot_be_written_stops_the_import(desk: Desk) -> None:
    (desk.site / ".digest").write_text("a file where the folder should be")
    assert _codes(desk, desk.dump("2026-03-10-nw.txt", briefs(LOOM))) == ["file-failed"]
    assert not desk.pages()


def test_a_cache_that_is_damaged_is_made_anew(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    (desk.site / ".digest" / "state.sqlite").write_bytes(b"no database" * 100)
    assert desk.say("2026-03-11-nw.txt", LOOM).count(Outcome.SEEN) == 1


def test_hundreds_of_articles_with_one_headline_are_all_kept(desk: Desk) -> None:
    text = "".join(article(LOOM, f"{'abc'[n % 3]} {n} " * 9) for n in range(300))
    report = desk.take(desk.dump("2026-03-10-nw.txt", text))
    assert len(desk.pages()) == 300
    assert report.count(Outcome.SEEN) == 0
    assert desk.take(desk.dump("2026-03-11-nw.txt", text)).count(Outcome.SEEN) == 300


def test_the_site_chooses_how_bad_a_problem_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path, '[issues]\ndump-source-unknown = "off"\n')
    assert desk.take("-", stdin=briefs(LOOM).encode(), at="2026-03-10").issues == ()


def test_a_dump_whose_name_is_no_text_is_imported_by_many_processes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 0)
    name = os.fsdecode(b"2026-03-10-\xff.txt")
    report = desk.take(desk.dump(name, briefs(FERRY, LOOM)), jobs=2)
    assert report.count(Outcome.NEW) == 2
    assert ["2026-03-10-\ufffd.txt" in text for text in desk.pages().values()] == [True, True]
    assert desk.take(desk.dump(name, briefs(FERRY, LOOM)), jobs=2).written == ()


def test_who_imports_gets_the_collector_back_as_it_was(desk: Desk) -> None:
    assert gc.isenabled()
    desk.say("2026-03-10-nw.txt", "Ferry sinks off reef")
    assert gc.isenabled()
    gc.disable()
    try:
        desk.say("2026-03-11-nw.txt", "Minister resigns")
        assert not gc.isenabled()
    finally:
        gc.enable()
