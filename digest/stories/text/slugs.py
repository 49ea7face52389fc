"""The slug of a new story: the few words of its first headline that no other headline would have."""

from collections.abc import Container
from itertools import count

from digest.stories.text.tables import known_names, negations, opposites, periods, rarest, rarities
from digest.stories.text.tokenizer import Token, tokens_of

WORDS = 4
LEAST_WORDS = 2
LEAST = 3.5
"""The rarity below which a word distinguishes nothing (in a thirtieth of all texts)."""
LONGEST = 24
"""Characters of one word that go into a slug."""


def story_slug_of(title: str) -> str:
    """Two to four distinctive words of a headline in its order, joined by `-`; `story` if it has no word at all.

    Words that an update would turn round come last: a story outlives its first headline.
    """
    found = {t.folded: t for t in reversed(tokens_of(title)) if t.folded.isascii() and t.folded.isalnum()}
    ordered = list(reversed(found.values()))
    weighed = [(-_weight(t), at, t) for at, t in enumerate(ordered)]
    ranked = [(t, -weight) for weight, _, t in sorted(weighed)]
    telling = [t for t, weight in ranked if weight >= LEAST][:WORDS]
    chosen = telling if len(telling) >= LEAST_WORDS else [t for t, _ in ranked[:LEAST_WORDS]]
    return "-".join(t.folded[:LONGEST] for t in ordered if t in chosen) or "story"


def unique(slug: str, taken: Container[str], start: int = 2) -> str:
    """The slug itself, or with the first number from `start` that is free."""
    if slug not in taken:
        return slug
    return next(numbered for n in count(start) if (numbered := f"{slug}-{n}") not in taken)


def _weight(token: Token) -> float:
    rarity = rarities().get(token.stem, rarest())
    if token.number or token.stem in opposites() or token.folded in periods() or token.folded in negations():
        return rarity - 2 * LEAST
    return rarity + (1 if token.capital and token.stem in known_names() else 0)
