"""Headlines that are new every day, such as "Stocks in …": patterns of `[import] recurring`."""

import re
from collections.abc import Callable, Sequence

from digest.wire import normalise_headline

WILDCARD = "…"
# A private character, which comparing headlines leaves as it is.
_STAND_IN = "\ue000"


def recurring_matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a headline is of one of these patterns; `…` stands for any words, or for none."""
    if not patterns:
        return lambda _: False
    matcher = re.compile("|".join(map(_regex, patterns)))
    return lambda headline: matcher.fullmatch(normalise_headline(headline)) is not None


def _regex(pattern: str) -> str:
    parts = normalise_headline(pattern.replace(WILDCARD, _STAND_IN)).split(_STAND_IN)
    return ".*".join(map(re.escape, parts))
