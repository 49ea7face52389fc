"""Tree of YAML nodes with positions, from libyaml or from PyYAML's own parser when PyYAML was built without libyaml.

Tags are not resolved and every scalar stays text: in YAML 1.1, `no` would be false.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap

MAX_DEPTH = 20
_SUSPECT_INDICATORS, _SUSPECT_SIZE = 100, 20_000
_SURROGATES = re.compile("[\ud800-\udfff]")


class _Untyped:
    """Resolver for a PyYAML composer that resolves no tags."""

    def resolve(self, _kind: type, _value: object, _implicit: object) -> None:
        return None

    def descend_resolver(self, _parent: object, _index: object) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


class PurePythonParser(_Untyped, Reader, Scanner, Parser, Composer):
    """PyYAML's own parser."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)

    def resolve(self, _kind: type, value: object, _implicit: object) -> None:
        """Reject escapes of lone surrogates, as libyaml does."""
        if isinstance(value, str) and _SURROGATES.search(value):
            raise yaml.YAMLError("found invalid Unicode character escape code")


if yaml.__with_libyaml__:
    from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs leave it out

    class FastParser(_Untyped, CParser):
        """libyaml."""

else:
    FastParser = PurePythonParser  # type: ignore[misc, assignment] # the same, slower


class UnsafeYamlError(yaml.YAMLError):
    """YAML that could cost far more time or memory than its size; `index` is the position of the character."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


def parse_tree(text: str, parser: Callable[[str], Any] = FastParser) -> Node | None:
    """Return the root of a document, or None for an empty one. Raises yaml.YAMLError."""
    root = compose(text, parser)
    return _node_of(root, set()) if root else None


def compose(text: str, parser: Callable[[str], Any] = FastParser) -> yaml.Node | None:
    """Return the root as a PyYAML node. Raises yaml.YAMLError, UnsafeYamlError for nesting beyond MAX_DEPTH."""
    if len(text) > _SUSPECT_SIZE or sum(map(text.count, "[{-?")) > _SUSPECT_INDICATORS:
        _check_depth(text, parser)
    loader = parser(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return root


def _check_depth(text: str, parser: Callable[[str], Any]) -> None:
    """Raise UnsafeYamlError for nesting beyond MAX_DEPTH.

    Composing recurses in C, where a deep document kills the process; reading events needs no stack. libyaml of PyYAML
    6.0.4 and later stops at a depth of 1,000 before its first event, so the pure parser has the last word on depth.
    """
    try:
        index = _too_deep_at(text, parser)
    except yaml.MarkedYAMLError:
        index = None
        with suppress(yaml.YAMLError):
            index = _too_deep_at(text, PurePythonParser)
        if index is None:
            raise
    if index is not None:
        message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
        raise UnsafeYamlError(message, index)


def _too_deep_at(text: str, parser: Callable[[str], Any]) -> int | None:
    loader = parser(text)
    depth = 0
    try:
        while loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return int(event.start_mark.index)
    finally:
        loader.dispose()
    return None


def _node_of(node: yaml.Node, seen: set[int]) -> Node:
    """Convert a node of PyYAML. A node that is met twice is an alias and raises UnsafeYamlError.

    A tree with aliases can be exponentially larger than its text: https://en.wikipedia.org/wiki/Billion_laughs_attack
    """
    start, end = node.start_mark.index, node.end_mark.index
    if id(node) in seen:
        raise UnsafeYamlError("this value is used again through an alias", start)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, start, end, not node.style)
    if isinstance(node, yaml.MappingNode):
        return YamlMap(tuple((_node_of(key, seen), _node_of(value, seen)) for key, value in node.value), start, end)
    return YamlList(tuple(_node_of(entry, seen) for entry in node.value), start, end)
