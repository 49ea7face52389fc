"""The tables that threading reads, loaded once: how common a stem is, synonyms, opposites, countries."""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from digest.stories.text.data_files import lines_of
from digest.stories.text.tokenizer import fold, stem_of, tokens_of


def stems_of(entry: str) -> tuple[str, ...]:
    """The stems of a table's entry; `_` parts the words of a phrase."""
    return tuple(t.stem for t in tokens_of(entry.replace("_", " ")))


@cache
def rarities() -> Mapping[str, float]:
    """Stem → its inverse document frequency in the background texts, in natural units (0: in every text)."""
    lines = lines_of("background.tsv")
    texts = int(next(lines).split("\t")[1])
    return {stem: math.log(texts / int(n)) for stem, n, _ in (line.split("\t") for line in lines)}


@cache
def rarest() -> float:
    """The rarity of a stem that no background text has."""
    return max(rarities().values()) + 0.7


@cache
def known_names() -> frozenset[str]:
    """Stems that are written with a capital inside a sentence more often than without."""
    return frozenset(stem for stem, _, name in (line.split("\t") for line in lines_of("background.tsv")) if name)


@cache
def groups() -> Mapping[tuple[str, ...], str]:
    """Words or phrase → the first word of their group of synonyms, with `=` before it.

    Words are looked up as they are written (folded) and, for the forms that no line lists, by their stems, where the
    stem belongs to one group only.
    """
    spelt: dict[tuple[str, ...], str] = {}
    stemmed: dict[tuple[str, ...], set[str]] = {}
    for line in lines_of("synonyms.txt"):
        words = line.split()
        for word in words:
            spelt[_parts(word)] = f"={words[0]}"
            stemmed.setdefault(stems_of(word), set()).add(f"={words[0]}")
    return {stems: min(found) for stems, found in stemmed.items() if len(found) == 1} | spelt


@cache
def group_rarities() -> Mapping[str, float]:
    """Group → the rarity of its words taken together; a phrase counts as the rarest word."""
    share: dict[str, float] = {}
    members = {(stems_of("_".join(words)), group) for words, group in groups().items()}
    for stems, group in sorted(members):
        rarity = rarities().get(stems[0], rarest()) if len(stems) == 1 else rarest()
        share[group] = share.get(group, 0.0) + math.exp(-rarity)
    return {group: -math.log(min(1.0, part)) for group, part in share.items()}


class Place(NamedTuple):
    """Meaning of a place name: its country, such as `@peru`, and its own term (none for a country)."""

    country: str
    term: str


@cache
def places() -> Mapping[tuple[str, ...], Place]:
    """Folded words of a name → the place."""
    table = dict(_factbook())
    for line in lines_of("places-own.txt"):
        code, _, names = line.partition(" ")
        for words in names.split():
            if code == "-":
                table.pop(_parts(words), None)
            else:
                table[_parts(words)] = Place(f"@{code[:-1]}", "")
    for line in lines_of("regions.txt"):
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
    """The country that a term names, or in which the place lies that it names; the term itself if it is no place."""
    return _countries().get(term, term)


def _factbook() -> Iterator[tuple[tuple[str, ...], Place]]:
    for words, code, how in (line.split("\t") for line in lines_of("places.tsv")):
        yield _parts(words), Place(f"@{code}", "" if how == "name" else "_".join(stems_of(words)))


def _parts(words: str) -> tuple[str, ...]:
    return tuple(words.split("_"))


@cache
def phrase_heads() -> frozenset[str]:
    """The first words of all phrases that have a group: a quick no for the others."""
    return frozenset(words[0] for words in groups() if len(words) > 1)


@cache
def place_heads() -> frozenset[str]:
    """The same for places."""
    return frozenset(words[0] for words in places())


@cache
def longest_phrase() -> int:
    """Words in the longest place or phrase."""
    return max(len(words) for table in (places(), groups()) for words in table)


@cache
def opposites() -> Mapping[str, frozenset[str]]:
    """Stem → the stems that turn a headline round in its place."""
    table: dict[str, set[str]] = {}
    for line in lines_of("opposites.txt"):
        left, right = ([stem_of(w) for w in side.split()] for side in line.split("|"))
        for a in left:
            for b in right:
                table.setdefault(a, set()).add(b)
                table.setdefault(b, set()).add(a)
    return {stem: frozenset(others) for stem, others in table.items()}


@cache
def negations() -> frozenset[str]:
    """Folded words that deny what stands beside them."""
    return _words("negations.txt")


@cache
def tolls() -> frozenset[str]:
    """Folded words that a number beside them counts."""
    return _words("tolls.txt")


@cache
def routine() -> frozenset[str]:
    """Stems of words that reports use every day."""
    return frozenset(map(stem_of, _words("routine.txt")))


@cache
def periods() -> Mapping[str, int]:
    """Folded word that says which of several → the kind of choice it makes."""
    return {word: kind for kind, line in enumerate(lines_of("periods.txt")) for word in line.split()}


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word.replace("'", "")) for line in lines_of(name) for word in line.split())


@cache
def link_weights() -> Mapping[str, float]:
    """Signal → its weight in the log-odds of belonging together; `bias` is the constant."""
    return {name: float(weight) for name, weight in (line.split("\t") for line in lines_of("links.tsv"))}
