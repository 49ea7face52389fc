"""Prefetch: the items of all dumps of an import in order, parsed in advance by worker processes."""

from collections.abc import Callable, Iterator, Sequence

from digest.ingest.archive.sources import DumpInput, open_dump
from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel.reader import FilePart, ItemReader
from digest.ingest.parallel.workers import WorkerPool
from digest.speedups import is_enabled
from digest.wire import Outline, Source, parts, scan

MIN_BYTES = 200_000
"""Size of the new dumps from which on worker processes save more time than their start costs."""
MAX_WORKERS = 3
"""More workers would be idle: one or two can parse as much as one process threads and writes."""


class Prefetcher:
    """Outlines and items of the dumps of an import. The caller goes through the dumps in order."""

    def __init__(
        self,
        reader: ItemReader,
        dumps: Sequence[DumpInput],
        encoding: str | None,
        jobs: int,
        may_be_new: Callable[[int], bool],
    ) -> None:
        """`may_be_new` gets the size of a dump; False if it is surely a duplicate, which is not read in advance."""
        self._reader, self._dumps, self._encoding = reader, dumps, encoding
        self._is_ahead = [dump.path is not None and may_be_new(dump.size) for dump in dumps]
        size = sum(dump.size for dump, is_ahead in zip(dumps, self._is_ahead, strict=True) if is_ahead)
        self.is_large = jobs > 1 and size >= MIN_BYTES
        """True if the import is large enough for other processes to help."""
        self._has_workers = self.is_large and is_enabled("parallel-reading")
        self._pool = WorkerPool(reader, min(jobs - 1, MAX_WORKERS) if self._has_workers else 0)
        self._outlines: dict[int, Outline] = {}
        self._current = 0
        self._items = self._pool.read(self._file_parts())

    def close(self) -> None:
        """Stop the workers."""
        self._pool.close()

    def __len__(self) -> int:
        """Return the number of dumps."""
        return len(self._dumps)

    def start_dump(self, number: int) -> None:
        """Go on to a dump; its predecessors will not be asked for again."""
        self._current = number
        self._outlines = {later: outline for later, outline in self._outlines.items() if later >= number}

    def outline(self, source: Source) -> Outline:
        """Return the outline of the current dump, which is open as `source`."""
        return self._outline_of(self._current, source)

    def items(self, source: Source, outline: Outline) -> Iterator[ParsedItem]:
        """Yield the items of the current dump, the last one of the file first."""
        current = self._current
        if not self._has_workers or not self._is_ahead[current]:
            for part in parts(outline, source.size):
                yield from self._reader.read_part(source, part)
            return
        remaining = len(outline.checkpoints)
        while remaining:
            number, items = next(self._items)
            if number == current:
                remaining -= 1
                yield from items

    def _file_parts(self) -> Iterator[FilePart]:
        """Yield the parts of all files in order, except for dumps that the caller has skipped meanwhile."""
        for number, dump in enumerate(self._dumps):
            if number < self._current or not self._is_ahead[number] or dump.path is None:
                continue
            try:
                with open_dump(dump) as source:
                    dump_parts = list(parts(self._outline_of(number, source), source.size))
            except OSError:
                self._is_ahead[number] = False
                continue
            yield from (FilePart(number, dump.path, part) for part in dump_parts)

    def _outline_of(self, number: int, source: Source) -> Outline:
        if number not in self._outlines:
            self._outlines[number] = scan(source, name=self._dumps[number].label, encoding=self._encoding)
        return self._outlines[number]
