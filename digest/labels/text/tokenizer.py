"""Tokenizer for labelling: splits a text into words, folds them into lookup keys, and detects its use of capitals.

A possessive `'s` is dropped, `U.S.` is one word, hyphens separate words, accents are removed. The marks
`: | ? ! $ £ € %` are words: they end a phrase, and some of them are features.
"""

import re
import unicodedata
from enum import Enum, auto

from msgspec import Struct

MAX_WORDS = 80
_WORD = re.compile(r"[^\W_]+|[:|?!$£€%]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ][sS]\b")
_UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss"}
)
_MIN_STYLE_WORDS = 4
_ARTICLE = re.compile(r"\b(?:[وفبك]?ال|لل)(?=[\u0621-\u064a]{2})")


class Style(Enum):
    """Use of capitals in a text: as in a sentence, On Every Word, EVERYWHERE, or none (also without case)."""

    SENTENCE = auto()
    TITLE = auto()
    UPPER = auto()
    LOWER = auto()


class Text(Struct, frozen=True):
    """A tokenized text: `forms` are the words as written, `keys` the same words folded for lookup (equal lengths)."""

    forms: tuple[str, ...]
    keys: tuple[str, ...]
    style: Style


def fold(text: str) -> str:
    """Return lower case without accents and vowel signs: `Côte d’Ivoire` and `COTE D'IVOIRE` become equal.

    Arabic words lose their article and the prefixes that are written onto it.
    """
    low = text.lower()
    if low.isascii():
        return low
    parts = unicodedata.normalize("NFKD", low.translate(_UNDECOMPOSED))
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    return _ARTICLE.sub("", plain) if "\u0627" in plain else plain


def text_of(raw: str, limit: int = MAX_WORDS) -> Text:
    """Tokenize the first `limit` words of any text."""
    clipped = raw[: limit * 12]
    if "." in clipped:
        clipped = _DOTTED.sub(lambda match: match[0].replace(".", ""), clipped)
    forms = _WORD.findall(_POSSESSIVE.sub("", clipped))[:limit]
    joined = fold("\0".join(forms))
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
    long = [form for form in forms[1:] if len(form) >= _MIN_STYLE_WORDS and form[0].isalpha()]
    lower_case = sum(form[0].islower() for form in long)
    return Style.TITLE if len(long) >= _MIN_STYLE_WORDS - 1 and lower_case * 5 <= len(long) else Style.SENTENCE
