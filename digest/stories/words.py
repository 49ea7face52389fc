"""Text → the tokens that threading compares: folded words, their stems, numbers.

A stem is a bucket, not a dictionary form: `elected`, `election` and `elector` share one. The suffix table follows the
idea of Lovins (1968), one longest suffix off and no more, because that is enough to match and quick to explain.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,:–-]\d++)*+)(?:(?:st|nd|rd|th)\b)?(?![^\W\d_])|(?P<word>[^\W_]+(?:[.'&][^\W_]+)*\.?)",
)
_INITIALS = re.compile(r"^(?:[^\W\d_]\.)+[^\W\d_]?\.?$")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‑": "-", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"}
)
_SCALES = {
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "mil": 6,
    "million": 6,
    "b": 9,
    "bn": 9,
    "billion": 9,
    "tn": 12,
    "trillion": 12,
}
_SPELT = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_SCORELINE = re.compile(r"^\d{1,3}[-–]\d{1,3}$")

# Longest first: what goes, and how many letters must stay.
_SUFFIXES = tuple(
    sorted(
        [
            ("ifications", 3), ("ification", 3), ("isations", 3), ("izations", 3), ("isation", 3), ("ization", 3),
            ("ational", 3), ("ations", 3), ("ation", 3), ("ators", 3), ("ator", 3), ("ated", 3), ("ating", 3), ("ates", 4), ("ate", 4),
            ("ising", 3), ("izing", 3), ("ised", 3), ("ized", 3), ("ises", 3), ("izes", 3), ("ise", 3), ("ize", 3),
            ("ements", 4), ("ement", 4), ("ments", 3), ("ment", 3), ("ions", 4), ("ion", 4), ("ors", 4), ("or", 4),
            ("iest", 3), ("iers", 3), ("ier", 3), ("ies", 2), ("ied", 2), ("ying", 2), ("y", 3),
            ("ness", 4), ("fully", 3), ("ful", 4), ("edly", 4), ("ally", 4), ("ly", 3), ("ances", 4), ("ance", 4), ("ences", 4), ("ence", 4),
            ("ings", 3), ("ing", 3), ("eds", 4), ("ed", 3), ("ers", 3), ("er", 3), ("es", 3), ("e", 3), ("s", 3), ("al", 4), ("ive", 4), ("ives", 4),
        ],
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip


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


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and numbers of `text` in order; punctuation parts them and is gone."""
    plain = text.translate(_QUOTES)
    found: list[Token] = []
    for match in _TOKEN.finditer(plain):
        number = match["number"]
        if number:
            found.append(_numeral(number))
        else:
            token = _word(match["word"])
            if found and found[-1].number and token.folded in _SCALES:
                found[-1] = _scaled(found[-1], _SCALES[token.folded])
            elif token.folded:
                found.append(token)
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _word(raw: str) -> Token:
    if _INITIALS.match(raw):
        raw = raw.replace(".", "")
    folded = fold(raw.rstrip("."))
    folded = folded.removesuffix("'s").replace("'", "").replace(".", "")
    capital, upper = raw[:1].isupper(), len(raw) > 1 and raw.isupper()
    if folded == "us" and not upper:
        return Token("us_we", "us_we", "", capital, upper)
    number = str(_SPELT[folded]) if folded in _SPELT else _amount(folded)
    return Token(folded, number or stem_of(folded), number, capital, upper)


def _amount(folded: str) -> str:
    """`400bn` or `6m` written in one."""
    match = re.fullmatch(r"(\d+)([a-z]+)", folded)
    return _times(match[1], _SCALES[match[2]]) if match and match[2] in _SCALES else ""


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
    for suffix, keep in _SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= keep:
            return _closed(folded[: -len(suffix)])
    return folded


def _closed(stem: str) -> str:
    """A doubled last consonant is one: `plann(ed)` → `plan`."""
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls" else stem
