"""The lines of a dump, a chunk at a time, so that a dump of any size passes through little memory.

A line ends at LF, CR LF or CR and nowhere else. A line longer than `LONGEST_LINE` bytes is never held whole.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from digest.wire.encodings import Encoding
from digest.wire.source import Source

MAX_LINE_BYTES = 262_144
_HEAD_OF_HUGE = 1_024


class Chunk(Struct, frozen=True, kw_only=True):
    """Whole lines that lie side by side. `first` is the number of the first, from 1; `offset` and `raw` are its bytes.

    `lines` are without their ends. `flaws` says line and column of bytes that are not of the encoding. Where
    `huge` is not 0 there is one line, of so many bytes, and only its beginning is here.
    """

    first_line: int
    offset: int
    raw: bytes
    lines: list[str]
    undecodable: tuple[tuple[int, int], ...] = ()
    oversized_bytes: int = 0


def chunks(source: Source, encoding: Encoding, *, first_line: int, start: int, stop: int) -> Iterator[Chunk]:
    """The lines between two offsets, both at the beginning of a line; `first` is the number of the line at `start`."""
    ends = _Ends(encoding)
    while start < stop:
        raw = source.read(start, min(MAX_LINE_BYTES + encoding.unit_bytes, stop - start))
        if not raw:
            return
        last = start + len(raw) >= stop
        if (ends.first(raw, last=last) or MAX_LINE_BYTES + 1) > MAX_LINE_BYTES:
            size = ends.distance(source, start, stop)
            yield _huge(raw[:_HEAD_OF_HUGE], encoding, first=first_line, offset=start, size=size)
            first_line, start = first_line + 1, start + size
            continue
        chunk = _chunk(raw if last else raw[: ends.last(raw)], encoding, first=first_line, offset=start)
        yield chunk
        first_line, start = first_line + len(chunk.lines), start + len(chunk.raw)


def line_offsets(chunk: Chunk, line_counts: Sequence[int], encoding: Encoding) -> list[int]:
    """How many bytes the first lines of a chunk take, their ends included, for several numbers of lines."""
    if chunk.oversized_bytes:
        return [chunk.oversized_bytes if count else 0 for count in line_counts]
    if encoding.unit_bytes > 1:
        return [_wide_length_of(chunk, count, encoding) for count in line_counts]
    ends = [0, *accumulate(map(len, chunk.raw.splitlines(keepends=True)))]
    return [ends[min(count, len(ends) - 1)] for count in line_counts]


def _wide_length_of(chunk: Chunk, count: int, encoding: Encoding) -> int:
    if count >= len(chunk.lines):
        return len(chunk.raw)
    text, at = chunk.raw.decode(encoding.codec, "replace"), 0
    for _ in range(count):
        at = min((i for i in (text.find("\n", at), text.find("\r", at)) if i >= 0), default=len(text) - 1) + 1
        at += text[at - 1 : at + 1] == "\r\n"
    return len(text[:at].encode(encoding.codec))


def _chunk(raw: bytes, encoding: Encoding, *, first: int, offset: int) -> Chunk:
    try:
        text, faulty = raw.decode(encoding.codec), False
    except UnicodeError:
        text, faulty = raw.decode(encoding.codec, "replace"), True
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1] and text.endswith("\n"):
        lines.pop()
    flaws = _flaws(lines, first) if faulty else ()
    return Chunk(first_line=first, offset=offset, raw=raw, lines=lines, undecodable=flaws)


def _huge(head: bytes, encoding: Encoding, *, first: int, offset: int, size: int) -> Chunk:
    text = head.decode(encoding.codec, "replace").rstrip("\ufffd")
    return Chunk(first_line=first, offset=offset, raw=b"", lines=[text], oversized_bytes=size)


def _flaws(lines: list[str], first: int) -> tuple[tuple[int, int], ...]:
    return tuple((first + i, line.index("\ufffd") + 1) for i, line in enumerate(lines) if "\ufffd" in line)


class _Ends:
    """Finds line ends in bytes of an encoding whose units may be 1, 2 or 4 bytes wide."""

    def __init__(self, encoding: Encoding) -> None:
        self._unit = encoding.unit_bytes
        self._lf = "\n".encode(encoding.codec)
        self._cr = "\r".encode(encoding.codec)

    def first(self, raw: bytes, *, last: bool) -> int:
        """The offset behind the first line; 0 if it does not end here. With `last`, nothing follows `raw`."""
        cr, lf = self._find(raw, self._cr), self._find(raw, self._lf)
        if cr >= 0 and (lf < 0 or cr < lf):
            behind = cr + self._unit
            if behind == lf:
                return behind + self._unit
            return behind if last or behind < len(raw) else 0
        return lf + self._unit if lf >= 0 else len(raw) * last

    def last(self, raw: bytes) -> int:
        """The offset behind the last line that surely ends here: a CR as the last unit may be half of a CR LF."""
        whole = len(raw) - self._unit
        return max(self._rfind(raw, self._lf, len(raw)), self._rfind(raw, self._cr, whole)) + self._unit

    def distance(self, source: Source, start: int, stop: int) -> int:
        """How many bytes the line at `start` takes."""
        at = start
        while at < stop:
            raw = source.read(at, min(MAX_LINE_BYTES, stop - at))
            behind = self.first(raw, last=at + len(raw) >= stop or not raw)
            if behind or not raw:
                return at + behind - start
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
