"""Resize a picture to several widths and formats, without its metadata. Needs Pillow (the extra `images`).

Metadata of cameras and editors (Exif with location and owner, XMP, comments) is removed. The rotation of the camera
and the colour profile are applied to the pixels first. Encoders use one thread, because their output can depend on the
number of threads.
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import PIL
from msgspec import Struct
from PIL import Image, ImageCms, ImageOps
from PIL.Image import open as open_image

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpeg": "JPEG", "png": "PNG"}
ENGINE_VERSION = f"Pillow {PIL.__version__} 1"
"""Part of the cache key of resized pictures. Raise the last number when this module changes its output."""

_QUALITY = {
    "low": {"avif": 45, "webp": 62, "jpeg": 70},
    "medium": {"avif": 58, "webp": 76, "jpeg": 80},
    "high": {"avif": 70, "webp": 86, "jpeg": 88},
}
_ENCODER_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"speed": 6, "max_threads": 1},
    "webp": {"method": 4},
    "jpeg": {"optimize": True, "progressive": True},
    "png": {"optimize": True},
}
# Exceptions that Pillow raises for files that are damaged or not pictures.
_PILLOW_ERRORS = (OSError, SyntaxError, ValueError, EOFError, TypeError, struct.error, Image.DecompressionBombError)
# A width above this share of the maximum width saves too few bytes for a file of its own.
_MAX_SHARE = 0.9


class ResizeOptions(Struct, frozen=True):
    """Widths in pixels, formats besides the picture's own, and the quality (`low`, `medium`, `high`)."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]
    quality: str


class ResizedPicture(Struct, frozen=True):
    """A file of a picture in one format and width."""

    format: str
    width: int
    data: bytes


class UnreadablePictureError(ValueError):
    """The file has the header of a picture, but Pillow cannot read it."""


def resize(data: bytes, source_format: str, options: ResizeOptions) -> tuple[ResizedPicture, ...]:
    """Resize a picture to all widths, in its own format and in those of `options`. Returns () for an animation.

    A format whose files are not smaller than those of the picture's own format is left out. Raises
    UnreadablePictureError.
    """
    try:
        with open_image(BytesIO(data), formats=(source_format.upper(),)) as image:
            if getattr(image, "n_frames", 1) > 1 or source_format not in FORMATS:
                image.load()
                return ()
            upright = _normalised(image)
        widths = widths_of(upright.width, options.widths)
        images = [upright.resize((w, max(1, round(w * upright.height / upright.width)))) for w in widths]
        formats = dict.fromkeys((source_format, *options.formats))
        files = {form: tuple(_encoded(images, form, options.quality)) for form in formats}
    except _PILLOW_ERRORS as error:
        raise UnreadablePictureError(str(error)) from error
    limit = _total_bytes(files[source_format])
    kept = [group for form, group in files.items() if form == source_format or _total_bytes(group) < limit]
    return tuple(file for group in kept for file in group)


def widths_of(source_width: int, requested: tuple[int, ...]) -> tuple[int, ...]:
    """Return the widths to make, ascending: none wider than the picture, and none close to the maximum."""
    widest = min(source_width, max(requested, default=source_width))
    return (*sorted({w for w in requested if w < widest * _MAX_SHARE}), widest)


def _normalised(image: Image.Image) -> Image.Image:
    """Return the pixels without metadata: upright, in sRGB, with an alpha channel only if it is used."""
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in ("RGB", "CMYK", "RGBA"):
        upright = _in_srgb(upright, profile)
    normalised = upright.convert(mode)
    normalised.info = {}
    return normalised


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert the colours from the picture's profile to sRGB; unchanged if the profile cannot be read."""
    try:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, BytesIO(profile), target, outputMode=mode)
    except ImageCms.PyCMSError:
        return image
    return converted or image


def _encoded(images: list[Image.Image], form: str, quality: str) -> Iterator[ResizedPicture]:
    for image in images:
        encoder_options = dict(_ENCODER_OPTIONS[form])
        if form in _QUALITY[quality]:
            encoder_options["quality"] = _QUALITY[quality][form]
        file = BytesIO()
        (image.convert("RGB") if form == "jpeg" else image).save(file, FORMATS[form], **encoder_options)
        yield ResizedPicture(form, image.width, file.getvalue())


def _total_bytes(files: tuple[ResizedPicture, ...]) -> int:
    return sum(len(file.data) for file in files)
