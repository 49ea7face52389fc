"""A crew: who ends when, and what is done without them."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest import config
from digest.ingest.archive.sources import FileSource
from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel import workers as crews
from digest.ingest.parallel.reader import FilePart, ItemReader
from digest.ingest.parallel.workers import WorkerPool
from digest.wire import parts, scan
from tests.ingest.desk import briefs

READER = ItemReader(config.parse("")[0])


@pytest.fixture
def pieces(tmp_path: Path) -> list[FilePart]:
    path = tmp_path / "2026-03-10-nw.txt"
    path.write_text(briefs(*(f"Ferry {n} sinks off Palawan" for n in range(600))), "utf-8")
    source = FileSource(path)
    found = [FilePart(0, path, part) for part in parts(scan(source, name=path.name), source.size)]
    source.close()
    return found


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "BATCH_BYTES", 1)


def count(found: Iterator[tuple[int, list[ParsedItem]]]) -> int:
    return sum(len(items) for _, items in found)


@pytest.mark.usefixtures("small_batches")
def test_a_hand_that_dies_costs_nothing_but_time(pieces: list[FilePart]) -> None:
    crew = WorkerPool(READER, 1)
    read = crew.read(pieces)
    first = len(next(read)[1])
    process = crew._processes[0]
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert first + count(read) == 600
    crew.close()


@pytest.mark.usefixtures("small_batches")
def test_a_crew_ends_with_who_asks(pieces: list[FilePart]) -> None:
    crew = WorkerPool(READER, 2)
    next(crew.read(pieces))
    processes = list(crew._processes)
    assert len(processes) == 2
    assert all(process.is_alive() for process in processes)
    crew.close()
    assert [process.exitcode for process in processes] == [0, 0]


def test_a_hand_ends_when_the_other_end_of_its_pipe_is_gone(pieces: list[FilePart]) -> None:
    crew = WorkerPool(READER, 2)
    next(crew.read(pieces))
    for pipe in crew._pipes:
        pipe.close()
    for process in crew._processes:
        process.join(20)
        assert process.exitcode == 0


def test_an_interrupt_is_for_who_asks(pieces: list[FilePart]) -> None:
    crew = WorkerPool(READER, 1)
    read = crew.read(pieces)
    next(read)
    process = crew._processes[0]
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    assert count(read) > 0
    assert process.is_alive()
    crew.close()


def test_a_file_that_went_away_is_told_here(pieces: list[FilePart]) -> None:
    pieces[0].path.unlink()
    crew = WorkerPool(READER, 1)
    with pytest.raises(FileNotFoundError):
        list(crew.read(pieces))
    crew.close()


def test_no_hands_no_processes(pieces: list[FilePart]) -> None:
    crew = WorkerPool(READER, 0)
    assert count(crew.read(pieces)) == 600
    assert crew._processes == []
    crew.close()
