"""Excerpts that show the difference of two texts on one line each."""

from collections.abc import Sequence
from itertools import takewhile

CONTEXT_WORDS = 3
MAX_CHARS = 120


def diff_excerpts(ours: str, theirs: str) -> tuple[str, str]:
    """Return both texts from the first to the last differing word, with context; `…` marks what is left out."""
    left, right = ours.split(), theirs.split()
    prefix = _common_prefix(left, right)
    suffix = min(_common_prefix(left[::-1], right[::-1]), min(len(left), len(right)) - prefix)
    return _excerpt(left, prefix, suffix), _excerpt(right, prefix, suffix)


def _common_prefix(left: Sequence[str], right: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _excerpt(words: Sequence[str], prefix: int, suffix: int) -> str:
    first, last = max(0, prefix - CONTEXT_WORDS), len(words) - max(0, suffix - CONTEXT_WORDS)
    text = f"{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}"
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS - 1]}…"
