"""Tokenizer for threading: folded words, their stems, numbers.

A stem is a bucket, not a dictionary form: `elected`, `election` and `elector` share one. The stemmer follows the idea
of Lovins (1968): it removes the longest suffix of a table, once, which is enough for matching and easy to explain.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from digest.stories.text.data_files import read_lines

_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,:–-]\d++)*+)(?:(?:st|nd|rd|th)\b)?(?![^\W\d_])|(?P<word>[^\W_]+(?:[.'&][^\W_]+)*\.?)",
)
_INITIALS = re.compile(r"^(?:[^\W\d_]\.)+[^\W\d_]?\.?$")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‑": "-", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"}
)
_CONTRACTED = {"gov't": "govt", "int'l": "international", "nat'l": "national"}
_SHORT = re.compile(r"^[^aeiou]{0,2}[aeiou][^aeiouwxy]$")
_SCORELINE = re.compile(r"^\d{1,3}[-–]\d{1,3}$")


class Token(NamedTuple):
    """One word of a text. `folded` is the word in lower case without accents and possessive; `stem` is its bucket.

    `number` is the value of a number as text (`400000000000`; `2-1` for a score line), else empty. `capital` is True
    for a word that begins with a capital, `upper` for one in capitals.
    """

    folded: str
    stem: str
    number: str
    capital: bool
    upper: bool


@lru_cache(maxsize=1 << 9)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of `text` in order, without punctuation."""
    plain = (html.unescape(text) if "&" in text else text).translate(_QUOTES)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(plain):
        number = match["number"]
        if number:
            tokens.append(_number_token(number))
        else:
            token = _word_token(match["word"])
            if tokens and tokens[-1].number and token.folded in _scales():
                tokens[-1] = _scale(tokens[-1], _scales()[token.folded])
            elif token.folded:
                tokens.append(token)
    return tuple(tokens)


@lru_cache(maxsize=1 << 16)
def _word_token(raw: str) -> Token:
    if _INITIALS.match(raw):
        raw = raw.replace(".", "")
    folded = fold(raw.rstrip("."))
    folded = _CONTRACTED.get(folded, folded).removesuffix("'s").replace("'", "").replace(".", "")
    capital, upper = raw[:1].isupper(), len(raw) > 1 and raw.isupper()
    if folded == "us" and not upper:
        return Token("us_we", "us_we", "", capital, upper)
    number = _numerals().get(folded) or _parse_amount(folded)
    return Token(folded, number or stem_of(folded), number, capital, upper)


def _parse_amount(folded: str) -> str:
    """Return the value of `400bn` or `6m`, else an empty text."""
    match = re.fullmatch(r"(\d+)([a-z]+)", folded)
    return _multiply(match[1], _scales()[match[2]]) if match and match[2] in _scales() else ""


@lru_cache(maxsize=1 << 14)
def _number_token(raw: str) -> Token:
    value = raw.replace("–", "-") if _SCORELINE.match(raw) else raw.replace(",", "")
    return Token(value, value, value, capital=False, upper=False)


def _scale(token: Token, power: int) -> Token:
    value = _multiply(token.number, power)
    return Token(value, value, value, capital=False, upper=False)


def _multiply(number: str, power: int) -> str:
    """Return a decimal number times a power of ten, without floats, so that equal amounts are equal texts."""
    whole, _, part = number.partition(".")
    if not (whole + part).isdigit():
        return number
    return (whole + part[:power].ljust(power, "0") + ("." + part[power:] if part[power:] else "")).lstrip("0") or "0"


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return a word in lower case without accents."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word).lower() if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def stem_of(folded: str) -> str:
    """Return the bucket of a folded word."""
    if len(folded) < 4 or not folded.isalpha() or folded.endswith("ss"):
        return folded
    for ending, added, keep in _suffixes():
        if folded.endswith(ending) and len(folded) - len(ending) >= keep:
            return _complete_stem(folded[: -len(ending)], added)
    return folded


def _complete_stem(stem: str, added: str) -> str:
    """Complete a stem after its ending is removed: `planned` → `plan`, `voting` → `vote`, `parties` → `parti`."""
    if added == "i":
        return stem + "i"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
        return stem[:-1]
    return stem + "e" if added == "e" and _SHORT.match(stem) else stem


@cache
def _suffixes() -> tuple[tuple[str, str, int], ...]:
    """Suffix, letters added in its place, fewest letters before it; the longest suffix first."""
    rows = (line.split() for line in read_lines("suffixes.txt"))
    suffixes = [(*ending.partition(":")[::2], int(keep)) for keep, *endings in rows for ending in endings]
    return tuple(sorted(suffixes, key=lambda suffix: -len(suffix[0])))


@cache
def _numerals() -> Mapping[str, str]:
    """Word → value, for numbers that are written out."""
    return {word: value for word, value in map(str.split, read_lines("numerals.txt")) if value.isdigit()}


@cache
def _scales() -> Mapping[str, int]:
    """Word → power of ten by which it multiplies the number before it."""
    return {word: int(value[1:]) for word, value in map(str.split, read_lines("numerals.txt")) if value[0] == "*"}
