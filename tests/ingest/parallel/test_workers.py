"""The worker pool: failures, and the end of its processes."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest import config
from digest.ingest.archive.sources import FileSource
from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel import workers
from digest.ingest.parallel.reader import FilePart, ItemReader
from digest.ingest.parallel.workers import WorkerPool
from digest.wire import parts, scan
from tests.ingest.import_site import briefs

READER = ItemReader(config.parse("")[0])


@pytest.fixture
def file_parts(tmp_path: Path) -> list[FilePart]:
    path = tmp_path / "2026-03-10-nw.txt"
    path.write_text(briefs(*(f"Ferry {n} sinks off Palawan" for n in range(600))), "utf-8")
    source = FileSource(path)
    file_parts = [FilePart(0, path, part) for part in parts(scan(source, name=path.name), source.size)]
    source.close()
    return file_parts


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "BATCH_BYTES", 1)


def count(results: Iterator[tuple[int, list[ParsedItem]]]) -> int:
    return sum(len(items) for _, items in results)


@pytest.mark.usefixtures("small_batches")
def test_batches_of_a_dead_worker_are_read(file_parts: list[FilePart]) -> None:
    pool = WorkerPool(READER, 1)
    read = pool.read(file_parts)
    first = len(next(read)[1])
    process = pool._processes[0]
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert first + count(read) == 600
    pool.close()


@pytest.mark.usefixtures("small_batches")
def test_workers_end_on_close(file_parts: list[FilePart]) -> None:
    pool = WorkerPool(READER, 2)
    next(pool.read(file_parts))
    processes = list(pool._processes)
    assert len(processes) == 2
    assert all(process.is_alive() for process in processes)
    pool.close()
    assert [process.exitcode for process in processes] == [0, 0]


def test_a_worker_ends_when_its_pipe_is_closed(file_parts: list[FilePart]) -> None:
    pool = WorkerPool(READER, 2)
    next(pool.read(file_parts))
    for pipe in pool._pipes:
        pipe.close()
    for process in pool._processes:
        process.join(20)
        assert process.exitcode == 0


def test_workers_ignore_interrupts(file_parts: list[FilePart]) -> None:
    pool = WorkerPool(READER, 1)
    read = pool.read(file_parts)
    next(read)
    process = pool._processes[0]
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    assert count(read) > 0
    assert process.is_alive()
    pool.close()


def test_a_missing_file_raises_in_this_process(file_parts: list[FilePart]) -> None:
    file_parts[0].path.unlink()
    pool = WorkerPool(READER, 1)
    with pytest.raises(FileNotFoundError):
        list(pool.read(file_parts))
    pool.close()


def test_without_workers_no_process_is_started(file_parts: list[FilePart]) -> None:
    pool = WorkerPool(READER, 0)
    assert count(pool.read(file_parts)) == 600
    assert pool._processes == []
    pool.close()
