"""The nodes of a YAML tree. `start` and `end` count characters from the beginning of the text."""

from typing import TypeAlias

from msgspec import Struct


class Scalar(Struct, frozen=True, gc=False):
    """A text; `plain` when it is not in quotes and no block."""

    text: str
    start: int
    end: int
    plain: bool


class YamlList(Struct, frozen=True):
    """A sequence."""

    entries: "tuple[Node, ...]"
    start: int
    end: int


class YamlMap(Struct, frozen=True):
    """A mapping: its pairs as written, equal keys and all."""

    pairs: "tuple[tuple[Node, Node], ...]"
    start: int
    end: int


Node: TypeAlias = Scalar | YamlList | YamlMap
