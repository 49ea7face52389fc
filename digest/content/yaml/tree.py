"""YAML text as a tree of nodes that know where they stand; every scalar stays text.

The front matter that import writes is plain enough for `plainyaml`, which takes a quarter of the time; all else goes to
libyaml, or to PyYAML's own parser where PyYAML was built without it. They are told to look for no tags, since what a
scalar means is not for YAML to say (in YAML 1.1, `no` would be false).
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from digest.content.yaml.nodes import Node, Scalar, YamlList, YamlMap

MAX_DEPTH = 20
_SUSPECT_SIGNS, _SUSPECT_SIZE = 100, 20_000
_HALVES = re.compile("[\ud800-\udfff]")


class _Untyped:
    """What a composer asks of a resolver, answered with nothing."""

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
        """As strict as libyaml about escapes that stand for half a character."""
        if isinstance(value, str) and _HALVES.search(value):
            raise yaml.YAMLError("found invalid Unicode character escape code")


if yaml.__with_libyaml__:
    from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs leave it out

    class FastParser(_Untyped, CParser):
        """libyaml."""

else:
    FastParser = PurePythonParser  # type: ignore[misc, assignment] # the same, slower


class UnsafeYamlError(yaml.YAMLError):
    """YAML that a page may not use, from the character at `index` on: it could cost far more than its size."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.index = index


def parse_tree(text: str, parser: Callable[[str], Any] = FastParser) -> Node | None:
    """The root of a document, None for an empty one. Raises yaml.YAMLError."""
    root = compose(text, parser)
    return _node_of(root, set()) if root else None


def compose(text: str, parser: Callable[[str], Any] = FastParser) -> yaml.Node | None:
    """The root as PyYAML has it. Raises yaml.YAMLError, also for what is nested too deeply to be safe."""
    if len(text) > _SUSPECT_SIZE or sum(map(text.count, "[{-?")) > _SUSPECT_SIGNS:
        _check_depth(text, parser)
    loader = parser(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return root


def _check_depth(text: str, parser: Callable[[str], Any]) -> None:
    """Composing recurses in C, where a deep document ends the process; events come one by one and cost no stack."""
    loader = parser(text)
    depth = 0
    try:
        while loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
                raise UnsafeYamlError(message, event.start_mark.index)
    finally:
        loader.dispose()


def _node_of(node: yaml.Node, seen: set[int]) -> Node:
    """PyYAML's node as ours. One that stands at two places is there by an alias.

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
