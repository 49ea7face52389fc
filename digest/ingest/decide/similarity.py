"""Similarity of two article bodies, to find out if one is a corrected or extended form of the other.

By w-shingling (Broder, "On the resemblance and containment of documents", 1997): the share of the shorter body's runs
of four words that the other body contains.
"""

from collections.abc import Sequence

SHINGLE_WORDS = 4
MIN_OVERLAP = 0.5


def are_similar(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return True if the other body contains at least half of the shorter one. Both are Markdown paragraphs."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) >= MIN_OVERLAP * min(len(first), len(second))


def share_most_seals(seals: Sequence[str], others: Sequence[str]) -> bool:
    """Return True if two bodies are similar by the seals of their paragraphs alone. False means: compare the words."""
    shorter = min(len(seals), len(others))
    return shorter > 0 and len(set(seals) & set(others)) > MIN_OVERLAP * shorter


def _shingles(paragraphs: Sequence[str]) -> set[tuple[str, ...]]:
    words = " ".join(paragraphs).casefold().split()
    return {tuple(words[i : i + SHINGLE_WORDS]) for i in range(max(len(words) - SHINGLE_WORDS + 1, 1))}
