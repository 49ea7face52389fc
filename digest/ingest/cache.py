"""Cache between imports, `.digest/import.msgpack`: pages of the window and the headlines of archived dumps.

An entry of a page is valid only while the archive has the same digest for the page; an entry of a dump only while its
copy has the same size, times and inode. Deleting the file costs only time.

The cache is an optimisation, `import-cache`: it makes an import of 3,000 briefs into 10,000 pages about 1.3 times as
fast, and more with more pages. Without it every import reads the pages and dumps of the window again.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.ingest.decide.known_pages import PageRecord
from digest.speedups import is_enabled
from digest.stories import PreparedTitle

# The coarsest clock of a file system in use: FAT counts in steps of two seconds.
_CLOCK_STEP_NS = 2_000_000_000

CACHE_FILE = ".digest/import.msgpack"
_encode = msgspec.msgpack.Encoder().encode

Stat = tuple[int, int, int, int]
"""Size, mtime in ns, ctime in ns and inode of a file. An equal value means an unchanged file."""
NO_FILE: Stat = (0, 0, 0, 0)


class CachedPage(Struct, frozen=True, array_like=True, gc=False):
    """Record of a page, its digest in the archive, and its title as prepared for threading."""

    digest: str
    record: PageRecord
    title: PreparedTitle


class CachedDump(Struct, frozen=True, array_like=True, gc=False):
    """Keys of the items of an archived dump (see `sighting_keys`).

    `digest` of its bytes is set when this import wrote the copy: its mtime is then too recent to detect a change.
    """

    stat: Stat
    sighting_keys: tuple[str, ...]
    digest: str = ""


class ImportCache(Struct, array_like=True):
    """Content of the cache file: pages by path, dumps by name. Valid only for the same `engine` (program and labels).

    `prepared_titles` holds titles of pages that the import has just written: their digest is known only after the
    archive has read them.
    """

    engine: str
    pages: dict[str, CachedPage] = {}
    dumps: dict[str, CachedDump] = {}
    prepared_titles: dict[str, PreparedTitle] = {}


def load_cache(site: Path, engine: str) -> ImportCache:
    """Read the cache file. Return an empty cache if it is missing, damaged, of another engine, or switched off."""
    if not is_enabled("import-cache"):
        return ImportCache(engine)
    try:
        cache = msgspec.msgpack.decode((site / CACHE_FILE).read_bytes(), type=ImportCache)
    except (OSError, msgspec.DecodeError):
        return ImportCache(engine)
    return cache if cache.engine == engine else ImportCache(engine)


def save_cache(site: Path, cache: ImportCache) -> None:
    """Write the cache file atomically, unless the cache is switched off. Raises OSError."""
    if not is_enabled("import-cache"):
        return
    path = site / CACHE_FILE
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.writelines(_encoded(cache))
    temporary.replace(path)


def _encoded(cache: ImportCache) -> Iterator[bytes]:
    """Encode to MessagePack entry by entry: one large buffer would be the peak of an import's memory."""
    fields = msgspec.structs.astuple(cache)
    yield bytes([0x90 | len(fields)])
    for field in fields:
        if not isinstance(field, dict):
            yield _encode(field)
            continue
        yield b"\xdf" + len(field).to_bytes(4, "big")
        for name, value in field.items():
            yield _encode(name) + _encode(value)


def stat_of(path: Path) -> Stat:
    """Return the current stat of a file. Raises FileNotFoundError."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_mtime_reliable(stat: Stat) -> bool:
    """Return True if the file was last written more than one clock step ago.

    A later write then certainly gets another mtime (Git calls files for which this is not so "racily clean").
    """
    return max(stat[1], stat[2]) < time.time_ns() - _CLOCK_STEP_NS
