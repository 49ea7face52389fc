"""Other processes that read parts of dumps while this one threads and writes.

Each has a pipe of its own. Where the other end is gone it ends: no hand outlives its import, however that died. One
that dies costs only time: what it was asked for is read here.
"""

import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

import msgspec

from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel.reader import FilePart, ItemReader

BATCH_BYTES = 24_000
"""Text that a hand is asked for at a time, at least: about a hundred items."""
BATCHES_PER_WORKER = 3
"""Batches under way for each hand."""
_PATIENCE_S = 5.0

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[list[ParsedItem]]).decode

Batch = list[FilePart]


class WorkerPool:
    """So many hands, started when the first is asked; none is a way to do all of the work here."""

    def __init__(self, reader: ItemReader, count: int) -> None:
        self._reader, self._count = reader, count
        self._pipes: list[Connection] = []
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._turn = 0
        self._late = False

    def read(self, file_parts: Iterable[FilePart]) -> Iterator[tuple[int, list[ParsedItem]]]:
        """The number of a dump and what the items of one of its parts say, in the order of the pieces."""
        waiting: deque[tuple[Batch, Connection | None]] = deque()
        for batch in _batches(file_parts):
            waiting.append((batch, self._asked(batch)))
            if len(waiting) > BATCHES_PER_WORKER * self._count:
                yield from self._answered(*waiting.popleft())
        while waiting:
            yield from self._answered(*waiting.popleft())

    def close(self) -> None:
        """Let the crew go."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(_PATIENCE_S)
            if process.is_alive():
                process.terminate()

    def _asked(self, batch: Batch) -> Connection | None:
        """Ask the next hand; nobody where this process waits for the crew rather than they for it."""
        if self._late or not self._count:
            self._late = False
            return None
        if not self._pipes:
            self._start()
        self._turn = (self._turn + 1) % self._count
        pipe = self._pipes[self._turn]
        try:
            pipe.send(batch)
        except OSError:
            return None
        return pipe

    def _answered(self, batch: Batch, pipe: Connection | None) -> Iterator[tuple[int, list[ParsedItem]]]:
        found = None
        if pipe is not None:
            with suppress(EOFError, OSError):
                self._late = not pipe.poll()
                found = _decode(pipe.recv_bytes())
        if found is None:
            found = self._reader.read_file_parts(batch)
        yield from ((piece.dump, items) for piece, items in zip(batch, found, strict=True))

    def _start(self) -> None:
        """A fork is cheapest, and safe only while there is one thread."""
        forks = sys.platform == "linux" and threading.active_count() == 1
        make = (multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")).Process
        if forks:
            self._reader.labeller  # noqa: B018 - loaded once, and inherited by all
        for _ in range(self._count):
            ours, theirs = multiprocessing.Pipe()
            inherited = [*self._pipes, ours] if forks else []
            process = make(target=_help, args=(self._reader, theirs, inherited), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)


def _help(reader: ItemReader, pipe: Connection, inherited: list[Connection]) -> None:
    """Answer until nobody asks. The terminal's interrupt is for who asks; his ends of the pipes are not ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_encode(reader.read_file_parts(pipe.recv())))


def _batches(pieces: Iterable[FilePart]) -> Iterator[Batch]:
    batch: Batch = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += piece.part.stop.offset - piece.part.start.offset
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
