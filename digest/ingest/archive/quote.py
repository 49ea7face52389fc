"""The lines of an archived dump that became a page, with context."""

from pathlib import Path

from msgspec import Struct

from digest.content.store.scan import CONTENT_FOLDER, DUMPS_FOLDER
from digest.ingest.archive.sources import FileSource
from digest.model import Origin
from digest.wire import scan
from digest.wire.lines import chunks


class QuotedLine(Struct, frozen=True, kw_only=True):
    """A line of a dump with its number from 1. `own` is True for lines of the item, False for context."""

    number: int
    text: str
    own: bool


def quote_lines(site: Path, origin: Origin, context: int = 0) -> tuple[QuotedLine, ...]:
    """Return the lines of an item and `context` lines before and after; none if the dump is gone."""
    try:
        source = FileSource(site / CONTENT_FOLDER / DUMPS_FOLDER / Path(origin.dump).name)
    except OSError:
        return ()
    first, last = _line_range(origin)
    quoted = []
    try:
        encoding = scan(source, name=origin.dump).encoding
        for chunk in chunks(source, encoding, first_line=1, start=encoding.bom_bytes, stop=source.size):
            for number, text in enumerate(chunk.lines, chunk.first_line):
                if first - context <= number <= last + context:
                    quoted.append(QuotedLine(number=number, text=text, own=first <= number <= last))
            if chunk.first_line > last + context:
                break
    finally:
        source.close()
    return tuple(quoted)


def _line_range(origin: Origin) -> tuple[int, int]:
    """Parse `12-14` to (12, 14); return (0, 0) for anything else."""
    first, _, last = origin.lines.partition("-")
    return (int(first), int(last or first)) if first.isdigit() and (last or first).isdigit() else (0, 0)
