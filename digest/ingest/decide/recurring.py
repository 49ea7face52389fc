"""Headlines that are a new item every day, such as "Stocks in …": the patterns of `[import] recurring`."""

import re
from collections.abc import Callable, Sequence

from digest.wire import normalise_headline

WILDCARD = "…"
# A private-use character, which the normalisation of headlines does not change.
_PLACEHOLDER = "\ue000"


def recurring_matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Return a predicate for headlines that match one of the patterns; `…` stands for any or no words."""
    if not patterns:
        return lambda _: False
    matcher = re.compile("|".join(map(_regex_of, patterns)))
    return lambda headline: matcher.fullmatch(normalise_headline(headline)) is not None


def _regex_of(pattern: str) -> str:
    parts = normalise_headline(pattern.replace(WILDCARD, _PLACEHOLDER)).split(_PLACEHOLDER)
    return ".*".join(map(re.escape, parts))
