"""The items of all dumps of an import, in their order; those of files may be read ahead by other processes."""

from collections.abc import Callable, Iterator, Sequence

from digest.ingest.archive.sources import DumpInput, open_dump
from digest.ingest.draft.item import ParsedItem
from digest.ingest.parallel.reader import FilePart, ItemReader
from digest.ingest.parallel.workers import WorkerPool
from digest.wire import Outline, Source, parts, scan

MIN_BYTES = 200_000
"""Text from which on other processes are worth their start."""
MAX_WORKERS = 3
"""More have nothing to do: what one process threads and writes, one or two can read."""


class Prefetcher:
    """Outlines and items of dumps, asked for one dump after the other."""

    def __init__(
        self,
        reader: ItemReader,
        dumps: Sequence[DumpInput],
        encoding: str | None,
        jobs: int,
        may_be_new: Callable[[int], bool],
    ) -> None:
        """`is_new` says whether a dump of a size can be a new one: if not, it is not read before it is asked for."""
        self._reader, self._dumps, self._encoding = reader, dumps, encoding
        self._files = [dump.path is not None and may_be_new(dump.size) for dump in dumps]
        size = sum(dump.size for dump, file in zip(dumps, self._files, strict=True) if file)
        self.is_serial = jobs <= 1 or size < MIN_BYTES
        """Whether there is too little to read for help."""
        self._crew = WorkerPool(reader, 0 if self.is_serial else min(jobs - 1, MAX_WORKERS))
        self._outlines: dict[int, Outline] = {}
        self._now = 0
        self._read = self._crew.read(self._pieces())

    def close(self) -> None:
        """Let the crew go."""
        self._crew.close()

    def __len__(self) -> int:
        """How many dumps there are."""
        return len(self._dumps)

    def start_dump(self, number: int) -> None:
        """Come to the dump of this number: what lies before it is asked for no more."""
        self._now = number
        self._outlines = {later: outline for later, outline in self._outlines.items() if later >= number}

    def outline(self, source: Source) -> Outline:
        """What this dump, which is open as `source`, holds."""
        return self._scanned(self._now, source)

    def items(self, source: Source, outline: Outline) -> Iterator[ParsedItem]:
        """Its items, the last one first."""
        number = self._now
        if self.is_serial or not self._files[number]:
            for part in parts(outline, source.size):
                yield from self._reader.read_part(source, part)
            return
        left = len(outline.checkpoints)
        while left:
            dump, items = next(self._read)
            if dump == number:
                left -= 1
                yield from items

    def _pieces(self) -> Iterator[FilePart]:
        """The parts of all files, but of those that were passed over meanwhile."""
        for number, dump in enumerate(self._dumps):
            if number < self._now or not self._files[number] or dump.path is None:
                continue
            try:
                with open_dump(dump) as source:
                    found = parts(self._scanned(number, source), source.size)
            except OSError:
                self._files[number] = False
                continue
            yield from (FilePart(number, dump.path, part) for part in found)

    def _scanned(self, number: int, source: Source) -> Outline:
        if number not in self._outlines:
            self._outlines[number] = scan(source, name=self._dumps[number].label, encoding=self._encoding)
        return self._outlines[number]
