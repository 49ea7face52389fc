"""What a macro writes stands where another macro calls it: one function draws an entry of a list, and not ten.

A call that is written out as it stands, `{{ headline(card) }}`, gives way to the body of the macro, with the call's
arguments in the place of its parameters. The tree that comes out draws the same as the one that went in; a call whose
macro might see something else here than where it was written stays a call.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from jinja2 import Environment, TemplateError, nodes
from jinja2.visitor import NodeTransformer

from digest.theme.fold import bound_in, copy_of, names_in

# A macro with more nodes is called: what calls it twice would else be twice as long.
MOST_NODES = 600
_PLAIN = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.AssignBlock, nodes.With)
_SETS = (nodes.Assign, nodes.AssignBlock)
_SPECIAL = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})


class _Body(NamedTuple):
    """A macro whose body may stand elsewhere: what it sees beside its parameters, and what it gives a meaning."""

    macro: nodes.Macro
    free: frozenset[str]
    bound: frozenset[str]
    sets: bool


def inline(tree: nodes.Template, environment: Environment, name: str | None) -> nodes.Template:
    """The template with its macros written out in each other."""
    _Library(tree, environment, (name or "",)).expand()
    return tree


class _Library:
    """The macros of a template; `path` names it last, and before it those that asked for it."""

    def __init__(self, tree: nodes.Template, environment: Environment, path: tuple[str, ...]) -> None:
        self._tree, self._environment, self._path = tree, environment, path
        self._own = {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}
        self._bodies: dict[str, _Body | None] = {}

    def expand(self) -> None:
        """Write out what can be."""
        for name in self._own:
            self.body_of(name)

    def body_of(self, name: str) -> _Body | None:
        """An own macro with everything in it written out; None for one that only a call can draw."""
        if name not in self._own:
            return None
        if name not in self._bodies:
            self._bodies[name] = None  # while it is looked at: a macro that calls itself stays as it is
            macro = self._own[name]
            _Writer(self, macro).visit(macro)
            self._bodies[name] = _body(macro)
        return self._bodies[name]

    def called(self, node: nodes.Expr) -> _Body | None:
        """The macro that a name means anywhere in this template."""
        if not isinstance(node, nodes.Name):
            return None
        return self.body_of(node.name) or self._imported.get(node.name)

    @cached_property
    def _imported(self) -> dict[str, _Body]:
        """Macros of other templates that see nothing but what every template sees."""
        seen = self._environment.globals.keys() - bound_in(self._tree)
        found = dict[str, _Body]()
        for node in self._tree.body:
            other = self._library(node) if isinstance(node, nodes.FromImport) else None
            for name in node.names if other and isinstance(node, nodes.FromImport) else ():
                theirs, ours = (name, name) if isinstance(name, str) else name
                body = other.body_of(theirs) if other else None
                if body and body.free <= seen:
                    found[ours] = body
        return found

    def _library(self, node: nodes.FromImport) -> "_Library | None":
        """What is imported from; None where that is not known now, or escapes in another way."""
        environment, template = self._environment, node.template
        if node.with_context or not isinstance(template, nodes.Const) or environment.loader is None:
            return None
        name = template.value
        if name in self._path or self._escapes(name) != self._escapes(self._path[-1]):
            return None
        try:
            source, file, _ = environment.loader.get_source(environment, name)
            return _Library(environment.parse(source, name, file), environment, (*self._path, name))
        except TemplateError:  # for run time
            return None

    def _escapes(self, name: str) -> bool:
        rule = self._environment.autoescape
        return rule(name) if callable(rule) else rule


class _Writer(NodeTransformer):
    """Writes the macros that one macro calls into its body."""

    def __init__(self, library: _Library, macro: nodes.Macro) -> None:
        self._library = library
        self._bound = {node.name for node in names_in(macro) if node.ctx != "load"}

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """Texts, and between them the bodies of macros."""
        done, texts = list[nodes.Node](), list[nodes.Expr]()
        for part in node.nodes:
            written = self._written(part) if isinstance(part, nodes.Call) else None
            if written is None:
                texts.append(part)
            else:
                done += [*_output(texts), *written]
                texts = []
        return [*done, *_output(texts)]

    def _written(self, call: nodes.Call) -> list[nodes.Node] | None:
        body = self._library.called(call.node)
        given = _given(body.macro, call) if body and body.free.isdisjoint(self._bound) else None
        if body is None or given is None:
            return None
        plain = {name: value for name, value in given.items() if _is_plain(value, body.bound)}
        other = {name: value for name, value in given.items() if name not in plain}
        if any(node.name in body.bound for value in other.values() for node in names_in(value)):
            return None
        bind = _Bind(plain)
        texts = [bind.visit(copy_of(node)) for node in body.macro.body]
        if not other and not body.sets:
            return texts
        names = [nodes.Name(name, "param", lineno=call.lineno) for name in other]
        return [nodes.With(names, list(other.values()), texts, lineno=call.lineno)]


class _Bind(NodeTransformer):
    """Puts arguments in the place of parameters."""

    def __init__(self, given: Mapping[str, nodes.Expr]) -> None:
        self._given = given

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja calls it so
        return copy_of(self._given[node.name]) if node.ctx == "load" and node.name in self._given else node


def _output(texts: list[nodes.Expr]) -> list[nodes.Node]:
    return [nodes.Output(texts, lineno=texts[0].lineno)] if texts else []


def _body(macro: nodes.Macro) -> _Body | None:
    """A macro that does nothing but write, as one that may be written out elsewhere."""
    inner = [node for part in macro.body for node in (part, *part.find_all(nodes.Node))]
    names = [node for node in inner if isinstance(node, nodes.Name)]
    parameters = {argument.name for argument in macro.args}
    bound = frozenset(node.name for node in names if node.ctx != "load")
    free = frozenset(node.name for node in names) - bound - parameters
    statements = [node for node in inner if isinstance(node, nodes.Stmt)]
    fits = len(inner) <= MOST_NODES and all(isinstance(node, _PLAIN) for node in statements)
    sets = any(isinstance(node, _SETS) for node in statements)
    is_simple = all(isinstance(value, nodes.Const) for value in macro.defaults)
    is_simple = is_simple and not any(isinstance(node, nodes.NSRef) for node in inner)
    is_clear = parameters.isdisjoint(bound) and free.isdisjoint(_SPECIAL)
    return _Body(macro, free, bound, sets) if fits and is_simple and is_clear else None


def _given(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr] | None:
    """What each parameter gets; None where that is not plain to see."""
    names = [argument.name for argument in macro.args]
    defaults = zip(names[len(names) - len(macro.defaults) :], macro.defaults, strict=True)
    said = [*zip(names, call.args, strict=False), *((keyword.key, keyword.value) for keyword in call.kwargs)]
    given = dict(defaults) | dict(said)
    told = len(call.args) <= len(names) and len(dict(said)) == len(call.args) + len(call.kwargs)
    return given if told and given.keys() == set(names) and not (call.dyn_args or call.dyn_kwargs) else None


def _is_plain(value: nodes.Expr, bound: frozenset[str]) -> bool:
    """Whether a value may stand wherever its parameter does: it costs nothing, and means the same there."""
    return isinstance(value, nodes.Const) or (isinstance(value, nodes.Name) and value.name not in bound | _SPECIAL)
