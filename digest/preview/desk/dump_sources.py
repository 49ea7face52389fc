"""Sources of an entry: the dump lines that each of its pages was imported from, with the lines around them."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from digest.ingest.archive.quote import quote_lines
from digest.model import Origin
from digest.preview.desk.entry_files import EntryFiles

_CONTEXT_LINES = 4


class DumpLine(Struct, frozen=True, kw_only=True):
    """A line of a dump. `is_own` is true for lines of the item itself, false for lines around them."""

    number: int
    text: str
    is_own: bool


class DumpSource(Struct, frozen=True, kw_only=True):
    """Dump that a page was imported from.

    `line_range` is for example `12-14`. `lines` is empty if the dump no longer exists. `repeated_in` names later dumps
    that contain the same item.
    """

    page: str
    title: str
    dump: str
    seen: str
    position: int
    line_range: str
    lines: tuple[DumpLine, ...]
    repeated_in: tuple[str, ...]
    markers: tuple[str, ...]


def sources_of(site: Path, entry: EntryFiles) -> tuple[DumpSource, ...]:
    """Return the sources of an entry, that of the root item first; empty for an entry written by hand."""
    return tuple(_sources(site, entry))


def _sources(site: Path, entry: EntryFiles) -> Iterator[DumpSource]:
    for file in entry.files:
        if origin := file.item.origin:
            yield DumpSource(
                page=f"content/{file.path}",
                title=file.item.title,
                dump=f"content/dumps/{origin.dump}",
                seen=origin.seen,
                position=origin.position,
                line_range=origin.lines,
                lines=tuple(_lines(site, origin)),
                repeated_in=origin.also,
                markers=file.item.markers,
            )


def _lines(site: Path, origin: Origin) -> Iterator[DumpLine]:
    for line in quote_lines(site, origin, _CONTEXT_LINES):
        yield DumpLine(number=line.number, text=line.text, is_own=line.own)
