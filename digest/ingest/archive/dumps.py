"""The dump archive: the copies of imported dumps in `content/dumps/`."""

import os
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from digest.content.store.scan import CONTENT_FOLDER, DUMPS_FOLDER
from digest.ingest.archive.metadata import numbered_name
from digest.wire import Source, parse_dump_name

_BLOCK = 1 << 20


class ArchivedDump(Struct, frozen=True):
    """A copy with the day and the time (`HHMM`, or empty) of its name."""

    name: str
    day: date
    clock: str

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Sorts copies in the order in which dumps are imported."""
        return self.day.isoformat(), self.clock, self.name


class DumpArchive:
    """Index of the copies: by name, by size and by day. The constructor lists the folder once."""

    def __init__(self, site: Path) -> None:
        self.folder = site / CONTENT_FOLDER / DUMPS_FOLDER
        self._names: set[str] = set()
        self._by_size: dict[int, list[str]] = defaultdict(list)
        self._by_time: list[ArchivedDump] = []
        for name, size in sorted(_list_folder(self.folder)):
            self.add(name, size)

    def has_size(self, size: int) -> bool:
        """Return True if a copy has this size in bytes."""
        return size in self._by_size

    def names_with_content(self, source: Source) -> list[str]:
        """Return the names of the copies with the same bytes."""
        return [name for name in sorted(self._by_size.get(source.size, ())) if _is_equal(self.folder / name, source)]

    def free_name(self, name: str) -> str:
        """Return the name, or its first numbered form that no copy has."""
        number = 1
        while numbered_name(name, number) in self._names:
            number += 1
        return numbered_name(name, number)

    def add(self, name: str, size: int) -> None:
        """Add a copy to the index."""
        self._names.add(name)
        self._by_size[size].append(name)
        if parsed := parse_dump_name(name):
            clock = f"{parsed.time:%H%M}" if parsed.time else ""
            insort(self._by_time, ArchivedDump(name, parsed.day, clock), key=lambda dump: dump.sort_key)

    def between(self, first: date, last: date) -> list[ArchivedDump]:
        """Return the copies whose names have a day in this range (both included), in the order of import."""
        start = bisect_left(self._by_time, first, key=lambda dump: dump.day)
        return self._by_time[start : bisect_right(self._by_time, last, key=lambda dump: dump.day)]


def _list_folder(folder: Path) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            yield from ((entry.name, entry.stat().st_size) for entry in entries if entry.is_file())
    except FileNotFoundError:
        return


def _is_equal(path: Path, source: Source) -> bool:
    """Compare a copy with a dump; a copy that was deleted meanwhile is not equal."""
    offset = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if block != source.read(offset, len(block)):
                    return False
                offset += len(block)
    except FileNotFoundError:
        return False
    return offset == source.size
