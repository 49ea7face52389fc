"""Sightings: the days on which earlier dumps contained a headline, read from the dump archive.

The archive is the only record of past imports. If an earlier dump contained a headline and no page has it any more, an
editor removed that page. The same holds for one article among several with the same headline.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from digest.ingest.archive.dumps import DumpArchive
from digest.ingest.archive.sources import FileSource
from digest.ingest.cache import NO_FILE, CachedDump, is_mtime_reliable, stat_of
from digest.ingest.markers.parse import parse_markers
from digest.model import WireItem
from digest.wire import Source, items, key_of, scan

_BLOCK = 1 << 20


class Sightings:
    """Days by sighting key. A copy is parsed at most once, when its day comes into the window."""

    def __init__(self, archive: DumpArchive, cached: Mapping[str, CachedDump] = {}) -> None:
        """`cached` are the dumps of the cache of the last import, by name."""
        self._archive, self._cached = archive, cached
        self.dumps: dict[str, CachedDump] = {}
        """Cache entries of the dumps that this import has read or written."""
        self._days: dict[str, tuple[date, ...]] = {}
        self._loaded: set[str] = set()

    def add_dump(self, name: str, day: date, keys: Iterable[str]) -> None:
        """Add the sightings of a dump."""
        self._loaded.add(name)
        for key in keys:
            days = self._days.get(key, ())
            if day not in days:
                self._days[key] = (*days, day)

    def cache_dump(self, name: str, source: Source, keys: Iterable[str]) -> None:
        """Create the cache entry of a dump whose copy this import writes. It is valid for the bytes of `source`."""
        self.dumps[name] = CachedDump(NO_FILE, tuple(keys), _digest_of(source))

    def cacheable_dumps(self) -> dict[str, CachedDump]:
        """Return the entries that the next import may trust, without names that are not valid UTF-8."""
        trusted = ((name, dump) for name, dump in self.dumps.items() if dump.digest or is_mtime_reliable(dump.stat))
        return {name: dump for name, dump in trusted if name.encode(errors="ignore").decode() == name}

    def load_window(self, day: date, window_days: int, before: tuple[str, str, str]) -> None:
        """Load the dumps of the last `window_days` before a day whose `ArchivedDump.sort_key` is below `before`."""
        for dump in self._archive.between(day - timedelta(days=window_days), day):
            if dump.name not in self._loaded and dump.sort_key < before:
                self.add_dump(dump.name, dump.day, self._load_keys(dump.name))

    def days_of(self, key: str) -> frozenset[date]:
        """Return the days on which dumps contained this headline or article."""
        return frozenset(self._days.get(key, ()))

    def _load_keys(self, name: str) -> Iterable[str]:
        """Return the sighting keys of a copy, from the cache if valid; none if the copy was deleted meanwhile."""
        path = self._archive.folder / name
        try:
            stat = stat_of(path)
            entry = self._cached.get(name)
            if entry and entry.stat != stat and entry.digest and entry.digest == _digest_at(path):
                entry = CachedDump(stat, entry.sighting_keys)
            if entry is None or entry.stat != stat:
                entry = CachedDump(stat, tuple(_parse_keys(path)))
        except FileNotFoundError:
            return ()
        self.dumps[name] = entry
        return entry.sighting_keys


def sighting_keys(wire: WireItem, key: str) -> Iterator[str]:
    """Yield the keys that record a sighting of an item: the headline's and, for an article, headline with body."""
    yield key
    if wire.body:
        text = "\n".join(block.text for block in wire.body)
        yield f"{key}/{blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def _digest_at(path: Path) -> str:
    """Raises FileNotFoundError."""
    source = FileSource(path)
    try:
        return _digest_of(source)
    finally:
        source.close()


def _digest_of(source: Source) -> str:
    digest = blake2b(digest_size=16)
    for offset in range(0, source.size, _BLOCK):
        digest.update(source.read(offset, _BLOCK))
    return digest.hexdigest()


def _parse_keys(path: Path) -> set[str]:
    """Parse a copy and return the sighting keys of its items. Raises FileNotFoundError."""
    source = FileSource(path)
    try:
        parsed = map(parse_markers, items(source, scan(source, name=path.name)))
        with_headline = (item.wire for item in parsed if not item.has_no_headline)
        return {key for wire in with_headline for key in sighting_keys(wire, key_of(wire.headline))}
    finally:
        source.close()
