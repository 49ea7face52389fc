"""Picture files, made by Pillow for the tests: a plain gradient, so that every size of it differs."""

from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION, COPYRIGHT = 0x0112, 0x8298


def picture(width: int = 64, height: int = 48, form: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    """The bytes of a picture."""
    image = Image.linear_gradient("L").resize((width, height)).convert(mode)
    file = BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def exif(orientation: int = 1, note: str = "12 Hidden Street") -> Image.Exif:
    """An Exif block that says how the camera was held, and what nobody should read."""
    block = Image.Exif()
    block[ORIENTATION] = orientation
    block[COPYRIGHT] = note
    return block
