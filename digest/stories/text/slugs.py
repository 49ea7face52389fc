"""Slug of a new story: the most distinctive words of its first headline."""

from collections.abc import Container
from itertools import count

from digest.stories.text.tables import antonyms, known_names, max_rarity, negations, period_words, rarities
from digest.stories.text.tokenizer import Token, tokens_of

MAX_WORDS = 4
MIN_WORDS = 2
MIN_RARITY = 3.5
"""Smallest rarity of a distinctive word: it is in fewer than a thirtieth of all texts."""
MAX_WORD_LENGTH = 24
"""Characters of one word that are used."""


def story_slug_of(title: str) -> str:
    """Return two to four distinctive words of a headline in its order, joined by `-`; `story` if it has no word.

    Words that an update may contradict rank last, since a story outlives its first headline.
    """
    by_word = {t.folded: t for t in reversed(tokens_of(title)) if t.folded.isascii() and t.folded.isalnum()}
    ordered = list(reversed(by_word.values()))
    weighted = [(-_weight(t), at, t) for at, t in enumerate(ordered)]
    ranked = [(t, -weight) for weight, _, t in sorted(weighted)]
    distinctive = [t for t, weight in ranked if weight >= MIN_RARITY][:MAX_WORDS]
    chosen = distinctive if len(distinctive) >= MIN_WORDS else [t for t, _ in ranked[:MIN_WORDS]]
    return "-".join(t.folded[:MAX_WORD_LENGTH] for t in ordered if t in chosen) or "story"


def unique_slug(slug: str, taken: Container[str], start: int = 2) -> str:
    """Return the slug itself, or the slug with the first free number from `start`."""
    if slug not in taken:
        return slug
    return next(numbered for n in count(start) if (numbered := f"{slug}-{n}") not in taken)


def _weight(token: Token) -> float:
    rarity = rarities().get(token.stem, max_rarity())
    if token.number or token.stem in antonyms() or token.folded in period_words() or token.folded in negations():
        return rarity - 2 * MIN_RARITY
    return rarity + (1 if token.capital and token.stem in known_names() else 0)
