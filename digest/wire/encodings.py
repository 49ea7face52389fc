"""In which encoding a dump is written, or that it is no text at all.

In this order, until one settles it: what the caller says; a byte order mark; the pattern of UTF-16 without a mark;
UTF-8 without a fault; UTF-8 with a few faults; Western text in Windows-1252; the guess of charset-normalizer.
"""

import codecs
import re
import unicodedata

from msgspec import Struct

from digest.wire.source import Source

_HEAD = 65_536
_BLOCK = 1 << 20
_BEFORE = 1_024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITH_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
_WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# Three letters beyond ASCII side by side are rare in the West and usual in Greek or Cyrillic; five bytes are undefined.
_NOT_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]|[\xc0-\xff]{3}")
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a database",
}
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f") + b"\x7f"
_MOST_CONTROLS = 0.05  # compressed data has twice as many
_FEWEST_NULS = 0.25  # of UTF-16 pairs in a Western text; a text of few NULs that is sound UTF-8 is UTF-8


class Encoding(Struct, frozen=True, kw_only=True):
    """A codec that reads a dump by lines. `mark` is the length of its byte order mark, `unit` the bytes of a line feed.

    `guessed` means that another one is as possible.
    """

    codec: str
    bom_bytes: int = 0
    unit_bytes: int = 1
    is_guess: bool = False


def encoding_of(source: Source, chosen: str | None = None) -> Encoding:
    """The encoding of a text; `chosen`, if it is a usable one, is obeyed."""
    head = source.read(0, _HEAD)
    if chosen is not None and is_usable_codec(chosen):
        codec = codecs.lookup(chosen).name
        plain = _WITH_MARK.get(codec, codec)
        marked = next(((mark, name) for mark, name in _MARKS if head.startswith(mark)), (b"", ""))
        if marked[1][:6] == plain[:6] and (codec in _WITH_MARK or marked[1] == plain):
            return _encoding(marked[1], mark=len(marked[0]))
        return _encoding(plain)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _encoding(name, mark=len(mark))
    return _utf16_without_mark(head) or _utf8_or_guess(source)


def is_usable_codec(codec: str) -> bool:
    """Whether there is such a codec, it replaces what it cannot read, and its line ends are found in the bytes."""
    try:
        known = codecs.lookup(codec)
        if known.name in _WIDE or known.name in _WITH_MARK:
            return True
        return "\r\n-".encode(codec) == b"\r\n-" and all(
            bytes((lead, 10)).decode(codec, "replace").endswith("\n") for lead in range(256)
        )
    except (LookupError, ValueError):
        return False


def binary_kind(source: Source) -> str:
    """What a file is that is no text ("a picture"), or empty for a text."""
    head = source.read(0, _HEAD)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if any(head.startswith(mark) for mark, _ in _MARKS) or _utf16_without_mark(head):
        return ""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "a binary file" if controls > _MOST_CONTROLS * len(head) else ""


def _encoding(codec: str, *, mark: int = 0, guessed: bool = False) -> Encoding:
    return Encoding(codec=codec, bom_bytes=mark, unit_bytes=_WIDE.get(codec, 1), is_guess=guessed)


def _utf16_without_mark(head: bytes) -> Encoding | None:
    """UTF-16 where the NULs stand on one side of the pairs only, and nothing but text comes of it."""
    if len(head) < 2 or b"\0" not in head:
        return None
    even = head[: len(head) // 2 * 2]
    for codec, high, low in (("utf-16-le", even[1::2], even[0::2]), ("utf-16-be", even[0::2], even[1::2])):
        nuls = high.count(0)
        if nuls <= 3 * low.count(0) or (nuls < _FEWEST_NULS * len(high) and _is_utf8(even)):
            continue
        text = even.decode(codec, "replace")
        strange = sum(character == "\ufffd" or _is_strange(character) for character in text)
        if strange <= _MOST_CONTROLS * len(text):
            return _encoding(codec)
    return None


def _is_strange(character: str) -> bool:
    """Whether text does not hold such a character: a control, one for private use, one that does not exist."""
    return not character.isspace() and unicodedata.category(character) in ("Cc", "Cn", "Co")


def _is_utf8(head: bytes) -> bool:
    """Whether it is UTF-8 as far as it goes; a character may be cut off at its end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_guess(source: Source) -> Encoding:
    """UTF-8 if the first bytes beyond ASCII are: a later fault is only a fault. Else what they look like."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, block = 0, b"-"
    while block:
        block = source.read(offset, _BLOCK)
        try:
            ascii_so_far = decoder.decode(block, final=not block).isascii()
        except UnicodeDecodeError as fault:
            ascii_so_far = fault.object[: fault.start].isascii()
            if ascii_so_far:
                return _guess(source.read(max(offset + fault.start - _BEFORE, 0), _HEAD))
        if not ascii_so_far:
            break
        offset += len(block)
    return _encoding("utf-8")


def _guess(sample: bytes) -> Encoding:
    """A guess from a sample of which the first bytes beyond ASCII are not UTF-8."""
    text = sample.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    if sum(not character.isascii() for character in text) > 2 * faults:
        return _encoding("utf-8")
    if not _NOT_WESTERN.search(sample):
        return _encoding("cp1252")
    return _encoding(_charset_of(sample), guessed=True)


def _charset_of(sample: bytes) -> str:
    """The guess of charset-normalizer, cp1252 where it has none."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 20 ms that only such a dump has to pay

    best = from_bytes(sample).best()
    codec = codecs.lookup(best.encoding).name if best is not None else "cp1252"
    return codec if is_usable_codec(codec) and codec not in _WIDE and codec not in _WITH_MARK else "cp1252"
