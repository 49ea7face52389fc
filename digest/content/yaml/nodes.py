"""Nodes of a YAML tree. `start` and `end` are indexes of characters in the text."""

from typing import TypeAlias

from msgspec import Struct


class Scalar(Struct, frozen=True, gc=False):
    """A scalar as text; `plain` is False for quoted and block scalars."""

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
    """A mapping: its pairs as written, including duplicate keys."""

    pairs: "tuple[tuple[Node, Node], ...]"
    start: int
    end: int


Node: TypeAlias = Scalar | YamlList | YamlMap
