"""The two passes over a dump: forwards for its outline, backwards for its items, oldest first.

The outline contains checkpoints: offsets between two items. With them, a dump of any size is read from its end, with no
more in memory than the lines between two checkpoints, and its parts can be read by several processes.
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

_PARTS_PER_CHUNK = 8
"""Small enough for several processes to start at once, large enough to be read in one go."""


class Checkpoint(Struct, frozen=True):
    """A position between two items: offset in bytes, number of the line there, number of items above it."""

    offset: int
    line: int
    items_before: int


class Part(Struct, frozen=True):
    """The bytes between two checkpoints of the dump `name`."""

    name: str
    encoding: Encoding
    start: Checkpoint
    stop: Checkpoint


class Outline(Struct, frozen=True, kw_only=True):
    """Result of the first pass over a dump. `agencies` are those of its bylines, each once, in order.

    `issues` are those of the whole dump. If there are very many with one code, only the first are included.
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
    """Read the dump `name` once, forwards. `encoding` is the caller's choice, as Python names codecs."""
    statistics = DumpStatistics(name)
    if encoding is not None and not is_usable_codec(encoding):
        message = f"there is no encoding {encoding!r} for text with lines"
        statistics.add_issue(issue("dump-encoding", Place(name), message, "omit it, and the encoding is detected"))
    detected = encoding_of(source, encoding)
    binary = binary_kind(source)
    checkpoints, lines = [Checkpoint(detected.bom_bytes, 1, 0)], 0
    if not binary:
        lines = _scan_lines(source, detected, checkpoints, statistics)
    statistics.finish(binary)
    return Outline(
        name=name,
        encoding=detected,
        lines=lines,
        items=statistics.items,
        agencies=tuple(statistics.agencies),
        issues=statistics.issues(),
        checkpoints=tuple(checkpoints),
        binary=bool(binary),
    )


def items(source: Source, outline: Outline) -> Iterator[WireItem]:
    """Yield the items from the last line to the first; `position` counts from the top."""
    for part in parts(outline, source.size):
        yield from items_in_part(source, part)


def parts(outline: Outline, size: int) -> Iterator[Part]:
    """Yield the parts of a dump of `size` bytes, the last one first."""
    if outline.binary:
        return
    end = Checkpoint(size, outline.lines + 1, outline.items)
    for stop, start in pairwise((end, *reversed(outline.checkpoints))):
        yield Part(outline.name, outline.encoding, start, stop)


def items_in_part(source: Source, part: Part) -> list[WireItem]:
    """Return the items of a part, the last one first."""
    part_segments = list(_segments_in_part(source, part))
    return [segment.item for segment in reversed(part_segments) if segment.item is not None]


def segments(source: Source, outline: Outline) -> Iterator[Segment]:
    """Yield all segments of a dump from the first line to the last: every line exactly once, with all issues."""
    if outline.binary:
        yield from _binary_segments(source, outline)
        return
    end = Checkpoint(source.size, outline.lines + 1, outline.items)
    yield from _segments_in_part(source, Part(outline.name, outline.encoding, outline.checkpoints[0], end))


def _scan_lines(source: Source, encoding: Encoding, checkpoints: list[Checkpoint], statistics: DumpStatistics) -> int:
    """Read all chunks into the statistics, add checkpoints after items, and return the number of lines."""
    parser, lines = DumpParser(statistics.name), 0
    for chunk in chunks(source, encoding, first_line=1, start=encoding.bom_bytes, stop=source.size):
        statistics.check_encoding(chunk, encoding)
        lines, ends = chunk.first_line + len(chunk.lines) - 1, list[tuple[int, int]]()
        step = max(len(chunk.lines) // _PARTS_PER_CHUNK, 1)
        for segment in parser.feed(chunk):
            statistics.add_segment(segment)
            if segment.item:
                # One checkpoint for each part of a chunk; of two that are closer, the later one is kept.
                if len(ends) > 1 and segment.span.last - ends[-2][0] < step:
                    ends.pop()
                ends.append((max(segment.span.last + 1, chunk.first_line), statistics.items))
        offsets = line_offsets(chunk, [line - chunk.first_line for line, _ in ends], encoding)
        checkpoints += [Checkpoint(chunk.offset + at, *end) for at, end in zip(offsets, ends, strict=True)]
    for segment in parser.close(lines):
        statistics.add_segment(segment)
    return lines


def _segments_in_part(source: Source, part: Part) -> Iterator[Segment]:
    start, stop = part.start, part.stop
    parser = DumpParser(part.name, first_line=start.line, items_before=start.items_before)
    for chunk in chunks(source, part.encoding, first_line=start.line, start=start.offset, stop=stop.offset):
        yield from parser.feed(chunk)
    yield from parser.close(stop.line - 1)


def _binary_segments(source: Source, outline: Outline) -> Iterator[Segment]:
    """Yield one segment for a file that is not text. Its lines are counted as an editor counts them."""
    lines = 0
    for chunk in chunks(source, Encoding(codec="latin-1"), first_line=1, start=0, stop=source.size):
        lines = chunk.first_line + len(chunk.lines) - 1
    yield Segment(kind=SegmentKind.ISSUE, span=Span(first=1, last=lines), issues=outline.issues)
