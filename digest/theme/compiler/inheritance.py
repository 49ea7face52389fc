"""Flattening of inheritance: merge a template and those that it extends into one tree without blocks.

A page is then one function, which looks up each name once and no blocks. Statements outside the blocks of the child
templates come first, as at rendering; names that a block sets are local to it. The merged tree renders the same text.
Templates in which a name could get another meaning are not merged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateError, nodes
from jinja2.visitor import NodeTransformer

from digest.theme.compiler.output_merging import expand_output
from digest.theme.compiler.syntax_tree import bound_names, copy_tree, names_in, parsed_template

_BINDING_STATEMENTS = (nodes.Import, nodes.FromImport, nodes.Macro, nodes.Assign, nodes.AssignBlock)
"""Statements that bind names. A template that extends another may hold these outside blocks."""
_SPECIAL_NAMES = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})


TreeOf = Callable[[Environment, str], nodes.Template]
"""Returns the tree of a template by its name. Raises TemplateError."""


class _CannotMergeError(Exception):
    """The merged templates could render something else."""


def flatten_inheritance(
    tree: nodes.Template, environment: Environment, name: str | None, parent_tree: TreeOf = parsed_template
) -> nodes.Template:
    """Merge a template with those that it extends. `parent_tree` supplies these; they are copied before changes.

    Returns `tree` itself when nothing can be merged.
    """
    try:
        chain = [tree, *_parents(tree, environment, name, parent_tree)]
        return _merge(_without_repeated_imports(chain), environment) if len(chain) > 1 else tree
    except (_CannotMergeError, TemplateError):  # a TemplateError comes again at run time
        return tree


def _parents(
    tree: nodes.Template, environment: Environment, name: str | None, parent_tree: TreeOf
) -> Iterator[nodes.Template]:
    """Yield the parent of a template, the parent of the parent, and so on."""
    seen = {name}
    while extends := list(tree.find_all(nodes.Extends)):
        parent = extends[0].template
        if len(extends) > 1 or extends[0] not in tree.body or not isinstance(parent, nodes.Const):
            raise _CannotMergeError
        if parent.value in seen or not _same_escaping(environment, name, parent.value):
            raise _CannotMergeError
        seen.add(parent.value)
        tree = copy_tree(parent_tree(environment, parent.value))
        yield tree


def _same_escaping(environment: Environment, name: str | None, other: str) -> bool:
    rule = environment.autoescape
    return not callable(rule) or rule(name) == rule(other)


def _without_repeated_imports(chain: Sequence[nodes.Template]) -> Sequence[nodes.Template]:
    """Remove from each parent the imports that a child has as well."""
    imports = list[nodes.Node]()
    for tree in chain:
        own = [node for node in tree.body if isinstance(node, nodes.Import)]
        if any(node in imports for node in own):
            tree.body = [node for node in tree.body if node not in imports]
        imports += own
    return chain


def _merge(chain: Sequence[nodes.Template], environment: Environment) -> nodes.Template:
    """Merge a chain of templates: the last one, the root, with its blocks replaced by those of its descendants."""
    *children, root = chain
    _check_names(children, root, environment)
    blocks: dict[str, list[nodes.Block]] = {}
    for tree in chain:
        for block in tree.find_all(nodes.Block):
            blocks.setdefault(block.name, []).append(block)
    prologue = [node for tree in children for node in tree.body if isinstance(node, _BINDING_STATEMENTS)]
    merged = nodes.Template([*prologue, *_BlockReplacer(blocks).replace_in(root.body)], lineno=1)
    merged.set_environment(environment)
    if any(node.name in ("self", "super") for node in names_in(merged)):
        raise _CannotMergeError
    return merged


def _check_names(children: Sequence[nodes.Template], root: nodes.Template, environment: Environment) -> None:
    """Raise _CannotMergeError when a statement outside blocks could mean something else in the merged tree."""
    allowed = (nodes.Extends, nodes.Block, *_BINDING_STATEMENTS)
    for tree in children:
        if not all(isinstance(node, allowed) or _is_text(node) for node in tree.body):
            raise _CannotMergeError
    for tree in (*children, root):
        if tree.find(nodes.ScopedEvalContextModifier) or any(b.required for b in tree.find_all(nodes.Block)):
            raise _CannotMergeError
    bound = [name for tree in (*children, root) for name in _names_set_by(tree.body)]
    if len(bound) != len(set(bound)) or not {"page", *environment.globals}.isdisjoint(bound):
        raise _CannotMergeError


def _is_text(node: nodes.Node) -> bool:
    """Return True for text. Text outside the blocks of a template that extends another is not rendered."""
    return isinstance(node, nodes.Output) and all(isinstance(part, nodes.TemplateData) for part in node.nodes)


def _names_set_by(body: Iterable[nodes.Node]) -> set[str]:
    """Names that statements bind for the statements after them. An `if` has no scope of its own."""
    names = set[str]()
    for node in body:
        if isinstance(node, nodes.If):
            names |= _names_set_by([*node.body, *node.elif_, *node.else_])
        elif isinstance(node, nodes.Macro):
            names.add(node.name)
        elif isinstance(node, nodes.AssignBlock):
            names |= {name.name for name in names_in(node.target)}
        elif isinstance(node, _BINDING_STATEMENTS):
            names |= bound_names(nodes.Template([node]))
    return names


class _BlockReplacer(NodeTransformer):
    """Replaces blocks, `self.name()` and `super()` by the body of the block that they render.

    `blocks` lists the blocks of each name, from the youngest template to the root. `path` has the enclosing blocks,
    each with its index in that list. `local_names` are bound here, but not visible inside a block.
    """

    def __init__(
        self,
        blocks: Mapping[str, Sequence[nodes.Block]],
        path: tuple[tuple[str, int], ...] = (),
        local_names: frozenset[str] = frozenset(),
    ) -> None:
        self._blocks, self._path, self._local_names = blocks, path, local_names

    def replace_in(self, body: Sequence[nodes.Node]) -> list[nodes.Node]:
        """Replace the blocks in a list of statements."""
        return [replaced for node in body for replaced in self.visit_list(node)]

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if isinstance(node, nodes.Stmt) and not isinstance(node, nodes.If):  # names that it binds are visible inside it
            bound = {name.name for name in names_in(node) if name.ctx != "load"}
            inner = _BlockReplacer(self._blocks, self._path, self._local_names | bound | _SPECIAL_NAMES)
            return super(_BlockReplacer, inner).generic_visit(node, *args, **kwargs)
        return super().generic_visit(node, *args, **kwargs)

    def visit_Block(self, node: nodes.Block) -> list[nodes.Node]:  # noqa: N802 - Jinja's name for it
        """Replace a block. Only a block that is marked `scoped` sees the names around it."""
        replacer = _BlockReplacer(self._blocks, self._path, _SPECIAL_NAMES) if node.scoped else self
        return replacer._block_body(node.name, 0, node.lineno)

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja's name for it
        """Replace the calls of blocks in an output statement."""
        return expand_output(node, self._called_block)

    def _called_block(self, expression: nodes.Expr) -> list[nodes.Node] | None:
        """Return the body of the block that `self.name()` or `super()` renders; None for other expressions."""
        call = expression
        if not isinstance(call, nodes.Call) or call.args or call.kwargs or call.dyn_args or call.dyn_kwargs:
            return None
        node = call.node
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "self":
            return self._block_body(node.attr, 0, call.lineno)
        if isinstance(node, nodes.Name) and node.name == "super" and self._path:
            name, index = self._path[-1]
            return self._block_body(name, index + 1, call.lineno)
        return None

    def _block_body(self, name: str, index: int, lineno: int) -> list[nodes.Node]:
        overrides = self._blocks.get(name, ())
        if index >= len(overrides) or (name, index) in self._path:
            raise _CannotMergeError
        body = [copy_tree(node) for node in overrides[index].body]
        if any(used.name in self._local_names - {"self", "super"} for node in body for used in names_in(node)):
            raise _CannotMergeError
        bound = _names_set_by(body)
        path = (*self._path, (name, index))
        statements = _BlockReplacer(self._blocks, path, self._local_names | bound).replace_in(body)
        return [nodes.Scope(statements, lineno=lineno)] if bound else statements
