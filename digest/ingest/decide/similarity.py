"""Whether two bodies are one article, one of them perhaps corrected or longer.

By w-shingling (Broder, "On the resemblance and containment of documents", 1997): how many of the shorter one's runs of
four words the other has as well.
"""

from collections.abc import Sequence

SHINGLE_WORDS = 4
MIN_OVERLAP = 0.5


def are_similar(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether at least half of the shorter body stands in the other one; both as paragraphs of Markdown."""
    first, second = _runs(one), _runs(other)
    return len(first & second) >= MIN_OVERLAP * min(len(first), len(second))


def share_most_seals(seals: Sequence[str], others: Sequence[str]) -> bool:
    """The same told from the seals of paragraphs alone; False may be wrong, True never is."""
    shorter = min(len(seals), len(others))
    return shorter > 0 and len(set(seals) & set(others)) > MIN_OVERLAP * shorter


def _runs(paragraphs: Sequence[str]) -> set[tuple[str, ...]]:
    words = " ".join(paragraphs).casefold().split()
    return {tuple(words[i : i + SHINGLE_WORDS]) for i in range(max(len(words) - SHINGLE_WORDS + 1, 1))}
