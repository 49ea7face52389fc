"""Tables for threading, loaded once: rarity of stems, synonyms, antonyms, places, weights of the regression."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from digest.stories.text.data_files import read_lines
from digest.stories.text.tokenizer import fold, stem_of, tokens_of


def stems_of(entry: str) -> tuple[str, ...]:
    """Return the stems of an entry of a table; `_` separates the words of a phrase."""
    return tuple(t.stem for t in tokens_of(entry.replace("_", " ")))


@cache
def rarities() -> Mapping[str, float]:
    """Stem → inverse document frequency in the background texts, as a natural logarithm (0: in every text)."""
    lines = read_lines("background.tsv")
    texts = int(next(lines).split("\t")[1])
    return {stem: math.log(texts / int(n)) for stem, n, _ in (line.split("\t") for line in lines)}


@cache
def max_rarity() -> float:
    """Rarity of a stem that no background text has."""
    return max(rarities().values()) + 0.7


@cache
def known_names() -> frozenset[str]:
    """Stems that have a capital inside a sentence more often than not."""
    return frozenset(stem for stem, _, name in (line.split("\t") for line in read_lines("background.tsv")) if name)


@cache
def synonym_groups() -> Mapping[tuple[str, ...], str]:
    """Words of a term → name of its synonym group: `=` and the first word of the group.

    Keys are the folded words of the table and, for forms that no line lists, the stems that belong to one group only.
    """
    listed: dict[tuple[str, ...], str] = {}
    stemmed: dict[tuple[str, ...], set[str]] = {}
    for line in read_lines("synonyms.txt"):
        words = line.split()
        for word in words:
            listed[_parts(word)] = f"={words[0]}"
            stemmed.setdefault(stems_of(word), set()).add(f"={words[0]}")
    return {stems: min(names) for stems, names in stemmed.items() if len(names) == 1} | listed


@cache
def group_rarities() -> Mapping[str, float]:
    """Synonym group → rarity of its words taken together; a phrase counts as the rarest word."""
    frequency: dict[str, float] = {}
    members = {(stems_of("_".join(words)), group) for words, group in synonym_groups().items()}
    for stems, group in sorted(members):
        rarity = rarities().get(stems[0], max_rarity()) if len(stems) == 1 else max_rarity()
        frequency[group] = frequency.get(group, 0.0) + math.exp(-rarity)
    return {group: -math.log(min(1.0, total)) for group, total in frequency.items()}


class Place(NamedTuple):
    """A place: its country, such as `@peru`, and its own term (empty for a country)."""

    country: str
    term: str


@cache
def places() -> Mapping[tuple[str, ...], Place]:
    """Folded words of a name → the place."""
    table = dict(_factbook())
    for line in read_lines("places-own.txt"):
        code, _, names = line.partition(" ")
        for words in names.split():
            if code == "-":
                table.pop(_parts(words), None)
            else:
                table[_parts(words)] = Place(f"@{code[:-1]}", "")
    for line in read_lines("regions.txt"):
        code, _, names = line.partition(" ")
        for name in names.split():
            aliases = name.split("=")
            table |= {_parts(alias): Place(f"@{code[:-1]}", "_".join(stems_of(aliases[0]))) for alias in aliases}
    plural = {(*words[:-1], words[-1] + "s"): place for words, place in table.items() if not place.term}
    return plural | table


@cache
def _countries() -> Mapping[str, str]:
    return {place.term or place.country: place.country for place in places().values()}


def country_of(term: str) -> str:
    """Return the country of a term that names a country or a place; the term itself if it is neither."""
    return _countries().get(term, term)


def _factbook() -> Iterator[tuple[tuple[str, ...], Place]]:
    for words, code, kind in (line.split("\t") for line in read_lines("places.tsv")):
        yield _parts(words), Place(f"@{code}", "" if kind == "name" else "_".join(stems_of(words)))


def _parts(words: str) -> tuple[str, ...]:
    return tuple(words.split("_"))


@cache
def phrase_heads() -> frozenset[str]:
    """First words of all phrases in `synonym_groups`, to skip other words quickly."""
    return frozenset(words[0] for words in synonym_groups() if len(words) > 1)


@cache
def place_heads() -> frozenset[str]:
    """First words of all places, to skip other words quickly."""
    return frozenset(words[0] for words in places())


@cache
def longest_phrase() -> int:
    """Number of words of the longest place or phrase."""
    return max(len(words) for table in (places(), synonym_groups()) for words in table)


@cache
def antonyms() -> Mapping[str, frozenset[str]]:
    """Stem → stems with the opposite meaning."""
    table: dict[str, set[str]] = {}
    for line in read_lines("opposites.txt"):
        left, right = ([stem_of(w) for w in side.split()] for side in line.split("|"))
        for a in left:
            for b in right:
                table.setdefault(a, set()).add(b)
                table.setdefault(b, set()).add(a)
    return {stem: frozenset(opposites) for stem, opposites in table.items()}


@cache
def negations() -> frozenset[str]:
    """Folded words that negate."""
    return _words("negations.txt")


@cache
def casualty_words() -> frozenset[str]:
    """Folded words for people that a number counts, such as `dead`."""
    return _words("tolls.txt")


@cache
def routine_stems() -> frozenset[str]:
    """Stems of words in daily reports."""
    return frozenset(map(stem_of, _words("routine.txt")))


@cache
def period_words() -> Mapping[str, int]:
    """Folded period word (weekday, ordinal, men's or women's, …) → number of its kind."""
    return {word: kind for kind, line in enumerate(read_lines("periods.txt")) for word in line.split()}


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word.replace("'", "")) for line in read_lines(name) for word in line.split())


@cache
def link_weights() -> Mapping[str, float]:
    """Feature → weight in the log-odds of one story; `bias` is the constant."""
    return {name: float(weight) for name, weight in (line.split("\t") for line in read_lines("links.tsv"))}
