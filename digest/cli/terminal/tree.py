"""Nested reasons as indented text."""

from collections.abc import Iterator

from msgspec import Struct


class Tree(Struct, frozen=True, omit_defaults=True):
    """A line with more detailed lines below it."""

    text: str
    below: tuple["Tree", ...] = ()


def leaves(*lines: str) -> tuple[Tree, ...]:
    """Return one tree for each line."""
    return tuple(map(Tree, lines))


def text_of(tree: Tree) -> str:
    """Return the tree as indented text."""
    return "\n".join(_lines(tree, 0))


def _lines(tree: Tree, depth: int) -> Iterator[str]:
    yield "  " * depth + tree.text
    for inner in tree.below:
        yield from _lines(inner, depth + 1)
