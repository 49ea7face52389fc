"""Colours of CSS as numbers, and how well one is read on another.

Luminance and contrast: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and #dfn-contrast-ratio.
Notations: CSS Color 4. OKLCH to sRGB: https://bottosson.github.io/posts/oklab/ (public domain).
"""

import colorsys
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

_FUNCTION = re.compile(r"(rgb|hsl|oklch|oklab)a?\(([^()]*)\)")
_NAMES = {"black": "#000", "white": "#fff", "canvas": "#fff", "canvastext": "#000"}


class Colour(NamedTuple):
    """Red, green and blue of sRGB, each 0–1."""

    red: float
    green: float
    blue: float

    @property
    def luminance(self) -> float:
        """0 is black, 1 is white."""
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in self)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_of(one: Colour, other: Colour) -> float:
    """1 (the same) to 21 (black on white)."""
    low, high = sorted((one.luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)


def parse_colour(text: str) -> Colour | None:
    """A colour as CSS writes it; None for what is no opaque colour, or depends on more than itself."""
    text = text.strip().lower()
    text = _NAMES.get(text, text)
    if re.fullmatch("#(?:[0-9a-f]{3}){1,2}", text):
        step = (len(text) - 1) // 3
        parts = [text[n : n + step] * (3 - step) for n in range(1, len(text), step)]
        return Colour(*(int(part, 16) / 255 for part in parts))
    found = _FUNCTION.fullmatch(text)
    if found is None:
        return None
    values = re.split(r"[\s,/]+", found[2].strip())
    if len(values) != 3 and values[3:] not in (["1"], ["100%"]):
        return None
    try:
        return _computed(found[1], values)
    except ValueError:
        return None


def _computed(space: str, values: Sequence[str]) -> Colour:
    first, second, third = values[:3]
    if space == "rgb":
        return Colour(*(_number(v, 255) / 255 for v in (first, second, third)))
    if space == "hsl":
        hue, light, saturation = _number(first, 360) / 360 % 1, _number(third, 100) / 100, _number(second, 100) / 100
        return Colour(*colorsys.hls_to_rgb(hue, light, saturation))
    light = _number(first, 1)
    if space == "oklab":
        return _oklab(light, _number(second, 0.4), _number(third, 0.4))
    chroma, hue = _number(second, 0.4), math.radians(_number(third, 360))
    return _oklab(light, chroma * math.cos(hue), chroma * math.sin(hue))


def _number(text: str, whole: float) -> float:
    """A number, or a part of `whole`. Raises ValueError."""
    if text.endswith("%"):
        return float(text[:-1]) * whole / 100
    return float(text.removesuffix("deg"))


def _oklab(light: float, a: float, b: float) -> Colour:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    held = (min(1.0, max(0.0, c)) for c in linear)
    return Colour(*(12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in held))
