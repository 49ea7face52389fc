"""Features of a headline: its weighted terms, names, countries, numbers, negation."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum
from typing import NamedTuple, TypeVar

from msgspec import Struct

from digest.stories.text.tables import (
    antonyms,
    casualty_words,
    group_rarities,
    known_names,
    longest_phrase,
    max_rarity,
    negations,
    period_words,
    phrase_heads,
    place_heads,
    places,
    rarities,
    synonym_groups,
)
from digest.stories.text.tokenizer import Token, tokens_of

V = TypeVar("V")
D = TypeVar("D")

NUMBER_WEIGHT = 3.5
"""Weight of a number: strong evidence beside equal words, none by itself."""
MIN_RARITY = 2.6
"""Smallest rarity of a term: a stem in more than a thirteenth of all texts is grammar."""
PEOPLE_WINDOW_WORDS = 3
"""Largest distance in words between a number and the people that it counts."""
RARE_TERM_RARITY, RARE_TERM_LETTERS = 5.0, 5
"""Smallest rarity and length of a word that may be a name with several spellings."""
MAX_CHARACTERS = 1_000
"""Characters of a text that are read: more than any headline has."""


class Features(Struct, frozen=True, kw_only=True, gc=False):
    """Features of a text.

    terms: stem, number or country → weight, in the order of the text.
    synonym_groups: term → its group of synonyms.
    implied_countries: countries of cities in the text; they match a named country, but are no terms.
    casualty_counts: numbers that count people, such as the dead.
    by_positions: number of terms before each `by`.
    antonym_stems: stems that have antonyms.
    periods: period words, such as weekdays and ordinals, each with its kind.
    squared_weight: sum of the squares of the weights.
    rare_terms: terms that may be names with several spellings.
    name_weight: weight of names and countries.
    """

    terms: Mapping[str, float]
    synonym_groups: Mapping[str, str]
    names: frozenset[str]
    countries: frozenset[str]
    implied_countries: frozenset[str]
    numbers: frozenset[str]
    casualty_counts: frozenset[str]
    by_positions: tuple[int, ...]
    antonym_stems: frozenset[str]
    periods: frozenset[tuple[int, str]]
    is_negated: bool
    total_weight: float
    squared_weight: float
    rare_terms: tuple[str, ...]
    name_weight: float


class _Term(NamedTuple):
    """A term with its length in words."""

    key: str
    weight: float
    words: int = 1
    group: str = ""
    is_name: bool = False
    is_country: bool = False
    implied_country: str = ""


@lru_cache(maxsize=1 << 9)
def features_of(text: str) -> Features:
    """Return the features of a headline or sentence."""
    tokens = tokens_of(text[:MAX_CHARACTERS])
    found = _terms_of(tokens)
    terms = {t.key: t.weight for _, t in found}
    numbers = {at: t.number for at, t in enumerate(tokens) if t.number}
    folded = [t.folded for t in tokens]
    names, countries = (
        frozenset([t.key for _, t in found if t.is_name]),
        frozenset([t.key for _, t in found if t.is_country]),
    )
    return Features(
        terms=terms,
        synonym_groups={t.key: t.group for _, t in found if t.group},
        names=names,
        countries=countries,
        implied_countries=frozenset([t.implied_country for _, t in found if t.implied_country]),
        numbers=frozenset(numbers.values()),
        casualty_counts=frozenset([n for at, n in numbers.items() if _counts_people(tokens, at)]),
        by_positions=_by_positions(folded, found) if "by" in folded else (),
        antonym_stems=frozenset(antonyms().keys() & [t.stem for t in tokens]),
        periods=frozenset([(period_words()[w], w) for w in period_words().keys() & folded]),
        is_negated=not negations().isdisjoint(folded),
        total_weight=sum(terms.values()),
        squared_weight=sum([w * w for w in terms.values()]),
        rare_terms=tuple([term for term, weight in terms.items() if _may_have_spellings(term, weight)]),
        name_weight=fsum([terms[t] for t in names | countries]),  # exact, whatever the order of the set
    )


def _terms_of(tokens: Sequence[Token]) -> list[tuple[int, _Term]]:
    """Return the terms of a text, each with the index of its first word."""
    capitals = [t.capital for t in tokens if not t.number]
    no_capitals = not any(capitals)
    title_case = not no_capitals and sum(capitals) > 0.7 * len(capitals)
    terms: list[tuple[int, _Term]] = []
    at = 0
    while at < len(tokens):
        term = _term_at(tokens, at, title_case=title_case, no_capitals=no_capitals)
        if term.weight:
            terms.append((at, term))
        at += term.words
    return terms


def _by_positions(folded: Sequence[str], terms: Sequence[tuple[int, _Term]]) -> tuple[int, ...]:
    """Return the number of different terms before each `by`."""
    return tuple([len({t.key for at, t in terms if at < by}) for by, word in enumerate(folded) if word == "by"])


def _term_at(tokens: Sequence[Token], at: int, *, title_case: bool, no_capitals: bool) -> _Term:
    """Return the term that begins at a token: a place or phrase of the tables, else the single word."""
    token = tokens[at]
    if token.number:
        return _Term(f"#{token.number}", NUMBER_WEIGHT)
    if token.folded in place_heads() and (place := _place_at(tokens, at, no_capitals=no_capitals)):
        return place
    if token.folded in phrase_heads() or token.stem in phrase_heads():
        group, words = _phrase_at(tokens, at)
        if words > 1:
            return _Term("_".join(t.stem for t in tokens[at : at + words]), group_rarities()[group], words, group)
    return _word_term(token, at == 0, title_case, no_capitals)


@lru_cache(maxsize=1 << 14)
def _word_term(token: Token, first: bool, title_case: bool, no_capitals: bool) -> _Term:
    """Return the term of a single word; its weight is 0 for a word that is too common."""
    group = synonym_groups().get((token.folded,)) or synonym_groups().get((token.stem,), "")
    weight = rarities().get(token.stem, max_rarity())
    if weight < MIN_RARITY and not group:
        return _Term(token.stem, 0.0)
    is_name = _is_name(token, first=first, title_case=title_case, no_capitals=no_capitals)
    return _Term(token.stem, weight, 1, group, is_name)


def _phrase_at(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the synonym group of the phrase that begins at a token, and its length; length 1 means no phrase."""
    ahead = tokens[at : at + longest_phrase()]
    for words in ([t.folded for t in ahead], [t.stem for t in ahead]):
        group, length = _longest_match(synonym_groups(), tuple(words), "")
        if length > 1:
            return group, length
    return "", 1


def _place_at(tokens: Sequence[Token], at: int, *, no_capitals: bool) -> _Term | None:
    """Return the place that begins at a token, if it has a capital or the text has none."""
    if not (tokens[at].capital or no_capitals):
        return None
    place, words = _longest_match(places(), tuple(t.folded for t in tokens[at : at + longest_phrase()]), None)
    if not place:
        return None
    key = place.term or place.country
    weight = rarities().get(key, max_rarity())
    if not place.term:
        return _Term(key, weight, words, is_country=True)
    return _Term(key, weight, words, is_name=True, implied_country=place.country)


def _longest_match(table: Mapping[tuple[str, ...], V], words: tuple[str, ...], default: D) -> tuple[V | D, int]:
    """Return the entry for the longest prefix of `words` in the table, and its length."""
    for length in range(len(words), 0, -1):
        if (value := table.get(words[:length])) is not None:
            return value, length
    return default, 1


def _is_name(token: Token, *, first: bool, title_case: bool, no_capitals: bool) -> bool:
    """Return True for a capitalized word inside a sentence; elsewhere the background table decides."""
    if not (token.capital or no_capitals):
        return False
    if first or title_case or no_capitals:
        return token.stem in known_names() or token.stem not in rarities()
    return True


def _may_have_spellings(term: str, weight: float) -> bool:
    return weight > RARE_TERM_RARITY and len(term) >= RARE_TERM_LETTERS and term.isalpha()


def _counts_people(tokens: Sequence[Token], at: int) -> bool:
    near = tokens[max(0, at - PEOPLE_WINDOW_WORDS) : at + PEOPLE_WINDOW_WORDS + 1]
    return any(t.folded in casualty_words() for t in near)
