"""Where two texts differ, short enough for one line: the words that do, with a few beside them."""

from collections.abc import Sequence
from itertools import takewhile

CONTEXT_WORDS = 3
MAX_CHARS = 120


def diff_excerpts(ours: str, theirs: str) -> tuple[str, str]:
    """Both texts from just before the first word that differs to just after the last, `…` for what is left out."""
    left, right = ours.split(), theirs.split()
    same = _common(left, right)
    rest = min(len(left), len(right)) - same
    behind = min(_common(left[::-1], right[::-1]), rest)
    return _part(left, same, behind), _part(right, same, behind)


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _part(words: Sequence[str], same: int, behind: int) -> str:
    first, last = max(0, same - CONTEXT_WORDS), len(words) - max(0, behind - CONTEXT_WORDS)
    text = f"{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}"
    return text if len(text) <= MAX_CHARS else f"{text[: MAX_CHARS - 1]}…"
