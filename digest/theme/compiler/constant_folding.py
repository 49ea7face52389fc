"""What every page of a site shares is drawn once, when a template is compiled.

The site view, the parameters, the strings and the assets are the same for all pages. So an expression of these alone
is a constant, a test of them is decided, and a loop over them is written out: of the frame around a page only
what looks at the page itself is left. (Partial evaluation: Jones, Gomard and Sestoft, 1993.)

The tree that comes out draws the same as the one that went in; whatever cannot be known now stays as it was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateError, UndefinedError, nodes
from jinja2.runtime import LoopContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from digest.theme.compiler.syntax_tree import bound_names, copy_tree, names_in, parsed_template
from digest.theme.environment.errors import RENDER_ERRORS

# A loop that is longer stays a loop: code grows with every turn.
MAX_UNROLLED_TURNS = 64
_PLAIN = (str, int, float, bool, type(None))
_SIMPLE = (nodes.Output, nodes.If, nodes.For)
_UNKNOWN = object()


def fold_constants(
    tree: nodes.Template, environment: Environment, name: str | None, constants: Mapping[str, Any]
) -> nodes.Template:
    """The template `tree` with everything worked out that follows from the names in `known`."""
    bound = bound_names(tree)
    own = {n: v for n, v in constants.items() if n not in bound}
    context = nodes.EvalContext(environment, name)
    folded: nodes.Template = _Folder(context, own).visit(tree)
    return folded


class _Folder(NodeTransformer):
    """Works from the outside in: the largest part that is known becomes one constant."""

    def __init__(self, context: nodes.EvalContext, known: Mapping[str, Any]) -> None:
        self._context, self._known = context, known

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if isinstance(node, nodes.Expr) and not isinstance(node, nodes.Const | nodes.TemplateData):
            value = self._value(node)
            if type(value) in (*_PLAIN, Markup):
                return nodes.Const(value, lineno=node.lineno)
        return super().generic_visit(node, *args, **kwargs)

    def visit_Output(self, node: nodes.Output) -> nodes.Output:  # noqa: N802 - Jinja calls it so
        """What is known becomes text, joined with the text around it."""
        parts = list[nodes.Expr]()
        for part in node.nodes:
            text = self._text(part)
            drawn = self.visit(part) if text is None else nodes.TemplateData(text, lineno=part.lineno)
            if parts and isinstance(drawn, nodes.TemplateData) and isinstance(parts[-1], nodes.TemplateData):
                parts[-1] = nodes.TemplateData(parts[-1].data + drawn.data, lineno=parts[-1].lineno)
            else:
                parts.append(drawn)
        return nodes.Output(parts, lineno=node.lineno)

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """A branch that is decided takes the place of the whole."""
        truth = self._truth(node.test)
        if truth is None:
            return self.generic_visit(node)
        if truth:
            return self._all(node.body)
        if node.elif_:
            first, *others = node.elif_
            rest = nodes.If(first.test, first.body, others, node.else_, lineno=first.lineno)
            return self._all([rest])
        return self._all(node.else_)

    def visit_For(self, node: nodes.For) -> nodes.Node | list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """A loop over what is known becomes its turns, one after the other."""
        items = self._value(node.iter)
        if items is _UNKNOWN or node.recursive or not all(_simple(n) for n in node.body):
            return self.generic_visit(node)
        try:
            turns = self._turns(node, items)
        except (TypeError, ValueError):  # no list, or of other things than the loop takes: an error for run time
            turns = None
        return self.generic_visit(node) if turns is None else turns

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """What is included becomes text, if nothing in it has to be worked out for each page."""
        if not isinstance(node.template, nodes.Const):
            return node
        try:
            tree = parsed_template(self._context.environment, node.template.value)
        except TemplateError:  # for run time
            return node
        texts = [n for output in tree.body if isinstance(output, nodes.Output) for n in output.nodes]
        if not all(isinstance(n, nodes.Output) for n in tree.body) or not all(map(_is_text, texts)):
            return node
        return nodes.Output(texts, lineno=node.lineno)

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """Inside `autoescape` other rules hold: it is left as it is."""
        return node

    def _turns(self, node: nodes.For, items: Any) -> list[nodes.Node] | None:
        """The turns of a loop; None when one of them needs a value that only a loop at run time has."""
        names = [n.name for n in node.target.find_all(nodes.Name)] or [getattr(node.target, "name", "")]
        inner = {*names, "loop"}
        done = list[nodes.Node]()
        chosen = self._chosen(node, names, items)
        if chosen is None or len(chosen) > MAX_UNROLLED_TURNS:
            return None
        for item, loop in LoopContext(chosen, self._context.environment.undefined):
            turn = _Folder(self._context, {**self._known, **_named(node.target, names, item), "loop": loop})
            drawn = turn._all([copy_tree(n) for n in node.body])
            if any(n.name in inner for d in drawn for n in names_in(d)):
                return None
            done += drawn
        return done if chosen else self._all(node.else_)

    def _chosen(self, node: nodes.For, names: Sequence[str], items: Any) -> list[Any] | None:
        """The items that the loop's own test lets through; None when that cannot be said."""
        if node.test is None:
            return list(items)
        chosen = list[Any]()
        for item in items:
            within = _Folder(self._context, {**self._known, **_named(node.target, names, item)})
            truth = within._truth(node.test)
            if truth is None:
                return None
            chosen += [item] if truth else []
        return chosen

    def _all(self, body: Sequence[nodes.Node]) -> list[nodes.Node]:
        done = list[nodes.Node]()
        for node in body:
            drawn = self.visit(node)
            done += drawn if isinstance(drawn, list) else [drawn]
        return done

    def _value(self, node: nodes.Node) -> Any:
        """The value of an expression, or `_UNKNOWN`."""
        if not all(n.name in self._known for n in names_in(node)):
            return _UNKNOWN
        try:
            return _Bind(self._context, self._known).visit(copy_tree(node)).as_const(self._context)
        except (nodes.Impossible, *RENDER_ERRORS):
            return _UNKNOWN

    def _truth(self, node: nodes.Node) -> bool | None:
        """Whether a test comes out true, or None when that is not known or is an error."""
        value = self._value(node)
        try:
            return None if value is _UNKNOWN else bool(value)
        except UndefinedError:
            return None

    def _text(self, node: nodes.Expr) -> str | None:
        """What an expression writes; None when that is not known, or an error, which must come when it is drawn."""
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


class _Bind(NodeTransformer):
    """Puts values in the place of names, and results in the place of calls."""

    def __init__(self, context: nodes.EvalContext, known: Mapping[str, Any]) -> None:
        self._context, self._known = context, known

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja calls it so
        return nodes.Const(self._known[node.name]) if node.ctx == "load" else node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja calls it so
        changes = isinstance(node.node, nodes.Getattr) and node.node.attr == "changed"  # of a loop: each call counts
        if changes or node.dyn_args or node.dyn_kwargs:
            raise nodes.Impossible
        self.generic_visit(node)
        function = node.node.as_const(self._context)
        arguments = [a.as_const(self._context) for a in node.args]
        named = dict(k.as_const(self._context) for k in node.kwargs)
        return nodes.Const(function(*arguments, **named))


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.TemplateData)


def _simple(node: nodes.Node) -> bool:
    """Whether a statement only writes: it sets nothing, defines nothing and draws on no other template."""
    return isinstance(node, _SIMPLE) and not any(not isinstance(n, _SIMPLE) for n in node.find_all(nodes.Stmt))


def _named(target: nodes.Node, names: Sequence[str], item: Any) -> dict[str, Any]:
    """The values of a loop's names in one turn."""
    return {names[0]: item} if isinstance(target, nodes.Name) else dict(zip(names, item, strict=True))
