"""The card that stands for a page on social networks: a PNG of 1200 × 630 with the headline on it.

The fonts are those of the package `font-source-serif-pro` (SIL Open Font License 1.1), which has Latin letters, unless
the site names another. Scripts that are written from right to left need Pillow's text shaping (Raqm and FriBiDi).
"""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path

import PIL
from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont, features

ENGINE_VERSION = f"Pillow {PIL.__version__} 1"
"""What the bytes depend on beside the words and the look; the last number is this module's own."""

WIDTH, HEIGHT = 1200, 630
_FONTS = "font_source_serif_pro"
_EDGE, _TOP, _FOOT = 80, 170, 110
_ROOM = WIDTH - 2 * _EDGE
_SIZES = (88, 78, 68, 60, 52, 46)
_LINE = 1.16
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_NOT_A_CHARACTER = "\uffff"


class CardStyle(Struct, frozen=True):
    """Colours (`#rrggbb`), and the file of the font; empty: those of the package."""

    background: str
    foreground: str
    accent: str
    font: str = ""


class CardText(Struct, frozen=True):
    """What stands on a card: the headline, a word above it, the name of the newspaper below."""

    title: str
    kicker: str
    newspaper: str


def is_font(file: str) -> bool:
    """Whether a file is a font that can be read."""
    try:
        ImageFont.truetype(file, 24)
    except OSError:
        return False
    return True


def can_render(text: str, font: str) -> bool:
    """Whether a font has all that a text needs, and the text can be set in its direction."""
    turned = any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)
    return all(_has(c, font) for c in set(text)) and (not turned or _shapes())


def draw_card(text: CardText, style: CardStyle) -> bytes:
    """The card as PNG: the same bytes for the same words and look."""
    image = Image.new("RGB", (WIDTH, HEIGHT), style.background)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 18), style.accent)
    turned = any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text.title)
    side, anchor = (WIDTH - _EDGE, "ra") if turned else (_EDGE, "la")
    small = _font(style.font, "Semibold", 34)
    pen.text((side, 84), _cut(text.kicker, small), style.accent, small, anchor=anchor)
    size, lines = _set(text.title, style.font)
    bold = _font(style.font, "Bold", size)
    for number, line in enumerate(lines):
        pen.text((side, _TOP + round(number * size * _LINE)), line, style.foreground, bold, anchor=anchor)
    pen.line((_EDGE, HEIGHT - _FOOT, WIDTH - _EDGE, HEIGHT - _FOOT), style.foreground, 2)
    pen.text((side, HEIGHT - _FOOT + 30), _cut(text.newspaper, small), style.foreground, small, anchor=anchor)
    file = BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", compress_level=6)
    return file.getvalue()


def _set(title: str, file: str) -> tuple[int, list[str]]:
    """The largest size in which a headline fits, and its lines; one that fits in none ends in an ellipsis."""
    room = HEIGHT - _TOP - _FOOT - 20
    for size in _SIZES:
        font = _font(file, "Bold", size)
        lines = _lines(title, font)
        if lines and len(lines) * size * _LINE <= room:
            return size, _even(title, font, lines)
    most = int(room / (_SIZES[-1] * _LINE))
    font = _font(file, "Bold", _SIZES[-1])
    words, lines = title.split(), list[str]()
    while len(words) > 1 and not (0 < len(lines) <= most):
        words.pop()
        lines = _lines(" ".join(words) + "…", font)
    return _SIZES[-1], lines[:most] or [_cut(title, font)]


def _even(text: str, font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """The same number of lines, of much the same length: no last word stands alone."""
    for width in range(_ROOM - 40, _ROOM // 3, -40):
        narrower = _lines(text, font, width)
        if len(narrower) != len(lines):
            break
        lines = narrower
    return lines


def _lines(text: str, font: ImageFont.FreeTypeFont, room: int = _ROOM) -> list[str]:
    """The text in lines that are full but not too wide; nothing when a word alone is too wide."""
    lines = list[str]()
    for word in text.split():
        if font.getlength(word) > room:
            return []
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The text on one line, with an ellipsis where it is too long."""
    if font.getlength(text) <= _ROOM:
        return text
    while text and font.getlength(text + "…") > _ROOM:
        text = text[:-1]
    return text + "…"


@lru_cache(32)
def _font(file: str, weight: str, size: int) -> ImageFont.FreeTypeFont:
    if file:
        return ImageFont.truetype(file, size)
    with as_file(files(_FONTS) / "files" / f"SourceSerifPro-{weight}.ttf") as path:
        return ImageFont.truetype(BytesIO(Path(path).read_bytes()), size)


@lru_cache(8192)
def _has(character: str, file: str) -> bool:
    """Whether the font draws something else for a character than for one that no font has."""
    if character.isspace():
        return True
    font = _font(file, "Bold", 24)
    return bytes(font.getmask(character)) != bytes(font.getmask(_NOT_A_CHARACTER))


@cache
def _shapes() -> bool:
    return bool(features.check("raqm") and features.check("fribidi"))
