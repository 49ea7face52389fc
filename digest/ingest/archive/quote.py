"""The lines of a kept dump that became a page, with what stands around them."""

from pathlib import Path

from msgspec import Struct

from digest.content.store.scan import DUMPS, FOLDER
from digest.ingest.archive.sources import FileSource
from digest.model import Origin
from digest.wire import scan
from digest.wire.lines import chunks


class QuotedLine(Struct, frozen=True, kw_only=True):
    """A line of a dump by its number, and whether it is the page's own."""

    number: int
    text: str
    own: bool


def quote_lines(site: Path, origin: Origin, context: int = 0) -> tuple[QuotedLine, ...]:
    """The lines of an item, and `around` lines before and after; none where the dump is gone."""
    try:
        source = FileSource(site / FOLDER / DUMPS / Path(origin.dump).name)
    except OSError:
        return ()
    first, last = _span(origin)
    found = []
    try:
        encoding = scan(source, name=origin.dump).encoding
        for chunk in chunks(source, encoding, first_line=1, start=encoding.bom_bytes, stop=source.size):
            for number, text in enumerate(chunk.lines, chunk.first_line):
                if first - context <= number <= last + context:
                    found.append(QuotedLine(number=number, text=text, own=first <= number <= last))
            if chunk.first_line > last + context:
                break
    finally:
        source.close()
    return tuple(found)


def _span(origin: Origin) -> tuple[int, int]:
    """`12-14` → 12, 14; `0-0` where it cannot be read."""
    first, _, last = origin.lines.partition("-")
    return (int(first), int(last or first)) if first.isdigit() and (last or first).isdigit() else (0, 0)
