"""Constant folding: evaluate at compile time what is the same on every page of a site.

The site view, the parameters, the strings and the assets are constants. An expression of constants becomes a literal,
an `if` over constants becomes one of its branches, and a loop over constants is unrolled. Of the frame around a page,
only the parts that use the page itself remain. (Partial evaluation: Jones, Gomard and Sestoft, 1993.)

The folded tree renders the same text; whatever cannot be evaluated at compile time stays unchanged.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateError, UndefinedError, nodes
from jinja2.runtime import LoopContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from digest.theme.compiler.syntax_tree import bound_names, copy_tree, names_in, parsed_template
from digest.theme.environment.errors import RENDER_ERRORS

# A longer loop is not unrolled: the code would grow too much.
MAX_UNROLLED_TURNS = 64
_LITERAL_TYPES = (str, int, float, bool, type(None))
_SIMPLE_STATEMENTS = (nodes.Output, nodes.If, nodes.For)
_UNKNOWN = object()


def fold_constants(
    tree: nodes.Template, environment: Environment, name: str | None, constants: Mapping[str, Any]
) -> nodes.Template:
    """Fold everything in `tree` that depends on `constants` alone. The tree may be changed in place."""
    bound = bound_names(tree)
    visible = {n: v for n, v in constants.items() if n not in bound}
    context = nodes.EvalContext(environment, name)
    folded: nodes.Template = _Folder(context, visible).visit(tree)
    return folded


class _Folder(NodeTransformer):
    """Folds from the outside in: the largest expression that can be evaluated becomes one literal."""

    def __init__(self, context: nodes.EvalContext, constants: Mapping[str, Any]) -> None:
        self._context, self._constants = context, constants

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if isinstance(node, nodes.Expr) and not isinstance(node, nodes.Const | nodes.TemplateData):
            value = self._value(node)
            if type(value) in (*_LITERAL_TYPES, Markup):
                return nodes.Const(value, lineno=node.lineno)
        return super().generic_visit(node, *args, **kwargs)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja's name for it
        """Turn constant expressions into text, and join it with adjacent text."""
        parts = list[nodes.Expr]()
        for part in node.nodes:
            text = self._text(part)
            folded = self.visit(part) if text is None else nodes.TemplateData(text, lineno=part.lineno)
            if parts and isinstance(folded, nodes.TemplateData) and isinstance(parts[-1], nodes.TemplateData):
                parts[-1] = nodes.TemplateData(parts[-1].data + folded.data, lineno=parts[-1].lineno)
            else:
                parts.append(folded)
        return nodes.Output(parts, lineno=node.lineno)

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - Jinja's name for it
        """Replace an `if` with a constant test by the chosen branch."""
        truth = self._truth(node.test)
        if truth is None:
            return self.generic_visit(node)
        if truth:
            return self._fold_all(node.body)
        if node.elif_:
            first, *further = node.elif_
            rest = nodes.If(first.test, first.body, further, node.else_, lineno=first.lineno)
            return self._fold_all([rest])
        return self._fold_all(node.else_)

    def visit_For(self, node: nodes.For) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - Jinja's name for it
        """Unroll a loop over a constant sequence."""
        items = self._value(node.iter)
        if items is _UNKNOWN or node.recursive or not all(_is_simple(n) for n in node.body):
            return self.generic_visit(node)
        try:
            turns = self._unrolled(node, items)
        except (TypeError, ValueError):  # not a sequence, or items that do not unpack: the error comes at run time
            turns = None
        return self.generic_visit(node) if turns is None else turns

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        """Replace an include by the text of the template, if that template has no expressions or statements."""
        if not isinstance(node.template, nodes.Const):
            return node
        try:
            tree = parsed_template(self._context.environment, node.template.value)
        except TemplateError:  # the error comes at run time
            return node
        parts = [n for output in tree.body if isinstance(output, nodes.Output) for n in output.nodes]
        if not all(isinstance(n, nodes.Output) for n in tree.body) or not all(map(_is_text, parts)):
            return node
        return nodes.Output(parts, lineno=node.lineno)

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        """Leave the content of `{% autoescape %}` unchanged, because other rules of escaping hold there."""
        return node

    def _unrolled(self, node: nodes.For, items: Any) -> list[nodes.Node] | None:
        """Return the statements of all turns; None when a turn needs the loop variables at run time."""
        names = [n.name for n in node.target.find_all(nodes.Name)] or [getattr(node.target, "name", "")]
        loop_names = {*names, "loop"}
        unrolled = list[nodes.Node]()
        selected = self._selected(node, names, items)
        if selected is None or len(selected) > MAX_UNROLLED_TURNS:
            return None
        for item, loop in LoopContext(selected, self._context.environment.undefined):
            values = {**self._constants, **_loop_values(node.target, names, item), "loop": loop}
            turn = _Folder(self._context, values)._fold_all([copy_tree(n) for n in node.body])
            if any(n.name in loop_names for statement in turn for n in names_in(statement)):
                return None
            unrolled += turn
        return unrolled if selected else self._fold_all(node.else_)

    def _selected(self, node: nodes.For, names: Sequence[str], items: Any) -> list[Any] | None:
        """Return the items that pass the `if` of the loop; None when it cannot be evaluated."""
        if node.test is None:
            return list(items)
        selected = list[Any]()
        for item in items:
            values = {**self._constants, **_loop_values(node.target, names, item)}
            truth = _Folder(self._context, values)._truth(node.test)
            if truth is None:
                return None
            selected += [item] if truth else []
        return selected

    def _fold_all(self, body: Sequence[nodes.Node]) -> list[nodes.Node]:
        statements = list[nodes.Node]()
        for node in body:
            folded = self.visit(node)
            statements += folded if isinstance(folded, list) else [folded]
        return statements

    def _value(self, node: nodes.Node) -> Any:
        """Evaluate an expression. Returns `_UNKNOWN` when it is not constant or raises an error."""
        if not all(n.name in self._constants for n in names_in(node)):
            return _UNKNOWN
        try:
            return _Evaluator(self._context, self._constants).visit(copy_tree(node)).as_const(self._context)
        except (nodes.Impossible, *RENDER_ERRORS):
            return _UNKNOWN

    def _truth(self, node: nodes.Node) -> bool | None:
        """Evaluate a test. Returns None when it is not constant or raises an error."""
        value = self._value(node)
        try:
            return None if value is _UNKNOWN else bool(value)
        except UndefinedError:
            return None

    def _text(self, node: nodes.Expr) -> str | None:
        """Return the text of an expression; None when it is not constant, or raises an error (that is for run time)."""
        if isinstance(node, nodes.TemplateData):
            return node.data
        if isinstance(node, nodes.CondExpr) and node.expr2 is None and self._truth(node.test) is False:
            return ""
        value = self._value(node)
        if value is _UNKNOWN:
            return None
        try:
            return str(escape(value) if self._context.autoescape else value)
        except UndefinedError:
            return None


class _Evaluator(NodeTransformer):
    """Replaces names by their values, and calls by their results."""

    def __init__(self, context: nodes.EvalContext, constants: Mapping[str, Any]) -> None:
        self._context, self._constants = context, constants

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja's name for it
        return nodes.Const(self._constants[node.name]) if node.ctx == "load" else node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name for it
        has_state = isinstance(node.node, nodes.Getattr) and node.node.attr == "changed"  # `loop.changed()` remembers
        if has_state or node.dyn_args or node.dyn_kwargs:
            raise nodes.Impossible
        self.generic_visit(node)
        function = node.node.as_const(self._context)
        args = [a.as_const(self._context) for a in node.args]
        kwargs = dict(k.as_const(self._context) for k in node.kwargs)
        return nodes.Const(function(*args, **kwargs))


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData)


def _is_simple(node: nodes.Node) -> bool:
    """Return True for a statement that only writes: no assignments, no definitions, no other templates."""
    statements = (node, *node.find_all(nodes.Stmt))
    return all(isinstance(statement, _SIMPLE_STATEMENTS) for statement in statements)


def _loop_values(target: nodes.Node, names: Sequence[str], item: Any) -> dict[str, Any]:
    """Values of the loop variables in one turn."""
    return {names[0]: item} if isinstance(target, nodes.Name) else dict(zip(names, item, strict=True))
