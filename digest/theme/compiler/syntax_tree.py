"""Syntax trees of templates: parse once for each environment, walk, copy, and replace nodes."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from jinja2 import Environment, TemplateNotFound, nodes

N = TypeVar("N", bound=nodes.Node)


def parsed_template(environment: Environment, name: str) -> nodes.Template:
    """Return the syntax tree of a template, parsed once for each environment. Copy it before you change it.

    Raises TemplateError when the template is missing or cannot be parsed.
    """
    trees: dict[str, nodes.Template] = vars(environment).setdefault("trees", {})
    if name not in trees:
        if environment.loader is None:
            raise TemplateNotFound(name)
        source, file, _ = environment.loader.get_source(environment, name)
        trees[name] = environment.parse(source, name, file)
    return trees[name]


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield a node and all its descendants in any order. Several times as fast as `find_all` of Jinja."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        for name in node.fields:
            field = getattr(node, name)
            if isinstance(field, nodes.Node):
                stack.append(field)
            elif type(field) is list:
                stack += (part for part in field if isinstance(part, nodes.Node))


def names_in(node: nodes.Node) -> Iterator[nodes.Name]:
    """Yield all `Name` nodes in a node, itself included."""
    return (descendant for descendant in walk(node) if type(descendant) is nodes.Name)


def bindings(tree: nodes.Node) -> Iterator[str]:
    """Yield the names that a template binds, once for each binding."""
    for node in walk(tree):
        if isinstance(node, nodes.Name):
            if node.ctx != "load":
                yield node.name
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.Macro):
            yield node.name


def bound_names(tree: nodes.Node) -> set[str]:
    """Return the set of names that a template binds."""
    return set(bindings(tree))


def replace_nodes(tree: N, replacement: Callable[[nodes.Node], nodes.Node | None]) -> N:
    """Replace in place each descendant for which `replacement` returns a node. Returns the tree."""
    for node in walk(tree):
        for name in node.fields:
            field = getattr(node, name)
            if isinstance(field, nodes.Node):
                setattr(node, name, replacement(field) or field)
            elif type(field) is list:
                field[:] = [replacement(part) or part if isinstance(part, nodes.Node) else part for part in field]
    return tree


def copy_tree(node: N) -> N:
    """Copy a node and its descendants. The environment, which every node refers to, is not copied."""
    copy = object.__new__(type(node))
    vars(copy).update((name, _copy_field(field)) for name, field in vars(node).items())
    return copy


def _copy_field(field: Any) -> Any:
    if isinstance(field, nodes.Node):
        return copy_tree(field)
    return [*map(_copy_field, field)] if type(field) is list else field
