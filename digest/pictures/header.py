"""What a picture file is and how large, by its header alone. Total: any bytes give a header or none.

JPEG: ITU-T T.81, B.1 and Exif 2.32 (orientation). PNG: W3C PNG, 11.2.1. GIF: GIF89a, 18. WebP: RFC 9649, 2.3.
AVIF: ISO/IEC 23008-12, 6.5.3 (`ispe`).
"""

import re
import struct
from collections.abc import Callable

from msgspec import Struct

# Start of frame: all but the tables and the extensions among C0 to CF.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_SIDEWAYS = frozenset({5, 6, 7, 8})
_AVIF = re.compile(rb"ftyp.{0,64}avi[fs]", re.DOTALL)
_FIRST = 16_384


class PictureHeader(Struct, frozen=True):
    """Format (`jpeg`, `png`, `gif`, `webp`, `avif`) and size in pixels, as the picture stands."""

    format: str
    width: int
    height: int

    @property
    def media_type(self) -> str:
        """The media type."""
        return f"image/{self.format}"

    @property
    def suffix(self) -> str:
        """What files of the format end with."""
        return "jpg" if self.format == "jpeg" else self.format


def header_of(data: bytes) -> PictureHeader | None:
    """The header of a picture file; None for anything else, and for one that is cut off too soon."""
    try:
        found = next((read(data) for starts, read in _READERS if starts(data)), None)
    except (struct.error, IndexError):
        return None
    return found if found and found.width > 0 and found.height > 0 else None


def _png(data: bytes) -> PictureHeader:
    return PictureHeader("png", *struct.unpack_from(">II", data, 16))


def _gif(data: bytes) -> PictureHeader:
    return PictureHeader("gif", *struct.unpack_from("<HH", data, 6))


def _webp(data: bytes) -> PictureHeader | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return PictureHeader("webp", *(1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27)))
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return PictureHeader("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return PictureHeader("webp", width & 0x3FFF, height & 0x3FFF)
    return None


def _avif(data: bytes) -> PictureHeader | None:
    """The largest of the sizes in it: others are those of thumbnails."""
    sizes = [struct.unpack_from(">II", data, at.end() + 4) for at in re.finditer(b"ispe", data[:_FIRST])]
    return PictureHeader("avif", *max(sizes)) if sizes else None


def _jpeg(data: bytes) -> PictureHeader | None:
    at, sideways = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = struct.unpack_from(">H", data, at + 2)[0]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return PictureHeader("jpeg", *((height, width) if sideways else (width, height)))
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            sideways = _orientation(data[at + 10 : at + 2 + length]) in _SIDEWAYS
        at += 2 + length
    return None


def _orientation(tiff: bytes) -> int:
    """How the camera was held (1 to 8); 1 where the Exif block does not say."""
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
    (lambda data: _AVIF.match(data, 4), _avif),
)
