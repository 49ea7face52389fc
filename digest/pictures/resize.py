"""A picture in several widths and formats, without what nobody should read in it. This module alone imports Pillow.

What cameras and editors write beside the pixels (Exif, with the place and the owner; XMP; comments) is left out; how
the camera was held and the colour space are worked into the pixels first. One thread for each file: the bytes must not
depend on how many there are.
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import PIL
from msgspec import Struct
from PIL import Image, ImageCms, ImageOps
from PIL.Image import open as image_in

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpeg": "JPEG", "png": "PNG"}
ENGINE_VERSION = f"Pillow {PIL.__version__} 1"
"""What the bytes depend on beside the picture and what is wanted; the last number is this module's own."""

_QUALITY = {
    "low": {"avif": 45, "webp": 62, "jpeg": 70},
    "medium": {"avif": 58, "webp": 76, "jpeg": 80},
    "high": {"avif": 70, "webp": 86, "jpeg": 88},
}
_HOW: dict[str, dict[str, Any]] = {
    "avif": {"speed": 6, "max_threads": 1},
    "webp": {"method": 4},
    "jpeg": {"optimize": True, "progressive": True},
    "png": {"optimize": True},
}
# What a file that is no picture, or half of one, makes Pillow raise.
_FAILURES = (OSError, SyntaxError, ValueError, EOFError, TypeError, struct.error, Image.DecompressionBombError)
# A width that would save less than this is not worth a file of its own.
_NEAR = 0.9


class ResizeOptions(Struct, frozen=True):
    """Widths in pixels, formats beside the picture's own, and the quality (`low`, `medium`, `high`)."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]
    quality: str


class ResizedPicture(Struct, frozen=True):
    """A picture in one format and width."""

    format: str
    width: int
    data: bytes


class UnreadablePictureError(ValueError):
    """The file says that it is a picture, and cannot be read as one."""


def resize(data: bytes, source_format: str, options: ResizeOptions) -> tuple[ResizedPicture, ...]:
    """The picture in all that is wanted, its own format included; nothing for one that moves.

    A format that saves nothing against the picture's own is left out. Raises CannotShowError.
    """
    try:
        with image_in(BytesIO(data), formats=(source_format.upper(),)) as image:
            if getattr(image, "n_frames", 1) > 1 or source_format not in FORMATS:
                image.load()
                return ()
            upright = _bare(image)
        widths = widths_of(upright.width, options.widths)
        sizes = [upright.resize((w, max(1, round(w * upright.height / upright.width)))) for w in widths]
        made = {
            form: tuple(_made(sizes, form, options.quality))
            for form in dict.fromkeys((source_format, *options.formats))
        }
    except _FAILURES as error:
        raise UnreadablePictureError(str(error)) from error
    most = _bytes_in(made[source_format])
    return tuple(
        one for form, files in made.items() if form == source_format or _bytes_in(files) < most for one in files
    )


def widths_of(source_width: int, requested: tuple[int, ...]) -> tuple[int, ...]:
    """The widths to make of a picture, the narrowest first: none is wider than the picture, or much like another."""
    widest = min(source_width, max(requested, default=source_width))
    return (*sorted({w for w in requested if w < widest * _NEAR}), widest)


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone: upright, in sRGB, with a transparency only if there is one."""
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in ("RGB", "CMYK", "RGBA"):
        upright = _in_srgb(upright, profile)
    bare = upright.convert(mode)
    bare.info = {}
    return bare


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours as the picture's profile means them; as they are where the profile cannot be read."""
    try:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        target = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(image, BytesIO(profile), target, outputMode=mode)
    except ImageCms.PyCMSError:
        return image
    return done or image


def _made(sizes: list[Image.Image], form: str, quality: str) -> Iterator[ResizedPicture]:
    for size in sizes:
        how = dict(_HOW[form])
        if form in _QUALITY[quality]:
            how["quality"] = _QUALITY[quality][form]
        file = BytesIO()
        (size.convert("RGB") if form == "jpeg" else size).save(file, FORMATS[form], **how)
        yield ResizedPicture(form, size.width, file.getvalue())


def _bytes_in(files: tuple[ResizedPicture, ...]) -> int:
    return sum(len(file.data) for file in files)
