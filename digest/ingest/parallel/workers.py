"""Worker pool that parses and labels parts of dumps while this process threads and writes.

Each worker has a pipe of its own and ends when the other end is closed, so that none outlives its import. If a worker
dies, this process parses its batches; that costs only time.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import msgspec

from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel.processes import can_fork, start_worker, stop_worker
from digest.ingest.parallel.reader import FilePart, ItemReader

BATCH_BYTES = 24_000
"""Minimum size of a batch: about a hundred items."""
BATCHES_PER_WORKER = 3
"""Batches that each worker has at a time; they bound the memory of results that wait."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[list[ParsedItem]]).decode

Batch = list[FilePart]


class WorkerPool:
    """Pool of `count` workers, started with the first batch. With a count of 0 this process does all the work."""

    def __init__(self, reader: ItemReader, count: int) -> None:
        self._reader, self._count = reader, count
        self._pipes: list[Connection] = []
        self._processes: list[BaseProcess] = []
        self._last_worker = 0
        self._is_waiting = False

    def read(self, file_parts: Iterable[FilePart]) -> Iterator[tuple[int, list[ParsedItem]]]:
        """Yield the number of a dump and the items of one of its parts, in the order of the parts.

        Raises OSError if a file cannot be read.
        """
        sent: deque[tuple[Batch, Connection | None]] = deque()
        for batch in _batches(file_parts):
            sent.append((batch, self._send(batch)))
            if len(sent) > BATCHES_PER_WORKER * self._count:
                yield from self._receive(*sent.popleft())
        while sent:
            yield from self._receive(*sent.popleft())

    def close(self) -> None:
        """Stop the workers."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            stop_worker(process)

    def _send(self, batch: Batch) -> Connection | None:
        """Send a batch to the next worker. Return None if this process shall parse it.

        That is the case for one batch after this process had to wait for a worker.
        """
        if self._is_waiting or not self._count:
            self._is_waiting = False
            return None
        if not self._pipes:
            self._start()
        self._last_worker = (self._last_worker + 1) % self._count
        pipe = self._pipes[self._last_worker]
        try:
            pipe.send(batch)
        except OSError:
            return None
        return pipe

    def _receive(self, batch: Batch, pipe: Connection | None) -> Iterator[tuple[int, list[ParsedItem]]]:
        """Yield the items of a batch, parsed here if there is no worker or if it died."""
        result = None
        if pipe is not None:
            with suppress(EOFError, OSError):
                self._is_waiting = not pipe.poll()
                result = _decode(pipe.recv_bytes())
        if result is None:
            result = self._reader.read_file_parts(batch)
        yield from ((part.dump, items) for part, items in zip(batch, result, strict=True))

    def _start(self) -> None:
        if can_fork():
            self._reader.labeller  # noqa: B018 - loaded once here, inherited by all workers
        for _ in range(self._count):
            pipe, process = start_worker(_serve, self._reader, self._pipes)
            self._pipes.append(pipe)
            self._processes.append(process)


def _serve(reader: ItemReader, pipe: Connection) -> None:
    """Parse batches until the pipe is closed."""
    while True:
        pipe.send_bytes(_encode(reader.read_file_parts(pipe.recv())))


def _batches(file_parts: Iterable[FilePart]) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for file_part in file_parts:
        batch.append(file_part)
        size += file_part.part.stop.offset - file_part.part.start.offset
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
