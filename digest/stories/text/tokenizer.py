"""Text → the tokens that threading compares: folded words, their stems, numbers.

A stem is a bucket, not a dictionary form: `elected`, `election` and `elector` share one. The suffix table follows the
idea of Lovins (1968), one longest suffix off and no more, because that is enough to match and quick to explain.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from digest.stories.text.data_files import lines_of

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
    """One word of a text. `folded` is lower case without accents and possessive; `stem` its bucket.

    `number` is the value of a number as text (`400000000000`, `2-1` for a score line), else empty. `capital` says that
    it was written with a capital, `upper` that all of it was.
    """

    folded: str
    stem: str
    number: str
    capital: bool
    upper: bool


@lru_cache(maxsize=1 << 9)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and numbers of `text` in order; punctuation parts them and is gone."""
    plain = (html.unescape(text) if "&" in text else text).translate(_QUOTES)
    found: list[Token] = []
    for match in _TOKEN.finditer(plain):
        number = match["number"]
        if number:
            found.append(_numeral(number))
        else:
            token = _word(match["word"])
            if found and found[-1].number and token.folded in _scales():
                found[-1] = _scaled(found[-1], _scales()[token.folded])
            elif token.folded:
                found.append(token)
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> Token:
    if _INITIALS.match(raw):
        raw = raw.replace(".", "")
    folded = fold(raw.rstrip("."))
    folded = _CONTRACTED.get(folded, folded).removesuffix("'s").replace("'", "").replace(".", "")
    capital, upper = raw[:1].isupper(), len(raw) > 1 and raw.isupper()
    if folded == "us" and not upper:
        return Token("us_we", "us_we", "", capital, upper)
    number = _spelt().get(folded) or _amount(folded)
    return Token(folded, number or stem_of(folded), number, capital, upper)


def _amount(folded: str) -> str:
    """`400bn` or `6m` written in one."""
    match = re.fullmatch(r"(\d+)([a-z]+)", folded)
    return _times(match[1], _scales()[match[2]]) if match and match[2] in _scales() else ""


@lru_cache(maxsize=1 << 14)
def _numeral(raw: str) -> Token:
    value = raw.replace("–", "-") if _SCORELINE.match(raw) else raw.replace(",", "")
    return Token(value, value, value, capital=False, upper=False)


def _scaled(token: Token, power: int) -> Token:
    value = _times(token.number, power)
    return Token(value, value, value, capital=False, upper=False)


def _times(number: str, power: int) -> str:
    """A decimal number times a power of ten, exactly: no floats, so that equal amounts are equal texts."""
    whole, _, part = number.partition(".")
    if not (whole + part).isdigit():
        return number
    return (whole + part[:power].ljust(power, "0") + ("." + part[power:] if part[power:] else "")).lstrip("0") or "0"


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Lower case, accents off."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word).lower() if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def stem_of(folded: str) -> str:
    """The bucket of a folded word."""
    if len(folded) < 4 or not folded.isalpha() or folded.endswith("ss"):
        return folded
    for ending, added, keep in _suffixes():
        if folded.endswith(ending) and len(folded) - len(ending) >= keep:
            return _mended(folded[: -len(ending)], added)
    return folded


def _mended(stem: str, added: str) -> str:
    """Complete a stem after its ending is removed: `planned` → `plan`, `voting` → `vote`, `parties` → `parti`."""
    if added == "i":
        return stem + "i"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
        return stem[:-1]
    return stem + "e" if added == "e" and _SHORT.match(stem) else stem


@cache
def _suffixes() -> tuple[tuple[str, str, int], ...]:
    """Each ending, what is added for it, and how many letters must stay before it, the longest ending first."""
    rows = (line.split() for line in lines_of("suffixes.txt"))
    parted = [(*ending.partition(":")[::2], int(keep)) for keep, *endings in rows for ending in endings]
    return tuple(sorted(parted, key=lambda suffix: -len(suffix[0])))


@cache
def _spelt() -> Mapping[str, str]:
    """Word → its value, for numbers that are written out."""
    return {word: value for word, value in map(str.split, lines_of("numerals.txt")) if value.isdigit()}


@cache
def _scales() -> Mapping[str, int]:
    """Word → the power of ten that it multiplies the number before it by."""
    return {word: int(value[1:]) for word, value in map(str.split, lines_of("numerals.txt")) if value[0] == "*"}
