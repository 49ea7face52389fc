"""Reading ahead: the same items in the same order, with other processes or without."""

from datetime import date
from pathlib import Path

import pytest

from digest import config
from digest.ingest.archive.sources import DumpInput, open_dump
from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel import prefetch as reading_ahead
from digest.ingest.parallel.prefetch import Prefetcher
from digest.ingest.parallel.reader import ItemReader
from digest.wire import scan
from tests.ingest.desk import Desk, article, briefs

READER = ItemReader(config.parse("")[0])
ANY = lambda _: True  # noqa: E731 - every dump may be new
BODY = ("The reef had been charted in 1903.",)


def dump(folder: Path, name: str, text: str) -> DumpInput:
    path = folder / name
    path.write_text(text, "utf-8")
    return DumpInput(label=name, name=name, path=path, size=path.stat().st_size)


@pytest.fixture
def given(tmp_path: Path) -> list[DumpInput]:
    texts = [briefs("Ferry sinks off Palawan", "Loom restored"), article("Senate rejects budget", *BODY), briefs("Ice")]
    return [dump(tmp_path, f"{n}.txt", text) for n, text in enumerate(texts)]


def all_items(found: Prefetcher, dumps: list[DumpInput], passed_over: int = -1) -> list[ParsedItem]:
    items: list[ParsedItem] = []
    for number, one in enumerate(dumps):
        found.start_dump(number)
        if number != passed_over:
            with open_dump(one) as source:
                items += found.items(source, found.outline(source))
    return items


def headlines(items: list[ParsedItem]) -> list[str]:
    return [item.marked.wire.headline for item in items]


@pytest.mark.parametrize("jobs", [2, 3, 9])
def test_a_crew_reads_what_one_process_reads(
    given: list[DumpInput], jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "MIN_BYTES", 1)
    alone, helped = (Prefetcher(READER, given, None, n, ANY) for n in (1, jobs))
    ours, theirs = all_items(alone, given), all_items(helped, given)
    helped.close()
    assert headlines(ours) == ["Loom restored", "Ferry sinks off Palawan", "Senate rejects budget", "Ice"]
    assert [(i.key, i.paragraphs, i.seals, i.marked) for i in theirs] == [
        (i.key, i.paragraphs, i.seals, i.marked) for i in ours
    ]
    assert [item.labels for item in theirs] == [READER.labels_of(item.marked.wire) for item in ours]


def test_a_dump_that_is_passed_over_is_left_out(given: list[DumpInput], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "MIN_BYTES", 1)
    found = Prefetcher(READER, given, None, 2, ANY)
    assert headlines(all_items(found, given, passed_over=1))[2:] == ["Ice"]
    found.close()


def test_a_dump_that_may_be_known_is_not_read_beforehand(
    given: list[DumpInput], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "MIN_BYTES", 1)
    found = Prefetcher(READER, given, None, 2, lambda size: size != given[1].size)
    assert headlines(all_items(found, given))[2:] == ["Senate rejects budget", "Ice"]
    found.close()


def test_few_items_start_no_process(given: list[DumpInput], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "digest.ingest.parallel.workers.WorkerPool._start", lambda _: pytest.fail("a process was started")
    )
    assert len(all_items(Prefetcher(READER, given, None, 8, ANY), given)) == 4


@pytest.mark.parametrize("jobs", [1, 2])
def test_any_number_of_processes_makes_the_same_site(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "MIN_BYTES", 1)
    files = []
    for name, number in (("one", 1), ("other", jobs)):
        desk = Desk(tmp_path / name)
        for day in (10, 11):
            text = briefs(*(f"Ferry {n} sinks off Palawan, {day} dead" for n in range(40)))
            desk.dump(f"2026-03-{day}-nw.txt", text + article(f"Senate rejects budget {day}", *BODY))
        desk.take(desk.tray, jobs=number)
        files.append(desk.files())
    assert files[0] == files[1]
    assert len(files[0]) > 40


def test_parts_are_read_for_themselves(tmp_path: Path) -> None:
    given = dump(tmp_path, "2026-03-10-nw.txt", briefs(*(f"Ferry {n} of {date.min}" for n in range(900))))
    with open_dump(given) as source:
        outline = scan(source, name="x")
        assert len(outline.checkpoints) > 4
        assert len(all_items(Prefetcher(READER, [given], None, 1, ANY), [given])) == 900
