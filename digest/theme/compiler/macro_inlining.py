"""What a macro writes stands where it is called: one function draws a page, or an entry of a list, and not ten.

A call that is written out as it stands, `{{ headline(card) }}`, gives way to the body of the macro, with the call's
arguments in the place of its parameters. The tree that comes out draws the same as the one that went in; a call whose
macro might see something else here than where it was written stays a call.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from jinja2 import Environment, TemplateError, nodes
from jinja2.visitor import NodeTransformer

from digest.theme.compiler.output_merging import expand_output
from digest.theme.compiler.syntax_tree import bindings, bound_names, copy_tree, names_in, parsed_template, walk

# Expressions in a macro from which on it takes longer to write than to look for what it wrote; and from which on that
# makes a difference where it is called again and again.
LARGE = 50
VERY_LARGE = 2 * LARGE
# A macro with more nodes is called: what calls it twice would else be twice as long.
MAX_NODES = 600
_PLAIN = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.AssignBlock, nodes.With)
# What lets other templates see the names of this one.
_SHOWING = (nodes.Block, nodes.Extends, nodes.Include)
_SETS = (nodes.Assign, nodes.AssignBlock)
_SPECIAL = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})


class _Body(NamedTuple):
    """A macro whose body may stand elsewhere: what it sees beside its parameters, and what it gives a meaning."""

    macro: nodes.Macro
    free: frozenset[str]
    bound: frozenset[str]
    sets: bool


def inline_macros(
    tree: nodes.Template, environment: Environment, name: str | None, *, outside_macros: bool = False
) -> nodes.Template:
    """The template with macros written out in each other, and `everywhere` also where it draws itself."""
    known: _Library | None = _libraries_of(environment).get(name or "")
    if known and not outside_macros:  # others import it: that much is done
        known.expand()
        return copy_tree(known.tree)
    library = _Library(tree, environment, (name or "",))
    library.expand()
    if outside_macros:
        library.write()
    return tree


def remove_unused_imports(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """The template without imports of which nothing is used any more."""
    used = set[str]()
    for node in walk(tree):
        if isinstance(node, _SHOWING):
            return tree
        used.update([node.name] if isinstance(node, nodes.Name) else [])
    tree.body = [node for node in tree.body if not _is_idle(node, used, environment)]
    return tree


def _is_idle(node: nodes.Node, used: set[str], environment: Environment) -> bool:
    """Whether a statement imports nothing but what nobody uses, from a template that is there."""
    if not isinstance(node, nodes.Import | nodes.FromImport) or node.with_context:
        return False
    template = node.template
    known = isinstance(template, nodes.Const) and template.value in _libraries_of(environment)
    return known and used.isdisjoint(bound_names(nodes.Template([node])))


class _Library:
    """The macros of a template; `path` names it last, and before it those that asked for it."""

    def __init__(self, tree: nodes.Template, environment: Environment, path: tuple[str, ...]) -> None:
        self.tree, self._environment, self._path = tree, environment, path
        self._own = {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}
        self._bodies: dict[str, _Body | None] = {}

    def expand(self) -> None:
        """Write out what can be in macros."""
        for name in self._own:
            self.body_of(name)

    def write(self) -> None:
        """And beside them."""
        writer = _PageWriter(self, self.tree)
        body = (writer.visit_list(node) if type(node) is not nodes.Macro else [node] for node in self.tree.body)
        self.tree.body = [done for drawn in body for done in drawn]

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
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            library = self._libraries.get(node.node.name)
            body = library.body_of(node.attr) if library else None
            return body if body and body.free <= self._seen else None
        if not isinstance(node, nodes.Name):
            return None
        return self.body_of(node.name) or self._imported.get(node.name)

    @cached_property
    def _imported(self) -> dict[str, _Body]:
        """Macros of other templates that see nothing but what every template sees."""
        found = dict[str, _Body]()
        for node in self.tree.body:
            other = self._library(node) if isinstance(node, nodes.FromImport) else None
            for name in node.names if other and isinstance(node, nodes.FromImport) else ():
                theirs, ours = (name, name) if isinstance(name, str) else name
                body = other.body_of(theirs) if other else None
                if body and body.free <= self._seen:
                    found[ours] = body
        return found

    @cached_property
    def _seen(self) -> set[str]:
        """The names that mean the same in every template."""
        return self._environment.globals.keys() - self._bindings.keys()

    @cached_property
    def _bindings(self) -> Counter[str]:
        return Counter(bindings(self.tree))

    @cached_property
    def _libraries(self) -> dict[str, "_Library"]:
        """Templates that are imported whole, by the name that they alone have here."""
        imports = [node for node in self.tree.body if isinstance(node, nodes.Import)]
        found = {node.target: self._library(node) for node in imports if self._bindings[node.target] == 1}
        return {name: library for name, library in found.items() if library}

    def _library(self, node: nodes.Import | nodes.FromImport) -> "_Library | None":
        """What is imported from; None where that is not known now, or escapes in another way."""
        environment, template = self._environment, node.template
        if node.with_context or not isinstance(template, nodes.Const):
            return None
        name = template.value
        if name in self._path or self._escapes(name) != self._escapes(self._path[-1]):
            return None
        libraries = _libraries_of(environment)
        try:
            if name not in libraries:
                libraries[name] = _Library(
                    copy_tree(parsed_template(environment, name)), environment, (*self._path, name)
                )
        except TemplateError:  # for run time
            return None
        return libraries[name]

    def _escapes(self, name: str) -> bool:
        rule = self._environment.autoescape
        return rule(name) if callable(rule) else rule


def _libraries_of(environment: Environment) -> dict[str, _Library]:
    """The templates that others import, by name."""
    libraries: dict[str, _Library] = vars(environment).setdefault("libraries", {})
    return libraries


class _Writer(NodeTransformer):
    """Writes the macros that one macro calls into its body."""

    def __init__(self, library: _Library, within: nodes.Node) -> None:
        self._library = library
        self._bound = {node.name for node in names_in(within) if node.ctx != "load"}

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """Texts, and between them the bodies of macros."""
        return expand_output(node, self._written)

    def _written(self, call: nodes.Expr) -> list[nodes.Node] | None:
        body = self._called(call)
        if body is None or not isinstance(call, nodes.Call) or not body.free.isdisjoint(self._bound):
            return None
        given = _given(body.macro, call)
        if given is None:
            return None
        plain = {name: value for name, value in given.items() if _is_plain(value, body.bound)}
        other = {name: value for name, value in given.items() if name not in plain}
        if any(node.name in body.bound for value in other.values() for node in names_in(value)):
            return None
        bind = _Bind(plain)
        texts = [bind.visit(copy_tree(node)) for node in body.macro.body]
        if not other and not body.sets:
            return texts
        names = [nodes.Name(name, "param", lineno=call.lineno) for name in other]
        return [nodes.With(names, list(other.values()), texts, lineno=call.lineno)]

    def _called(self, call: nodes.Expr) -> _Body | None:
        if not isinstance(call, nodes.Call) or getattr(call.node, "name", None) in self._bound:
            return None
        return self._library.called(call.node)


class _PageWriter(_Writer):
    """The same for what stands in no macro. In a loop, a macro with much to write stays one: it may be remembered."""

    _loops = 0

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """A loop."""
        self._loops += 1
        done = self.generic_visit(node)
        self._loops -= 1
        return done

    def _written(self, call: nodes.Expr) -> list[nodes.Node] | None:
        body = self._called(call) if self._loops else None
        if body is None or not is_large(body.macro, VERY_LARGE):
            return super()._written(call)
        if isinstance(call, nodes.Call) and (given := _given(body.macro, call)):  # in order they are sooner compared
            call.args, call.kwargs = [copy_tree(given[argument.name]) for argument in body.macro.args], []
        return None


class _Bind(NodeTransformer):
    """Puts arguments in the place of parameters."""

    def __init__(self, given: Mapping[str, nodes.Expr]) -> None:
        self._given = given

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja calls it so
        return copy_tree(self._given[node.name]) if node.ctx == "load" and node.name in self._given else node


def is_large(macro: nodes.Node, threshold: int = LARGE) -> bool:
    """Whether a macro has much to write: so many expressions."""
    return len([*islice((node for node in walk(macro) if isinstance(node, nodes.Expr)), threshold)]) == threshold


def _body(macro: nodes.Macro) -> _Body | None:
    """A macro that does nothing but write, as one that may be written out elsewhere."""
    inner = [node for part in macro.body for node in walk(part)]
    names = [node for node in inner if isinstance(node, nodes.Name)]
    parameters = {argument.name for argument in macro.args}
    bound = frozenset(node.name for node in names if node.ctx != "load")
    free = frozenset(node.name for node in names) - bound - parameters
    statements = [node for node in inner if isinstance(node, nodes.Stmt)]
    fits = len(inner) <= MAX_NODES and all(isinstance(node, _PLAIN) for node in statements)
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
