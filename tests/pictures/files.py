"""Picture files for tests, made by Pillow: a gradient, so that all sizes differ."""

from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION, COPYRIGHT = 0x0112, 0x8298


def picture(width: int = 64, height: int = 48, form: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    """Return the bytes of a picture file."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    file = BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def exif(orientation: int = 1, note: str = "12 Hidden Street") -> Image.Exif:
    """Return an Exif block with an orientation and a private note."""
    block = Image.Exif()
    block[ORIENTATION] = orientation
    block[COPYRIGHT] = note
    return block
