"""`.digest/import.msgpack`: what an import learnt from the pages and dumps of its window, so that the next need not.

A cache: what it says of a page counts only while the archive has the same digest for it, what it says of a dump's copy
only while that has the same size and times. Deleting it costs only time.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from digest.ingest.decide.known_pages import PageRecord
from digest.stories import Filed

# The coarsest clock of a file system in use: FAT counts in steps of two seconds.
_GRAIN_NS = 2_000_000_000

CACHE_FILE = ".digest/import.msgpack"
_encode = msgspec.msgpack.Encoder().encode

Stat = tuple[int, int, int, int]
"""What tells of a file that it is as it was: size, times of the last writing and of the last change in ns, inode."""
NO_FILE: Stat = (0, 0, 0, 0)
"""That of no file."""


class CachedPage(Struct, frozen=True, array_like=True, gc=False):
    """A page as the archive has it, and its title as stories are found by."""

    digest: str
    record: PageRecord
    title: Filed


class CachedDump(Struct, frozen=True, array_like=True, gc=False):
    """What the copy of a dump said: marks of its items (`said`).

    `digest` of its bytes is there where an import made it: its times are too fresh then to tell a change by.
    """

    stat: Stat
    sighting_keys: tuple[str, ...]
    digest: str = ""


class ImportCache(Struct, array_like=True):
    """Pages by path, copies of dumps by name. `engine` is the code that wrote it: another understands it otherwise.

    `filed` are titles of pages that the import made: what the archive will say of these is not known yet.
    """

    engine: str
    pages: dict[str, CachedPage] = {}
    dumps: dict[str, CachedDump] = {}
    prepared_titles: dict[str, Filed] = {}


def load_cache(site: Path, engine: str) -> ImportCache:
    """What is remembered; nothing where the file is gone, broken or of another engine."""
    try:
        found = msgspec.msgpack.decode((site / CACHE_FILE).read_bytes(), type=ImportCache)
    except (OSError, msgspec.DecodeError):
        return ImportCache(engine)
    return found if found.engine == engine else ImportCache(engine)


def save_cache(site: Path, cache: ImportCache) -> None:
    """Keep it, whole or not at all. Raises OSError."""
    path = site / CACHE_FILE
    path.parent.mkdir(exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.writelines(_pieces(cache))
    beside.replace(path)


def _pieces(memory: ImportCache) -> Iterator[bytes]:
    """MessagePack, an entry after the other: all of it at once would be the most that an import ever holds."""
    fields = msgspec.structs.astuple(memory)
    yield bytes([0x90 | len(fields)])
    for field in fields:
        if not isinstance(field, dict):
            yield _encode(field)
            continue
        yield b"\xdf" + len(field).to_bytes(4, "big")
        for name, value in field.items():
            yield _encode(name) + _encode(value)


def stat_of(path: Path) -> Stat:
    """As it is now. Raises FileNotFoundError."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_mtime_reliable(stat: Stat) -> bool:
    """Whether a file can no more change without a trace: it was not written within the grain of a clock."""
    return max(stat[1], stat[2]) < time.time_ns() - _GRAIN_NS
