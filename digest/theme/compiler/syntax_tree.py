"""Templates as Jinja parses them: once for each environment; what stands in them; copies."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from jinja2 import Environment, TemplateNotFound, nodes

N = TypeVar("N", bound=nodes.Node)


def parsed_template(environment: Environment, name: str) -> nodes.Template:
    """The template of a name; whoever changes it takes a copy. Raises TemplateError."""
    trees: dict[str, nodes.Template] = vars(environment).setdefault("trees", {})
    if name not in trees:
        if environment.loader is None:
            raise TemplateNotFound(name)
        source, file, _ = environment.loader.get_source(environment, name)
        trees[name] = environment.parse(source, name, file)
    return trees[name]


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and all within it, in no order that matters: several times as fast as Jinja's own walk."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        for name in node.fields:
            field = getattr(node, name)
            if isinstance(field, nodes.Node):
                waiting.append(field)
            elif type(field) is list:
                waiting += (part for part in field if isinstance(part, nodes.Node))


def names_in(node: nodes.Node) -> Iterator[nodes.Name]:
    """All names in a node, itself included."""
    return (found for found in walk(node) if type(found) is nodes.Name)


def bindings(tree: nodes.Node) -> Iterator[str]:
    """The names to which a template itself gives a meaning anywhere, each as often as it does."""
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
    """Every name that a template itself gives a meaning anywhere."""
    return set(bindings(tree))


def replace_nodes(tree: N, replacement: Callable[[nodes.Node], nodes.Node | None]) -> N:
    """The same tree, with the nodes within for which there is another one replaced by that."""
    for node in walk(tree):
        for name in node.fields:
            field = getattr(node, name)
            if isinstance(field, nodes.Node):
                setattr(node, name, replacement(field) or field)
            elif type(field) is list:
                field[:] = [replacement(part) or part if isinstance(part, nodes.Node) else part for part in field]
    return tree


def copy_tree(node: N) -> N:
    """The same nodes anew. The environment, which every node knows, stays the one that it is."""
    copy = object.__new__(type(node))
    vars(copy).update((name, _copied(field)) for name, field in vars(node).items())
    return copy


def _copied(field: Any) -> Any:
    if isinstance(field, nodes.Node):
        return copy_tree(field)
    return [*map(_copied, field)] if type(field) is list else field
