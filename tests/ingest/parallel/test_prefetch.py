"""Prefetching: the same items in the same order, with and without worker processes."""

from datetime import date
from pathlib import Path

import pytest

from digest import config
from digest.ingest.archive.sources import DumpInput, open_dump
from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel import prefetch
from digest.ingest.parallel.prefetch import Prefetcher
from digest.ingest.parallel.reader import ItemReader
from digest.speedups import VARIABLE
from digest.wire import scan
from tests.ingest.import_site import ImportSite, article, briefs

SPEEDUP = "parallel-reading"
READER = ItemReader(config.parse("")[0])
ANY = lambda _: True  # noqa: E731 - every dump may be new
BODY = ("The reef had been charted in 1903.",)


def dump(folder: Path, name: str, text: str) -> DumpInput:
    path = folder / name
    path.write_text(text, "utf-8")
    return DumpInput(label=name, name=name, path=path, size=path.stat().st_size)


@pytest.fixture
def dumps(tmp_path: Path) -> list[DumpInput]:
    texts = [briefs("Ferry sinks off Palawan", "Loom restored"), article("Senate rejects budget", *BODY), briefs("Ice")]
    return [dump(tmp_path, f"{n}.txt", text) for n, text in enumerate(texts)]


def all_items(prefetcher: Prefetcher, dumps: list[DumpInput], skipped: int = -1) -> list[ParsedItem]:
    items: list[ParsedItem] = []
    for number, one in enumerate(dumps):
        prefetcher.start_dump(number)
        if number != skipped:
            with open_dump(one) as source:
                items += prefetcher.items(source, prefetcher.outline(source))
    return items


def headlines(items: list[ParsedItem]) -> list[str]:
    return [item.marked.wire.headline for item in items]


@pytest.mark.parametrize("jobs", [2, 3, 9])
def test_workers_return_the_items_of_a_single_process(
    dumps: list[DumpInput], jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    serial, parallel = (Prefetcher(READER, dumps, None, n, ANY) for n in (1, jobs))
    expected, actual = all_items(serial, dumps), all_items(parallel, dumps)
    parallel.close()
    assert headlines(expected) == ["Loom restored", "Ferry sinks off Palawan", "Senate rejects budget", "Ice"]
    assert [(i.key, i.paragraphs, i.seals, i.marked) for i in actual] == [
        (i.key, i.paragraphs, i.seals, i.marked) for i in expected
    ]
    assert [item.labels for item in actual] == [READER.labels_of(item.marked.wire) for item in expected]


def test_a_skipped_dump_is_left_out(dumps: list[DumpInput], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    prefetcher = Prefetcher(READER, dumps, None, 2, ANY)
    assert headlines(all_items(prefetcher, dumps, skipped=1))[2:] == ["Ice"]
    prefetcher.close()


def test_a_possible_duplicate_is_not_read_in_advance(dumps: list[DumpInput], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    prefetcher = Prefetcher(READER, dumps, None, 2, lambda size: size != dumps[1].size)
    assert headlines(all_items(prefetcher, dumps))[2:] == ["Senate rejects budget", "Ice"]
    prefetcher.close()


def test_without_the_optimisation_no_worker_is_started(dumps: list[DumpInput], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    monkeypatch.setenv(VARIABLE, SPEEDUP)
    prefetcher = Prefetcher(READER, dumps, None, 2, ANY)
    assert len(all_items(prefetcher, dumps)) == 4
    assert prefetcher._pool._processes == []


def test_a_small_import_starts_no_process(dumps: list[DumpInput], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "digest.ingest.parallel.workers.WorkerPool._start", lambda _: pytest.fail("a process was started")
    )
    assert len(all_items(Prefetcher(READER, dumps, None, 8, ANY), dumps)) == 4


@pytest.mark.parametrize(("jobs", "disabled"), [(1, ""), (2, ""), (2, SPEEDUP), (2, "background-writer"), (2, "all")])
def test_the_site_does_not_depend_on_the_number_of_processes(
    tmp_path: Path, jobs: int, disabled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    monkeypatch.setenv(VARIABLE, disabled)
    files = []
    for name, number in (("one", 1), ("other", jobs)):
        site = ImportSite(tmp_path / name)
        for day in (10, 11):
            text = briefs(*(f"Ferry {n} sinks off Palawan, {day} dead" for n in range(40)))
            site.write_dump(f"2026-03-{day}-nw.txt", text + article(f"Senate rejects budget {day}", *BODY))
        site.import_dumps(site.inbox, jobs=number)
        files.append(site.files())
    assert files[0] == files[1]
    assert len(files[0]) > 40


def test_a_dump_is_read_in_parts(tmp_path: Path) -> None:
    one = dump(tmp_path, "2026-03-10-nw.txt", briefs(*(f"Ferry {n} of {date.min}" for n in range(900))))
    with open_dump(one) as source:
        outline = scan(source, name="x")
        assert len(outline.checkpoints) > 4
        assert len(all_items(Prefetcher(READER, [one], None, 1, ANY), [one])) == 900
