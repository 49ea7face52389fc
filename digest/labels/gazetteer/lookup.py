"""Gazetteer lookup: loads the compiled tables and finds their terms in a text, in one pass.

A table is a file `tables/KIND.tsv` with the columns `term`, `about`, `category`, `flags`, `source`. `about` lists
ISO 3166 countries or slugs of default regions, `category` slugs of default categories; each may end in `:WEIGHT`.

The flags of a term:

    ~   ambiguous: the term has other meanings; it counts in full only beside other evidence for its region
    C   also a common word: it counts only with a capital, where the text uses capitals
    A   acronym: it counts only in capitals (`US`, `WHO`)
"""

from collections.abc import Iterator, Mapping
from importlib import resources

import msgspec
from msgspec import Struct

from digest.labels.text.function_words import PRONOUN_US_CONTEXT
from digest.labels.text.tokenizer import Style, Text

GAZETTEER_FILE = "gazetteer.msgpack"
Weights = tuple[tuple[str, float], ...]


class Reading(Struct, frozen=True, array_like=True):
    """One row of a table: countries, regions and categories that a term stands for, in the default taxonomy.

    `table` is the stem of its file name.
    """

    table: str
    about: Weights
    categories: Weights
    flags: str = ""


class Gazetteer(Struct, frozen=True, array_like=True):
    """Compiled tables.

    `terms` maps the key of a term to its index in `readings`; `max_words` maps a first word to the number of words of
    the longest term that begins with it.
    """

    digest: str
    terms: dict[str, int]
    readings: tuple[tuple[Reading, ...], ...]
    max_words: dict[str, int]


class Hit(Struct):
    """A term found in a text: words `start` to `end` (exclusive).

    `entry` is its index in `Gazetteer.readings`; `ambiguity` is the probability (0–1) that the words are not the name.
    """

    start: int
    end: int
    entry: int
    ambiguity: float


def load_gazetteer() -> Gazetteer:
    """Read the compiled tables of the package."""
    data = resources.files("digest.labels").joinpath("data", GAZETTEER_FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Gazetteer)


def find_terms(
    text: Text, terms: Mapping[str, int], max_words: Mapping[str, int], flags: tuple[str, ...]
) -> Iterator[Hit]:
    """Yield the terms in a text from left to right: at each word the longest term, without overlaps.

    `flags` holds the case flag of each entry (see `case_flag_of`).
    """
    keys, at, count = text.keys, 0, len(text.keys)
    while at < count:
        longest = max_words.get(keys[at], 0)
        step = 1
        for size in range(min(longest, count - at), 0, -1):
            entry = terms.get(" ".join(keys[at : at + size]) if size > 1 else keys[at])
            if entry is None:
                continue
            ambiguity = _ambiguity(text, at, flags[entry]) if flags[entry] else 0.0
            if ambiguity < 1.0:
                yield Hit(at, at + size, entry, ambiguity)
                step = size
                break
        at += step


def _ambiguity(text: Text, at: int, flags: str) -> float:
    """Return the probability that the words at `at` are not the name; 1.0 means certainly not."""
    form, style = text.forms[at], text.style
    if "A" in flags:
        return _acronym_ambiguity(text, at)
    if "C" not in flags:
        return 0.0
    if style is Style.SENTENCE:
        return (0.4 if at == 0 else 0.0) if form[0].isupper() else 1.0
    return 0.5


def _acronym_ambiguity(text: Text, at: int) -> float:
    form, style = text.forms[at], text.style
    if style in {Style.SENTENCE, Style.TITLE}:
        return 0.0 if form.isupper() else 1.0
    if text.keys[at] == "us":
        return 1.0 if at and text.keys[at - 1] in PRONOUN_US_CONTEXT else 0.2
    return 0.6 if style is Style.UPPER else 1.0
