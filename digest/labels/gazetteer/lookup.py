"""The tables in their compiled form, and the one pass that finds their terms in a text.

A table is a file `tables/KIND.tsv` with the columns `term`, `about`, `category`, `flags`, `source`. `about` lists
ISO 3166 countries or slugs of default regions, `category` slugs of default categories; each may end in `:WEIGHT`.

The flags of a term:

    ~   ambiguous: has other meanings or readings, counts in full only beside a second witness of its region
    C   a common word as well: only with a capital, where the text has capitals to tell
    A   a word unless in capitals (`US`, `WHO`)
"""

from collections.abc import Iterator, Mapping
from importlib import resources

import msgspec
from msgspec import Struct

from digest.labels.text.function_words import GIVES_TO_US
from digest.labels.text.tokenizer import Style, Text

FILE = "gazetteer.msgpack"
Weights = tuple[tuple[str, float], ...]


class Reading(Struct, frozen=True, array_like=True):
    """One row of a table: what a term speaks for, in the words of the default taxonomy."""

    kind: str
    about: Weights
    categories: Weights
    flags: str = ""


class Gazetteer(Struct, frozen=True, array_like=True):
    """`terms` leads from a term's key to its place in `readings`; `reach` from a first word to its longest term."""

    digest: str
    terms: dict[str, int]
    readings: tuple[tuple[Reading, ...], ...]
    reach: dict[str, int]


class Hit(Struct):
    """A term found: words `start` to `end` (exclusive) of the text. `doubt` 0–1 is what its capitals leave open."""

    start: int
    end: int
    entry: int
    doubt: float


def load_gazetteer() -> Gazetteer:
    """The compiled tables that the package ships."""
    data = resources.files("digest.labels").joinpath("data", FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Gazetteer)


def hits(text: Text, terms: Mapping[str, int], reach: Mapping[str, int], flags: tuple[str, ...]) -> Iterator[Hit]:
    """The terms in a text from left to right, the longest first, none overlapping. `flags` are those of each entry."""
    keys, at, count = text.keys, 0, len(text.keys)
    while at < count:
        longest = reach.get(keys[at], 0)
        step = 1
        for size in range(min(longest, count - at), 0, -1):
            entry = terms.get(" ".join(keys[at : at + size]) if size > 1 else keys[at])
            if entry is None:
                continue
            doubt = _doubt(text, at, flags[entry]) if flags[entry] else 0.0
            if doubt < 1.0:
                yield Hit(at, at + size, entry, doubt)
                step = size
                break
        at += step


def _doubt(text: Text, at: int, flags: str) -> float:
    """Return the probability that the words at `at` are not the name; 1.0 means certainly not."""
    form, style = text.forms[at], text.style
    if "A" in flags:
        return _doubt_of_capitals(text, at)
    if "C" not in flags:
        return 0.0
    if style is Style.SENTENCE:
        return (0.4 if at == 0 else 0.0) if form[0].isupper() else 1.0
    return 0.5


def _doubt_of_capitals(text: Text, at: int) -> float:
    form, style = text.forms[at], text.style
    if style in {Style.SENTENCE, Style.TITLE}:
        return 0.0 if form.isupper() else 1.0
    if text.keys[at] == "us":
        return 1.0 if at and text.keys[at - 1] in GIVES_TO_US else 0.2
    return 0.6 if style is Style.UPPER else 1.0
