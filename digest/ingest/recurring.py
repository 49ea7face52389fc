"""Headlines that are new every day, such as "Stocks in …": patterns of `[import] recurring`."""

import re
from collections.abc import Callable, Sequence

from digest.wire import normalised

WILDCARD = "…"


def recurs(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a headline is of one of these patterns; `…` stands for any words, or for none."""
    if not patterns:
        return lambda _: False
    matcher = re.compile("|".join(map(_regex, patterns)))
    return lambda headline: matcher.fullmatch(normalised(headline)) is not None


def _regex(pattern: str) -> str:
    """A pattern as it is compared; a space beside the wildcard means that a word begins or ends there."""
    parts = pattern.split(WILDCARD)
    words = [re.escape(normalised(part)) if part.strip() else "" for part in parts]
    regex = words[0]
    for before, word, part in zip(parts, words[1:], parts[1:], strict=False):
        regex += (r"\b" if before[-1:].isspace() else "") + ".*" + (r"\b" if part[:1].isspace() and word else "") + word
    return regex
