"""YAML text as a tree of nodes that know where they stand; every scalar stays text.

libyaml reads it where PyYAML was built with it, which is some ten times faster; else PyYAML's own parser does. Either
is told to look for no tags, since what a scalar means is not for YAML to say (in YAML 1.1, `no` would be false).
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

DEEPEST = 20
_HALVES = re.compile("[\ud800-\udfff]")
_SUSPECT_SIGNS, _SUSPECT_SIZE = 100, 20_000


class _Untyped:
    """What a composer asks of a resolver, answered with nothing."""

    def resolve(self, _kind: type, _value: object, _implicit: object) -> None:
        return None

    def descend_resolver(self, _parent: object, _index: object) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


class PurePython(_Untyped, Reader, Scanner, Parser, Composer):
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
    from yaml.cyaml import CParser  # type: ignore[attr-defined]

    class Fastest(_Untyped, CParser):
        """libyaml."""

else:
    Fastest = PurePython  # type: ignore[misc, assignment]


class TooDeep(yaml.YAMLError):
    """Lists and mappings nested more than `DEEPEST` deep, from the character at `index` on."""

    def __init__(self, index: int) -> None:
        super().__init__(f"lists and mappings nested more than {DEEPEST} deep")
        self.index = index


def compose(text: str, using: type[Any] = Fastest) -> yaml.Node | None:
    """The root node of a document, None for an empty one. Raises yaml.YAMLError."""
    if len(text) > _SUSPECT_SIZE or sum(map(text.count, "[{-?")) > _SUSPECT_SIGNS:
        _check_depth(text, using)
    loader = using(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return node


def _check_depth(text: str, using: type[Any]) -> None:
    """Composing recurses in C, where a deep document ends the process; events come one by one and cost no stack."""
    loader = using(text)
    depth = 0
    try:
        while loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise TooDeep(event.start_mark.index)
    finally:
        loader.dispose()


def alias_in(root: yaml.Node) -> yaml.Node | None:
    """A node that stands at two places because an alias points to it, else None.

    A tree with aliases can be exponentially larger than its text: https://en.wikipedia.org/wiki/Billion_laughs_attack
    """
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        waiting.extend(_children(node))
    return None


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value
