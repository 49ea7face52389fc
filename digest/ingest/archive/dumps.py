"""The copies of dumps in `content/dumps/`: which content is there already, and what was said in which dump.

They are the only memory of what was imported. A headline that an earlier dump said and that no page has any more was
taken out by an editor; so was an article whose headline another page still has.
"""

import os
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from digest.content.store.scan import DUMPS, FOLDER
from digest.ingest.archive.sources import FileSource
from digest.ingest.archive.stamps import numbered_name
from digest.ingest.cache import NO_FILE, CachedDump, is_mtime_reliable, stat_of
from digest.ingest.markers.parse import parse_markers
from digest.model import WireItem
from digest.wire import Source, items, key_of, parse_dump_name, scan

_BLOCK = 1 << 20


class ArchivedDump(Struct, frozen=True):
    """A copy: its name, the day and time that its name says."""

    name: str
    day: date
    clock: str

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Sorts copies as their dumps were taken."""
        return self.day.isoformat(), self.clock, self.name


class DumpArchive:
    """The folder of copies."""

    def __init__(self, site: Path) -> None:
        self.folder = site / FOLDER / DUMPS
        self._sizes: dict[str, int] = {}
        self._of_size: dict[int, list[str]] = defaultdict(list)
        self._dated: list[ArchivedDump] = []
        for name, size in sorted(_entries(self.folder)):
            self.add(name, size)

    def has_size(self, size: int) -> bool:
        """Whether a copy is of this size."""
        return size in self._of_size

    def names_with_content(self, source: Source) -> list[str]:
        """The names of copies with the same content."""
        return [name for name in sorted(self._of_size.get(source.size, ())) if _equal(self.folder / name, source)]

    def free_name(self, name: str) -> str:
        """The name, or the first numbered one that no copy has."""
        number = 1
        while numbered_name(name, number) in self._sizes:
            number += 1
        return numbered_name(name, number)

    def add(self, name: str, size: int) -> None:
        """A copy that is there, or was made now."""
        self._sizes[name] = size
        self._of_size[size].append(name)
        if named := parse_dump_name(name):
            clock = f"{named.time:%H%M}" if named.time else ""
            insort(self._dated, ArchivedDump(name, named.day, clock), key=lambda kept: kept.sort_key)

    def between(self, first: date, last: date) -> list[ArchivedDump]:
        """Copies whose names say a day between these, in the order in which they were taken."""
        low = bisect_left(self._dated, first, key=lambda kept: kept.day)
        return self._dated[low : bisect_right(self._dated, last, key=lambda kept: kept.day)]


class Sightings:
    """Which headlines earlier dumps said on which days. A copy is read when its day is asked for, and once."""

    def __init__(self, archive: DumpArchive, cached: Mapping[str, CachedDump] = {}) -> None:
        """`remembered` is what was read of copies before; `copies` are what this import has learnt."""
        self._shelf, self._remembered = archive, cached
        self.dumps: dict[str, CachedDump] = {}
        self._days: dict[str, tuple[date, ...]] = {}
        self._read: set[str] = set()

    def add_dump(self, name: str, day: date, keys: Iterable[str]) -> None:
        """What a dump said that was imported now."""
        self._read.add(name)
        for key in keys:
            days = self._days.get(key, ())
            if day not in days:
                self._days[key] = (*days, day)

    def cache_dump(self, name: str, source: Source, keys: Iterable[str]) -> None:
        """Let the next import know what a dump said, as long as the bytes of its copy are those of `source`."""
        self.dumps[name] = CachedDump(NO_FILE, tuple(keys), _digest_of(source))

    def cacheable_dumps(self) -> dict[str, CachedDump]:
        """What the next import may believe; a name that is no text cannot be written down."""
        found = ((name, copy) for name, copy in self.dumps.items() if copy.digest or is_mtime_reliable(copy.stat))
        return {name: copy for name, copy in found if name.encode(errors="ignore").decode() == name}

    def load_window(self, day: date, window_days: int, before: tuple[str, str, str]) -> None:
        """Read what the dumps of a window said that come before `before`."""
        for kept in self._shelf.between(day - timedelta(days=window_days), day):
            if kept.name not in self._read and kept.sort_key < before:
                self.add_dump(kept.name, kept.day, self._marks(kept.name))

    def _marks(self, name: str) -> Iterable[str]:
        """What a copy said; nothing where it is gone meanwhile."""
        path = self._shelf.folder / name
        try:
            stat = stat_of(path)
            known = self._remembered.get(name)
            if known and known.stat != stat and known.digest and known.digest == _digest_at(path):
                known = CachedDump(stat, known.sighting_keys)
            if known is None or known.stat != stat:
                known = CachedDump(stat, tuple(_keys(path)))
        except FileNotFoundError:
            return ()
        self.dumps[name] = known
        return known.sighting_keys

    def days_of(self, key: str) -> frozenset[date]:
        """The days on which dumps said this headline."""
        return frozenset(self._days.get(key, ()))


def sighting_keys(wire: WireItem, key: str) -> Iterator[str]:
    """What a dump's saying an item is remembered by: its headline's key and, for an article, that with its body."""
    yield key
    if wire.body:
        text = "\n".join(block.text for block in wire.body)
        yield f"{key}/{blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def _entries(folder: Path) -> Iterator[tuple[str, int]]:
    try:
        with os.scandir(folder) as entries:
            yield from ((entry.name, entry.stat().st_size) for entry in entries if entry.is_file())
    except FileNotFoundError:
        return


def _equal(path: Path, source: Source) -> bool:
    """Whether a copy has this content; one that is gone meanwhile has not."""
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


def _digest_at(path: Path) -> str:
    """Raises FileNotFoundError."""
    source = FileSource(path)
    try:
        return _digest_of(source)
    finally:
        source.close()


def _digest_of(source: Source) -> str:
    found = blake2b(digest_size=16)
    for offset in range(0, source.size, _BLOCK):
        found.update(source.read(offset, _BLOCK))
    return found.hexdigest()


def _keys(path: Path) -> set[str]:
    """What is remembered of all items of a copy. Raises FileNotFoundError."""
    source = FileSource(path)
    try:
        outline = scan(source, name=path.name)
        found = map(parse_markers, items(source, outline))
        told = (sighting_keys(item.wire, key_of(item.wire.headline)) for item in found if not item.has_no_headline)
        return {mark for marks in told for mark in marks}
    finally:
        source.close()
