"""The two ways through a dump: forwards for the outline, backwards for the items, oldest first.

The outline keeps checkpoints, offsets between two items, so that a dump of any size is read from its end with no more
in memory than the lines between two checkpoints, and so that its parts can be read apart from each other.
"""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from digest.issues import Issue, Place, issue
from digest.model import Span, WireItem
from digest.wire.encodings import Encoding, binary_kind, encoding_of, is_usable_codec
from digest.wire.grammar import DumpParser, Segment, SegmentKind
from digest.wire.lines import chunks, line_offsets
from digest.wire.source import Source
from digest.wire.statistics import DumpStatistics

_PARTS = 8
"""Parts of a chunk: small enough for several processes to begin at once, large enough to be read at one go."""


class Checkpoint(Struct, frozen=True):
    """A place between two items: the offset in bytes, the number of the line there, how many items went before."""

    offset: int
    line: int
    items_before: int


class Part(Struct, frozen=True):
    """What lies between two checkpoints of the dump `name`."""

    name: str
    encoding: Encoding
    start: Checkpoint
    stop: Checkpoint


class Outline(Struct, frozen=True, kw_only=True):
    """What a dump holds. `agencies` are those of its bylines, each once, in their order.

    `issues` are those of the whole dump, but of a great many with one code only the first.
    """

    name: str
    encoding: Encoding
    lines: int
    items: int
    agencies: tuple[str, ...]
    issues: tuple[Issue, ...]
    checkpoints: tuple[Checkpoint, ...]
    binary: bool = False


def scan(source: Source, *, name: str, encoding: str | None = None) -> Outline:
    """One pass forwards over the dump `name`. `encoding` is what the caller knows, as Python names codecs."""
    tally = DumpStatistics(name)
    if encoding is not None and not is_usable_codec(encoding):
        hint = "leave it out, and the dump's own is found"
        tally.add_issue(
            issue("dump-encoding", Place(name), f"there is no encoding {encoding!r} that reads lines", hint)
        )
    found = encoding_of(source, encoding)
    binary = binary_kind(source)
    checkpoints, lines = [Checkpoint(found.bom_bytes, 1, 0)], 0
    if not binary:
        lines = _read(source, found, checkpoints, tally)
    tally.finish(binary)
    return Outline(
        name=name,
        encoding=found,
        lines=lines,
        items=tally.items,
        agencies=tuple(tally.agencies),
        issues=tally.issues(),
        checkpoints=tuple(checkpoints),
        binary=bool(binary),
    )


def items(source: Source, outline: Outline) -> Iterator[WireItem]:
    """The items from the last line to the first; `position` counts from the top."""
    for part in parts(outline, source.size):
        yield from items_in_part(source, part)


def parts(outline: Outline, size: int) -> Iterator[Part]:
    """The parts of a dump of so many bytes, the last one first."""
    if outline.binary:
        return
    end = Checkpoint(size, outline.lines + 1, outline.items)
    for stop, start in pairwise((end, *reversed(outline.checkpoints))):
        yield Part(outline.name, outline.encoding, start, stop)


def items_in_part(source: Source, part: Part) -> list[WireItem]:
    """The items of a part, the last one first."""
    pieces = list(_pieces(source, part))
    return [piece.item for piece in reversed(pieces) if piece.item is not None]


def segments(source: Source, outline: Outline) -> Iterator[Segment]:
    """Every line of the dump exactly once, from the first to the last, with what it is and what is wrong with it."""
    if outline.binary:
        yield from _binary(source, outline)
        return
    end = Checkpoint(source.size, outline.lines + 1, outline.items)
    yield from _pieces(source, Part(outline.name, outline.encoding, outline.checkpoints[0], end))


def _read(source: Source, encoding: Encoding, checkpoints: list[Checkpoint], tally: DumpStatistics) -> int:
    """Read all chunks into the tally, note where items end; returns the number of lines."""
    grammar, lines = DumpParser(tally.name), 0
    for chunk in chunks(source, encoding, first_line=1, start=encoding.bom_bytes, stop=source.size):
        tally.check_encoding(chunk, encoding)
        lines, ends = chunk.first_line + len(chunk.lines) - 1, list[tuple[int, int]]()
        step = max(len(chunk.lines) // _PARTS, 1)
        for piece in grammar.feed(chunk):
            tally.add_segment(piece)
            if piece.item:
                # One for each part of a chunk; of those too near each other the later one counts.
                if len(ends) > 1 and piece.span.last - ends[-2][0] < step:
                    ends.pop()
                ends.append((max(piece.span.last + 1, chunk.first_line), tally.items))
        offsets = line_offsets(chunk, [line - chunk.first_line for line, _ in ends], encoding)
        checkpoints += [Checkpoint(chunk.offset + at, *end) for at, end in zip(offsets, ends, strict=True)]
    for piece in grammar.close(lines):
        tally.add_segment(piece)
    return lines


def _pieces(source: Source, part: Part) -> Iterator[Segment]:
    start, stop = part.start, part.stop
    grammar = DumpParser(part.name, first_line=start.line, items_before=start.items_before)
    for chunk in chunks(source, part.encoding, first_line=start.line, start=start.offset, stop=stop.offset):
        yield from grammar.feed(chunk)
    yield from grammar.close(stop.line - 1)


def _binary(source: Source, outline: Outline) -> Iterator[Segment]:
    """All lines of what is no text as one piece; they are counted as an editor would count them."""
    lines = 0
    for chunk in chunks(source, Encoding(codec="latin-1"), first_line=1, start=0, stop=source.size):
        lines = chunk.first_line + len(chunk.lines) - 1
    yield Segment(kind=SegmentKind.ISSUE, span=Span(first=1, last=lines), issues=outline.issues)
