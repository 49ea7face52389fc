"""Draw social cards: the PNG of 1200 × 630 pixels with the headline that social networks show for a page.

The default fonts are in the package `font-source-serif-pro` (SIL Open Font License 1.1) and have Latin letters; a site
can name another font. Right-to-left scripts need Pillow's text shaping (Raqm and FriBiDi).
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
"""Part of the cache key of cards. Raise the last number when this module changes its output."""

WIDTH, HEIGHT = 1200, 630
_FONT_PACKAGE = "font_source_serif_pro"
# In pixels: side margins, top of the headline, height of the footer, width of a line, font sizes of the headline.
_MARGIN, _TOP, _FOOTER = 80, 170, 110
_TEXT_WIDTH = WIDTH - 2 * _MARGIN
_SIZES = (88, 78, 68, 60, 52, 46)
_LINE_HEIGHT = 1.16
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_NOT_A_CHARACTER = "\uffff"


class CardStyle(Struct, frozen=True):
    """Colours (`#rrggbb`) and font file of cards. An empty `font` means the default fonts."""

    background: str
    foreground: str
    accent: str
    font: str = ""


class CardText(Struct, frozen=True):
    """Texts of a card: the headline, the kicker above it, and the name of the newspaper below."""

    title: str
    kicker: str
    newspaper: str


def is_font(file: str) -> bool:
    """Return True if Pillow can read the file as a font."""
    try:
        ImageFont.truetype(file, 24)
    except OSError:
        return False
    return True


def can_render(text: str, font: str) -> bool:
    """Return True if the font has all characters of the text, and right-to-left text can be shaped."""
    return all(_has_glyph(c, font) for c in set(text)) and (not _is_right_to_left(text) or _can_shape_text())


def draw_card(text: CardText, style: CardStyle) -> bytes:
    """Draw a card as PNG. Equal text and style give equal bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), style.background)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 18), style.accent)
    x, anchor = (WIDTH - _MARGIN, "ra") if _is_right_to_left(text.title) else (_MARGIN, "la")
    small = _font(style.font, "Semibold", 34)
    canvas.text((x, 84), _truncated(text.kicker, small), style.accent, small, anchor=anchor)
    size, lines = _fit_headline(text.title, style.font)
    bold = _font(style.font, "Bold", size)
    for number, line in enumerate(lines):
        canvas.text((x, _TOP + round(number * size * _LINE_HEIGHT)), line, style.foreground, bold, anchor=anchor)
    canvas.line((_MARGIN, HEIGHT - _FOOTER, WIDTH - _MARGIN, HEIGHT - _FOOTER), style.foreground, 2)
    name = _truncated(text.newspaper, small)
    canvas.text((x, HEIGHT - _FOOTER + 30), name, style.foreground, small, anchor=anchor)
    file = BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", compress_level=6)
    return file.getvalue()


def _is_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)


def _fit_headline(title: str, file: str) -> tuple[int, list[str]]:
    """Return the largest font size in which a headline fits, and its lines; cut with an ellipsis if none fits."""
    height = HEIGHT - _TOP - _FOOTER - 20
    for size in _SIZES:
        font = _font(file, "Bold", size)
        lines = _wrap(title, font)
        if lines and len(lines) * size * _LINE_HEIGHT <= height:
            return size, _balance(title, font, lines)
    max_lines = int(height / (_SIZES[-1] * _LINE_HEIGHT))
    font = _font(file, "Bold", _SIZES[-1])
    words, lines = title.split(), list[str]()
    while len(words) > 1 and not (0 < len(lines) <= max_lines):
        words.pop()
        lines = _wrap(" ".join(words) + "…", font)
    return _SIZES[-1], lines[:max_lines] or [_truncated(title, font)]


def _balance(text: str, font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """Wrap the text to the same number of lines of similar length, so that no word is alone on the last line."""
    for width in range(_TEXT_WIDTH - 40, _TEXT_WIDTH // 3, -40):
        narrower = _wrap(text, font, width)
        if len(narrower) != len(lines):
            break
        lines = narrower
    return lines


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int = _TEXT_WIDTH) -> list[str]:
    """Wrap the text to lines of at most `width` pixels. Returns [] if a single word is wider."""
    lines = list[str]()
    for word in text.split():
        if font.getlength(word) > width:
            return []
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _truncated(text: str, font: ImageFont.FreeTypeFont) -> str:
    """Cut the text to one line, with an ellipsis if it is too long."""
    if font.getlength(text) <= _TEXT_WIDTH:
        return text
    while text and font.getlength(text + "…") > _TEXT_WIDTH:
        text = text[:-1]
    return text + "…"


@lru_cache(32)
def _font(file: str, weight: str, size: int) -> ImageFont.FreeTypeFont:
    if file:
        return ImageFont.truetype(file, size)
    with as_file(files(_FONT_PACKAGE) / "files" / f"SourceSerifPro-{weight}.ttf") as path:
        return ImageFont.truetype(BytesIO(Path(path).read_bytes()), size)


@lru_cache(8192)
def _has_glyph(character: str, file: str) -> bool:
    """Return True if the font draws the character differently from a character that no font has."""
    if character.isspace():
        return True
    font = _font(file, "Bold", 24)
    return bytes(font.getmask(character)) != bytes(font.getmask(_NOT_A_CHARACTER))


@cache
def _can_shape_text() -> bool:
    return bool(features.check("raqm") and features.check("fribidi"))
