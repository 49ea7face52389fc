"""Lines of a dump, read in chunks, so that a dump of any size needs little memory.

A line ends at LF, CR LF or CR and nowhere else. A line longer than `MAX_LINE_BYTES` is never held in memory.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from digest.wire.encodings import Encoding
from digest.wire.source import Source

MAX_LINE_BYTES = 262_144
_OVERSIZED_HEAD_BYTES = 1_024


class Chunk(Struct, frozen=True, kw_only=True):
    """Consecutive complete lines.

    `first_line` is the number of the first line, from 1; `offset` and `raw` are the bytes of the lines. `lines` are
    without line ends. `undecodable` has line and column of bytes that the encoding does not allow. If `oversized_bytes`
    is not 0, the chunk is one line of that length, and `lines` contains only its start.
    """

    first_line: int
    offset: int
    raw: bytes
    lines: list[str]
    undecodable: tuple[tuple[int, int], ...] = ()
    oversized_bytes: int = 0


def chunks(source: Source, encoding: Encoding, *, first_line: int, start: int, stop: int) -> Iterator[Chunk]:
    """Yield the lines between two offsets at line starts; `first_line` is the number of the line at `start`."""
    ends = _LineEnds(encoding)
    while start < stop:
        raw = source.read(start, min(MAX_LINE_BYTES + encoding.unit_bytes, stop - start))
        if not raw:
            return
        is_last = start + len(raw) >= stop
        if (ends.after_first(raw, is_last=is_last) or MAX_LINE_BYTES + 1) > MAX_LINE_BYTES:
            size = ends.line_length(source, start, stop)
            yield _oversized(raw[:_OVERSIZED_HEAD_BYTES], encoding, first_line=first_line, offset=start, size=size)
            first_line, start = first_line + 1, start + size
            continue
        complete = raw if is_last else raw[: ends.after_last(raw)]
        chunk = _decoded(complete, encoding, first_line=first_line, offset=start)
        yield chunk
        first_line, start = first_line + len(chunk.lines), start + len(chunk.raw)


def line_offsets(chunk: Chunk, line_counts: Sequence[int], encoding: Encoding) -> list[int]:
    """Return, for each count n, the length in bytes of the first n lines of a chunk with their line ends."""
    if chunk.oversized_bytes:
        return [chunk.oversized_bytes if count else 0 for count in line_counts]
    if encoding.unit_bytes > 1:
        return [_wide_line_offset(chunk, count, encoding) for count in line_counts]
    ends = [0, *accumulate(map(len, chunk.raw.splitlines(keepends=True)))]
    return [ends[min(count, len(ends) - 1)] for count in line_counts]


def _wide_line_offset(chunk: Chunk, count: int, encoding: Encoding) -> int:
    if count >= len(chunk.lines):
        return len(chunk.raw)
    text, at = chunk.raw.decode(encoding.codec, "replace"), 0
    for _ in range(count):
        at = min((i for i in (text.find("\n", at), text.find("\r", at)) if i >= 0), default=len(text) - 1) + 1
        at += text[at - 1 : at + 1] == "\r\n"
    return len(text[:at].encode(encoding.codec))


def _decoded(raw: bytes, encoding: Encoding, *, first_line: int, offset: int) -> Chunk:
    try:
        text, has_errors = raw.decode(encoding.codec), False
    except UnicodeError:
        text, has_errors = raw.decode(encoding.codec, "replace"), True
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1] and text.endswith("\n"):
        lines.pop()
    undecodable = _replaced_places(lines, first_line) if has_errors else ()
    return Chunk(first_line=first_line, offset=offset, raw=raw, lines=lines, undecodable=undecodable)


def _oversized(head: bytes, encoding: Encoding, *, first_line: int, offset: int, size: int) -> Chunk:
    text = head.decode(encoding.codec, "replace").rstrip("\ufffd")
    return Chunk(first_line=first_line, offset=offset, raw=b"", lines=[text], oversized_bytes=size)


def _replaced_places(lines: list[str], first_line: int) -> tuple[tuple[int, int], ...]:
    return tuple((first_line + i, line.index("\ufffd") + 1) for i, line in enumerate(lines) if "\ufffd" in line)


class _LineEnds:
    """Finds line ends in the bytes of an encoding with units of 1, 2 or 4 bytes."""

    def __init__(self, encoding: Encoding) -> None:
        self._unit = encoding.unit_bytes
        self._lf = "\n".encode(encoding.codec)
        self._cr = "\r".encode(encoding.codec)

    def after_first(self, raw: bytes, *, is_last: bool) -> int:
        """Return the offset after the first line; 0 if its end is not in `raw`. `is_last`: nothing follows `raw`."""
        cr, lf = self._find(raw, self._cr), self._find(raw, self._lf)
        if cr >= 0 and (lf < 0 or cr < lf):
            after = cr + self._unit
            if after == lf:
                return after + self._unit
            return after if is_last or after < len(raw) else 0
        return lf + self._unit if lf >= 0 else len(raw) * is_last

    def after_last(self, raw: bytes) -> int:
        """Return the offset after the last complete line. A CR as the last unit may be half of a CR LF."""
        without_last_unit = len(raw) - self._unit
        return max(self._rfind(raw, self._lf, len(raw)), self._rfind(raw, self._cr, without_last_unit)) + self._unit

    def line_length(self, source: Source, start: int, stop: int) -> int:
        """Return the length in bytes of the line at `start`."""
        at = start
        while at < stop:
            raw = source.read(at, min(MAX_LINE_BYTES, stop - at))
            after = self.after_first(raw, is_last=at + len(raw) >= stop or not raw)
            if after or not raw:
                return at + after - start
            at += len(raw) - (self._unit if raw.endswith(self._cr) and len(raw) > self._unit else 0)
        return stop - start

    def _find(self, raw: bytes, end: bytes) -> int:
        at = raw.find(end)
        while at % self._unit and at >= 0:
            at = raw.find(end, at + 1)
        return at

    def _rfind(self, raw: bytes, end: bytes, stop: int) -> int:
        at = raw.rfind(end, 0, stop)
        while at % self._unit and at >= 0:
            at = raw.rfind(end, 0, at + len(end) - 1)
        return at
