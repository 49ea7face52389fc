"""Where an entry came from: the lines of each dump that said it, beside what stands around them."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from digest.ingest.archive.quote import QuotedLine, quote_lines
from digest.preview.desk.entry_files import EntryFiles

_AROUND = 4


class DumpSource(Struct, frozen=True, kw_only=True):
    """A dump that a page came from. `lines` are empty where it is gone; `also` are later dumps that said it again."""

    page: str
    title: str
    dump: str
    seen: str
    position: int
    span: str
    lines: tuple[QuotedLine, ...]
    also: tuple[str, ...]
    markers: tuple[str, ...]


def sources_of(site: Path, entry: EntryFiles) -> tuple[DumpSource, ...]:
    """The sources of an entry, the root's first; none for one made by hand."""
    return tuple(_sources(site, entry))


def _sources(site: Path, whole: EntryFiles) -> Iterator[DumpSource]:
    for file in whole.files:
        if origin := file.item.origin:
            yield DumpSource(
                page=f"content/{file.path}",
                title=file.item.title,
                dump=f"content/dumps/{origin.dump}",
                seen=origin.seen,
                position=origin.position,
                span=origin.lines,
                lines=quote_lines(site, origin, _AROUND),
                also=origin.also,
                markers=file.item.markers,
            )
