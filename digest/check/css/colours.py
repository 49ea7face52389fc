"""Colours of CSS as sRGB values, and the contrast between two of them.

tinycss2 parses the notations of CSS Color 4. Luminance and contrast: WCAG 2.2,
https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and #dfn-contrast-ratio.
"""

from typing import Any, NamedTuple

from tinycss2 import color4

_SYSTEM_COLOURS = {"canvas": "white", "canvastext": "black"}
# XYZ (D65) to linear-light sRGB: https://www.w3.org/TR/css-color-4/#color-conversion-code
_XYZ_TO_SRGB = (
    (3.2409699419045226, -1.537383177570094, -0.4986107602930034),
    (-0.9692436362808796, 1.8759675015077202, 0.04155505740717559),
    (0.05563007969699366, -0.20397695888897652, 1.0569715142428786),
)


class Colour(NamedTuple):
    """Red, green and blue of sRGB, each from 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def luminance(self) -> float:
        """Relative luminance: 0 is black, 1 is white."""
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in self)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_of(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 (equal) to 21 (black on white)."""
    low, high = sorted((one.luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)


def parse_colour(text: str) -> Colour | None:
    """Parse a CSS colour. Return None for other values, transparent colours, and colours that depend on a context."""
    text = text.strip().lower()
    parsed: Any = color4.parse_color(_SYSTEM_COLOURS.get(text, text))
    if parsed is None or isinstance(parsed, str) or parsed.alpha < 1:
        return None
    if parsed.space in ("oklab", "oklch"):
        return _from_xyz(*parsed.to("xyz-d65").coordinates)
    if parsed.space not in ("srgb", "hsl", "hwb"):
        return None
    return Colour(*(min(1.0, max(0.0, c)) for c in parsed.to("srgb").coordinates))


def _from_xyz(x: float, y: float, z: float) -> Colour:
    linear = (min(1.0, max(0.0, a * x + b * y + c * z)) for a, b, c in _XYZ_TO_SRGB)
    return Colour(*(12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear))
