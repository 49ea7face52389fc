"""A text → its gist: the terms that carry it with their weights, which are names, its countries and numbers."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum
from typing import NamedTuple, TypeVar

from msgspec import Struct

from digest.stories.text.tables import (
    group_rarities,
    groups,
    known_names,
    longest_phrase,
    negations,
    opposites,
    periods,
    phrase_heads,
    place_heads,
    places,
    rarest,
    rarities,
    tolls,
)
from digest.stories.text.tokenizer import Token, tokens_of

V = TypeVar("V")
N = TypeVar("N")

NUMBER = 3.5
"""The rarity of a number: it says much beside the same words and nothing alone."""
COMMON = 2.6
"""A stem of a lower rarity (in a thirteenth of all texts) is grammar, and carries nothing."""
REACH = 3
"""Words between a number and what it counts."""
RARE, LETTERS = 5.0, 5
"""Rarity above which, and letters from which on, a word may be a name spelt otherwise."""
LENGTH = 1_000
"""Characters of a text that are read: more than any headline has."""


class Gist(Struct, frozen=True, kw_only=True, gc=False):
    """Features of a text. `terms`: stem, number or country → weight; `group`: stem → its group of synonyms.

    `within` are countries that a city of theirs implies: they can agree with a country named, but add nothing alone.
    `terms` are in the order of the text; `bys` says before which of them, counted from 0, a `by` stands. `counts` are
    the numbers that count people, such as the dead. `poles` are the stems that have opposites, `periods` the words that
    say which of several with their kind, `denies` whether there is a negation. `total` is the sum of the weights,
    `power` that of their squares. `rare` are the terms that may be names spelt otherwise, `named` is the weight of the
    names and countries.
    """

    terms: Mapping[str, float]
    group: Mapping[str, str]
    names: frozenset[str]
    countries: frozenset[str]
    within: frozenset[str]
    numbers: frozenset[str]
    counts: frozenset[str]
    bys: tuple[int, ...]
    poles: frozenset[str]
    periods: frozenset[tuple[int, str]]
    denies: bool
    total: float
    power: float
    rare: tuple[str, ...]
    named: float


class _Part(NamedTuple):
    """One term as read: how many words it takes, and what it is."""

    key: str
    weight: float
    words: int = 1
    group: str = ""
    name: bool = False
    country: bool = False
    within: str = ""


@lru_cache(maxsize=1 << 9)
def gist_of(text: str) -> Gist:
    """The gist of a headline or sentence; the same for the same text."""
    found = tokens_of(text[:LENGTH])
    parts = _parts_of(found)
    terms = {p.key: p.weight for _, p in parts}
    numbers = {at: t.number for at, t in enumerate(found) if t.number}
    folded = [t.folded for t in found]
    names, countries = frozenset([p.key for _, p in parts if p.name]), frozenset([p.key for _, p in parts if p.country])
    return Gist(
        terms=terms,
        group={p.key: p.group for _, p in parts if p.group},
        names=names,
        countries=countries,
        within=frozenset([p.within for _, p in parts if p.within]),
        numbers=frozenset(numbers.values()),
        counts=frozenset([n for at, n in numbers.items() if _counts_people(found, at)]),
        bys=_bys(folded, parts) if "by" in folded else (),
        poles=frozenset(opposites().keys() & [t.stem for t in found]),
        periods=frozenset([(periods()[w], w) for w in periods().keys() & folded]),
        denies=not negations().isdisjoint(folded),
        total=sum(terms.values()),
        power=sum([w * w for w in terms.values()]),
        rare=tuple([t for t, w in terms.items() if w > RARE and len(t) >= LETTERS and t.isalpha()]),
        named=fsum([terms[t] for t in names | countries]),  # exact, whatever the order of the set
    )


def _parts_of(found: Sequence[Token]) -> list[tuple[int, _Part]]:
    """The terms with the index of their first word."""
    written = [t.capital for t in found if not t.number]
    plain = not any(written)
    titled = not plain and sum(written) > 0.7 * len(written)
    parts: list[tuple[int, _Part]] = []
    at = 0
    while at < len(found):
        part = _part_at(found, at, titled=titled, plain=plain)
        if part.weight:
            parts.append((at, part))
        at += part.words
    return parts


def _bys(folded: Sequence[str], parts: Sequence[tuple[int, _Part]]) -> tuple[int, ...]:
    """Return the number of different terms before each `by`."""
    return tuple([len({p.key for at, p in parts if at < by}) for by, word in enumerate(folded) if word == "by"])


def _part_at(found: Sequence[Token], at: int, *, titled: bool, plain: bool) -> _Part:
    """The term that begins at a token: a place or phrase if the tables know one, else the word itself."""
    token = found[at]
    if token.number:
        return _Part(f"#{token.number}", NUMBER)
    if token.folded in place_heads() and (place := _place_at(found, at, plain=plain)):
        return place
    if token.folded in phrase_heads() or token.stem in phrase_heads():
        group, words = _phrase_at(found, at)
        if words > 1:
            return _Part("_".join(t.stem for t in found[at : at + words]), group_rarities()[group], words, group)
    return _word_part(token, at == 0, titled, plain)


@lru_cache(maxsize=1 << 14)
def _word_part(token: Token, first: bool, titled: bool, plain: bool) -> _Part:
    """Return the feature of a single word."""
    group = groups().get((token.folded,)) or groups().get((token.stem,), "")
    weight = rarities().get(token.stem, rarest())
    if weight < COMMON and not group:
        return _Part(token.stem, 0.0)
    return _Part(token.stem, weight, 1, group, _is_name(token, first=first, titled=titled, plain=plain))


def _phrase_at(found: Sequence[Token], at: int) -> tuple[str, int]:
    """The group of synonyms that the words from here on belong to, and how many words they are; one is no phrase."""
    ahead = found[at : at + longest_phrase()]
    for words in ([t.folded for t in ahead], [t.stem for t in ahead]):
        group, length = _longest(groups(), tuple(words), "")
        if length > 1:
            return group, length
    return "", 1


def _place_at(found: Sequence[Token], at: int, *, plain: bool) -> _Part | None:
    if not (found[at].capital or plain):
        return None
    place, words = _longest(places(), tuple(t.folded for t in found[at : at + longest_phrase()]), None)
    if not place:
        return None
    if not place.term:
        return _Part(place.country, rarities().get(place.country, rarest()), words, country=True)
    return _Part(place.term, rarities().get(place.term, rarest()), words, name=True, within=place.country)


def _longest(table: Mapping[tuple[str, ...], V], words: tuple[str, ...], none: N) -> tuple[V | N, int]:
    """The entry for the longest run of words from the first on, and its length."""
    for length in range(len(words), 0, -1):
        if (value := table.get(words[:length])) is not None:
            return value, length
    return none, 1


def _is_name(token: Token, *, first: bool, titled: bool, plain: bool) -> bool:
    """A capital inside a sentence makes a name; where all words have one, or none has, the background decides."""
    if not (token.capital or plain):
        return False
    if first or titled or plain:
        return token.stem in known_names() or token.stem not in rarities()
    return True


def _counts_people(found: Sequence[Token], at: int) -> bool:
    near = found[max(0, at - REACH) : at + REACH + 1]
    return any(t.folded in tolls() for t in near)
