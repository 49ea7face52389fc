"""A template and those that it extends, put together as one: blocks stand where they are drawn.

A page is then one function, which asks for its names once and has no blocks to look up. What a template has above its
blocks comes first, as it does when it is drawn; a block keeps to itself what it sets. The tree that comes out draws the
same as those that went in; a family of templates in which a name might mean something else then stays as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateError, nodes
from jinja2.visitor import NodeTransformer

from digest.theme.compiler.output_merging import expand_output
from digest.theme.compiler.syntax_tree import bound_names, copy_tree, names_in, parsed_template

_GIVING = (nodes.Import, nodes.FromImport, nodes.Macro, nodes.Assign, nodes.AssignBlock)
"""Statements that give names a meaning: what a template that extends another may hold beside blocks."""
_SPECIAL = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})


TreeOf = Callable[[Environment, str], nodes.Template]
"""The template of a name, which is copied before it is changed. Raises TemplateError."""


class _MixedError(Exception):
    """Put together, templates might draw something else."""


def flatten_inheritance(
    tree: nodes.Template, environment: Environment, name: str | None, parent_tree: TreeOf = parsed_template
) -> nodes.Template:
    """The template with all that it extends, as `made` has them, where that is known now; else as it is."""
    try:
        family = [tree, *_ancestors(tree, environment, name, parent_tree)]
        return _together(_sparing(family), environment) if len(family) > 1 else tree
    except (_MixedError, TemplateError):  # the latter for run time
        return tree


def _ancestors(
    tree: nodes.Template, environment: Environment, name: str | None, made: TreeOf
) -> Iterator[nodes.Template]:
    """The template that one extends, the one that this extends, and so on."""
    seen = {name}
    while extends := list(tree.find_all(nodes.Extends)):
        above = extends[0].template
        if len(extends) > 1 or extends[0] not in tree.body or not isinstance(above, nodes.Const):
            raise _MixedError
        if above.value in seen or not _escape_alike(environment, name, above.value):
            raise _MixedError
        seen.add(above.value)
        tree = copy_tree(made(environment, above.value))
        yield tree


def _escape_alike(environment: Environment, name: str | None, other: str) -> bool:
    rule = environment.autoescape
    return not callable(rule) or rule(name) == rule(other)


def _sparing(family: Sequence[nodes.Template]) -> Sequence[nodes.Template]:
    """The same without what the elder import as the younger do."""
    imports = list[nodes.Node]()
    for tree in family:
        own = [node for node in tree.body if isinstance(node, nodes.Import)]
        if any(node in imports for node in own):
            tree.body = [node for node in tree.body if node not in imports]
        imports += own
    return family


def _together(family: Sequence[nodes.Template], environment: Environment) -> nodes.Template:
    """The last of a family, the root, with what those before it put into its blocks."""
    *younger, root = family
    _check(younger, root, environment)
    blocks: dict[str, list[nodes.Block]] = {}
    for tree in family:
        for block in tree.find_all(nodes.Block):
            blocks.setdefault(block.name, []).append(block)
    ahead = [node for tree in younger for node in tree.body if isinstance(node, _GIVING)]
    done = nodes.Template([*ahead, *_Blocks(blocks).all_of(root.body)], lineno=1)
    done.set_environment(environment)
    if any(node.name in ("self", "super") for node in names_in(done)):
        raise _MixedError
    return done


def _check(younger: Sequence[nodes.Template], root: nodes.Template, environment: Environment) -> None:
    """What stands beside blocks must be known to mean the same in one template as in several."""
    for tree in younger:
        if not all(isinstance(node, (nodes.Extends, nodes.Block, *_GIVING)) or _is_text(node) for node in tree.body):
            raise _MixedError
    for tree in (*younger, root):
        if tree.find(nodes.ScopedEvalContextModifier) or any(b.required for b in tree.find_all(nodes.Block)):
            raise _MixedError
    given = [name for tree in (*younger, root) for name in _given(tree.body)]
    if len(given) != len(set(given)) or not {"page", *environment.globals}.isdisjoint(given):
        raise _MixedError


def _is_text(node: nodes.Node) -> bool:
    """Texts beside the blocks of a template that extends another are not drawn."""
    return isinstance(node, nodes.Output) and all(isinstance(part, nodes.TemplateData) for part in node.nodes)


def _given(body: Iterable[nodes.Node]) -> set[str]:
    """The names that statements give a meaning for those behind them: a condition is no world of its own."""
    given = set[str]()
    for node in body:
        if isinstance(node, nodes.If):
            given |= _given([*node.body, *node.elif_, *node.else_])
        elif isinstance(node, nodes.Macro):
            given.add(node.name)
        elif isinstance(node, nodes.AssignBlock):
            given |= {name.name for name in names_in(node.target)}
        elif isinstance(node, _GIVING):
            given |= bound_names(nodes.Template([node]))
    return given


class _Blocks(NodeTransformer):
    """Puts the youngest of its namesakes where a block stands, or where a text asks for it, or for the one before.

    `path` names the blocks around, each with how many of its namesakes are younger; `near` are names that mean
    something here and nothing in a block.
    """

    def __init__(
        self,
        blocks: Mapping[str, Sequence[nodes.Block]],
        path: tuple[tuple[str, int], ...] = (),
        near: frozenset[str] = frozenset(),
    ) -> None:
        self._blocks, self._path, self._near = blocks, path, near

    def all_of(self, body: Sequence[nodes.Node]) -> list[nodes.Node]:
        """Statements, with their blocks."""
        return [done for node in body for done in self.visit_list(node)]

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if isinstance(node, nodes.Stmt) and not isinstance(node, nodes.If):  # what it binds means something within
            bound = {name.name for name in names_in(node) if name.ctx != "load"}
            within = _Blocks(self._blocks, self._path, self._near | bound | _SPECIAL)
            return super(_Blocks, within).generic_visit(node, *args, **kwargs)
        return super().generic_visit(node, *args, **kwargs)

    def visit_Block(self, node: nodes.Block) -> list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """A world of its own, unless it asks for the names around it."""
        within = _Blocks(self._blocks, self._path, _SPECIAL) if node.scoped else self
        return within._drawn(node.name, 0, node.lineno)

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """Texts, and between them blocks that are asked for."""
        return expand_output(node, self._asked)

    def _asked(self, part: nodes.Expr) -> list[nodes.Node] | None:
        """The block of `self.name()` or `super()`."""
        if not isinstance(part, nodes.Call) or part.args or part.kwargs or part.dyn_args or part.dyn_kwargs:
            return None
        node = part.node
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "self":
            return self._drawn(node.attr, 0, part.lineno)
        if isinstance(node, nodes.Name) and node.name == "super" and self._path:
            name, younger = self._path[-1]
            return self._drawn(name, younger + 1, part.lineno)
        return None

    def _drawn(self, name: str, younger: int, lineno: int) -> list[nodes.Node]:
        namesakes = self._blocks.get(name, ())
        if younger >= len(namesakes) or (name, younger) in self._path:
            raise _MixedError
        body = [copy_tree(node) for node in namesakes[younger].body]
        if any(used.name in self._near - {"self", "super"} for node in body for used in names_in(node)):
            raise _MixedError
        given = _given(body)
        done = _Blocks(self._blocks, (*self._path, (name, younger)), self._near | given).all_of(body)
        return [nodes.Scope(done, lineno=lineno)] if given else done
