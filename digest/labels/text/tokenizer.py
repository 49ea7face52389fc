"""A text as words: how they are written, what they are looked up by, and how the whole text uses capitals.

A possessive's `'s` is dropped, `U.S.` is one word, hyphens part words, accents are folded away. The marks
`: | ? ! $ £ € %` stay as words of their own: they end a phrase, and some of them say something.
"""

import re
import unicodedata
from enum import Enum, auto

from msgspec import Struct

WORDS_OF_HEADLINE = 80
_WORD = re.compile(r"[^\W_]+|[:|?!$£€%]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ][sS]\b")
_ODD = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"})
_SMALL = 4
_ARTICLE = re.compile(r"\b(?:[وفبك]?ال|لل)(?=[\u0621-\u064a]{2})")


class Style(Enum):
    """Use of capitals in a text: as in a sentence, On Every Word, EVERYWHERE, or none (also for scripts without)."""

    SENTENCE = auto()
    TITLE = auto()
    UPPER = auto()
    LOWER = auto()


class Text(Struct, frozen=True):
    """`forms` as written, `keys` folded for look-up, both of one length."""

    forms: tuple[str, ...]
    keys: tuple[str, ...]
    style: Style


def folded(text: str) -> str:
    """Lower case, without accents and vowel signs: `Côte d’Ivoire` and `COTE D'IVOIRE` are one.

    Arabic words lose their article with what is written onto it.
    """
    low = text.lower()
    if low.isascii():
        return low
    parts = unicodedata.normalize("NFKD", low.translate(_ODD))
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return _ARTICLE.sub("", plain) if "\u0627" in plain else plain


def text_of(raw: str, limit: int = WORDS_OF_HEADLINE) -> Text:
    """The first `limit` words of a text, whatever it holds."""
    clipped = raw[: limit * 12]
    if "." in clipped:
        clipped = _DOTTED.sub(lambda found: found[0].replace(".", ""), clipped)
    forms = _WORD.findall(_POSSESSIVE.sub("", clipped))[:limit]
    joined = folded("\0".join(forms))
    keys = joined.split("\0") if forms else []
    return Text(tuple(forms), tuple(keys), _style_of(forms))


def key_of(term: str) -> str:
    """Return the lookup key of a term: its words as in `text_of`, separated by single spaces."""
    return " ".join(text_of(term).keys)


def _style_of(forms: list[str]) -> Style:
    joined = "".join(forms)
    if joined.isupper():
        return Style.UPPER
    if joined == joined.lower():
        return Style.LOWER
    long = [form for form in forms[1:] if len(form) >= _SMALL and form[0].isalpha()]
    small = sum(form[0].islower() for form in long)
    return Style.TITLE if len(long) >= _SMALL - 1 and small * 5 <= len(long) else Style.SENTENCE
