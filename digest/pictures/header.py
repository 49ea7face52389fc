"""Read format and size of a picture from the header of its file. Any bytes give a header or None, never an exception.

JPEG: ITU-T T.81, B.1 and Exif 2.32 (orientation). PNG: W3C PNG, 11.2.1. GIF: GIF89a, 18. WebP: RFC 9649, 2.3.
AVIF: ISO/IEC 23008-12, 6.5.3 (`ispe`).
"""

import re
import struct
from collections.abc import Callable

from msgspec import Struct

# JPEG markers: start of frame (C0 to CF without tables and extensions), and markers without a segment after them.
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_SEGMENT = frozenset({0x01, *range(0xD0, 0xD9)})
# Exif orientations that swap width and height.
_ROTATED = frozenset({5, 6, 7, 8})
_AVIF_BRAND = re.compile(rb"ftyp.{0,64}avi[fs]", re.DOTALL)
_AVIF_HEADER_BYTES = 16_384


class PictureHeader(Struct, frozen=True):
    """Format (`jpeg`, `png`, `gif`, `webp`, `avif`) and size in pixels after the Exif rotation."""

    format: str
    width: int
    height: int

    @property
    def media_type(self) -> str:
        """Media type of the format."""
        return f"image/{self.format}"

    @property
    def suffix(self) -> str:
        """Suffix of files of the format, without a dot."""
        return "jpg" if self.format == "jpeg" else self.format


def header_of(data: bytes) -> PictureHeader | None:
    """Read the header of a picture file. Returns None for other files and for a truncated header."""
    try:
        header = next((read(data) for matches, read in _READERS if matches(data)), None)
    except (struct.error, IndexError):
        return None
    return header if header and header.width > 0 and header.height > 0 else None


def _png(data: bytes) -> PictureHeader:
    return PictureHeader("png", *struct.unpack_from(">II", data, 16))


def _gif(data: bytes) -> PictureHeader:
    return PictureHeader("gif", *struct.unpack_from("<HH", data, 6))


def _webp(data: bytes) -> PictureHeader | None:
    chunk = data[12:16]
    if chunk == b"VP8X":
        return PictureHeader("webp", *(1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27)))
    if chunk == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return PictureHeader("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return PictureHeader("webp", width & 0x3FFF, height & 0x3FFF)
    return None


def _avif(data: bytes) -> PictureHeader | None:
    """Return the largest size in the file; smaller ones are sizes of thumbnails."""
    boxes = re.finditer(b"ispe", data[:_AVIF_HEADER_BYTES])
    sizes = [struct.unpack_from(">II", data, box.end() + 4) for box in boxes]
    return PictureHeader("avif", *max(sizes)) if sizes else None


def _jpeg(data: bytes) -> PictureHeader | None:
    offset, is_rotated = 2, False
    while offset + 4 <= len(data) and data[offset] == 0xFF:
        marker = data[offset + 1]
        if marker == 0xFF or marker in _WITHOUT_SEGMENT:
            offset += 1 if marker == 0xFF else 2
            continue
        length = struct.unpack_from(">H", data, offset + 2)[0]
        if marker in _START_OF_FRAME:
            height, width = struct.unpack_from(">HH", data, offset + 5)
            return PictureHeader("jpeg", *((height, width) if is_rotated else (width, height)))
        if marker == 0xE1 and data[offset + 4 : offset + 10] == b"Exif\0\0":
            is_rotated = _orientation(data[offset + 10 : offset + 2 + length]) in _ROTATED
        offset += 2 + length
    return None


def _orientation(tiff: bytes) -> int:
    """Return the Exif orientation (1 to 8); 1 if the Exif block has none."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for n in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * n)
            if tag == 0x0112:
                return int(value)
    except struct.error:
        pass
    return 1


_READERS: tuple[tuple[Callable[[bytes], object], Callable[[bytes], PictureHeader | None]], ...] = (
    (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR", _png),
    (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    (lambda data: _AVIF_BRAND.match(data, 4), _avif),
)
