"""Detection of the encoding of a dump, and of files that are not text.

The first that applies: the caller's choice; a byte order mark; the pattern of UTF-16 without a mark; valid UTF-8; UTF-8
with few errors; Western text in Windows-1252; the guess of charset-normalizer.
"""

import codecs
import re
import unicodedata

from msgspec import Struct

from digest.wire.source import Source

_HEAD_BYTES = 65_536
_BLOCK_BYTES = 1 << 20
_CONTEXT_BYTES = 1_024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODECS_WITH_BOM = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
_UNIT_BYTES = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# Three non-ASCII letters in a row are rare in Western text and usual in Greek or Cyrillic. cp1252 does not define five
# byte values.
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
_MAX_CONTROLS = 0.05  # share of the bytes; compressed data has twice as many
_MIN_NULS = 0.25  # share of the UTF-16 units in Western text; text with fewer NULs that is valid UTF-8 is UTF-8


class Encoding(Struct, frozen=True, kw_only=True):
    """A codec for a dump.

    `bom_bytes` is the length of the byte order mark, `unit_bytes` the length of a line feed. `is_guess`: another codec
    is equally possible.
    """

    codec: str
    bom_bytes: int = 0
    unit_bytes: int = 1
    is_guess: bool = False


def encoding_of(source: Source, chosen: str | None = None) -> Encoding:
    """Detect the encoding of a text. `chosen`, the name of a Python codec, wins if it is usable."""
    head = source.read(0, _HEAD_BYTES)
    if chosen is not None and is_usable_codec(chosen):
        codec = codecs.lookup(chosen).name
        plain = _CODECS_WITH_BOM.get(codec, codec)
        marked = next(((mark, name) for mark, name in _BOMS if head.startswith(mark)), (b"", ""))
        if marked[1][:6] == plain[:6] and (codec in _CODECS_WITH_BOM or marked[1] == plain):
            return _encoding(marked[1], mark=len(marked[0]))
        return _encoding(plain)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _encoding(name, mark=len(mark))
    return _utf16_without_mark(head) or _utf8_or_guess(source)


def is_usable_codec(codec: str) -> bool:
    """Return True if the codec exists, can replace undecodable bytes, and keeps line ends visible in the bytes."""
    try:
        known = codecs.lookup(codec)
        if known.name in _UNIT_BYTES or known.name in _CODECS_WITH_BOM:
            return True
        return "\r\n-".encode(codec) == b"\r\n-" and all(
            bytes((lead, 10)).decode(codec, "replace").endswith("\n") for lead in range(256)
        )
    except (LookupError, ValueError):
        return False


def binary_kind(source: Source) -> str:
    """Return the kind of a file that is not text, such as "a picture"; an empty string for text."""
    head = source.read(0, _HEAD_BYTES)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if any(head.startswith(mark) for mark, _ in _BOMS) or _utf16_without_mark(head):
        return ""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "a binary file" if controls > _MAX_CONTROLS * len(head) else ""


def _encoding(codec: str, *, mark: int = 0, guessed: bool = False) -> Encoding:
    return Encoding(codec=codec, bom_bytes=mark, unit_bytes=_UNIT_BYTES.get(codec, 1), is_guess=guessed)


def _utf16_without_mark(head: bytes) -> Encoding | None:
    """Detect UTF-16: nearly all NULs are in the same half of the units, and the decoded characters are text."""
    if len(head) < 2 or b"\0" not in head:
        return None
    even = head[: len(head) // 2 * 2]
    for codec, high, low in (("utf-16-le", even[1::2], even[0::2]), ("utf-16-be", even[0::2], even[1::2])):
        nuls = high.count(0)
        if nuls <= 3 * low.count(0) or (nuls < _MIN_NULS * len(high) and _is_utf8(even)):
            continue
        text = even.decode(codec, "replace")
        not_text = sum(character == "\ufffd" or _is_not_text(character) for character in text)
        if not_text <= _MAX_CONTROLS * len(text):
            return _encoding(codec)
    return None


def _is_not_text(character: str) -> bool:
    """Return True for a character that text does not contain: control, private use, or unassigned."""
    return not character.isspace() and unicodedata.category(character) in ("Cc", "Cn", "Co")


def _is_utf8(head: bytes) -> bool:
    """Return True for valid UTF-8; the last character may be incomplete."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_guess(source: Source) -> Encoding:
    """Return UTF-8 if the first non-ASCII bytes are valid UTF-8, whatever follows; else guess from these bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, block = 0, b"-"
    while block:
        block = source.read(offset, _BLOCK_BYTES)
        try:
            ascii_so_far = decoder.decode(block, final=not block).isascii()
        except UnicodeDecodeError as error:
            ascii_so_far = error.object[: error.start].isascii()
            if ascii_so_far:
                return _guess(source.read(max(offset + error.start - _CONTEXT_BYTES, 0), _HEAD_BYTES))
        if not ascii_so_far:
            break
        offset += len(block)
    return _encoding("utf-8")


def _guess(sample: bytes) -> Encoding:
    """Guess from a sample whose first non-ASCII bytes are not valid UTF-8."""
    text = sample.decode("utf-8", "replace")
    errors = text.count("\ufffd")
    if sum(not character.isascii() for character in text) > 2 * errors:
        return _encoding("utf-8")
    if not _NOT_WESTERN.search(sample):
        return _encoding("cp1252")
    return _encoding(_charset_of(sample), guessed=True)


def _charset_of(sample: bytes) -> str:
    """Return the guess of charset-normalizer, or cp1252 if it has none."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - takes 20 ms, which only such a dump pays

    best = from_bytes(sample).best()
    codec = codecs.lookup(best.encoding).name if best is not None else "cp1252"
    return codec if is_usable_codec(codec) and codec not in _UNIT_BYTES and codec not in _CODECS_WITH_BOM else "cp1252"
