"""Macro inlining: replace the call of a macro by its body, so that one function renders a page and not ten.

An output such as `{{ headline(card) }}` becomes the body of the macro, with the arguments in place of the parameters.
The resulting tree renders the same text. A call is not inlined if a name in the macro could mean something else at
the place of the call.
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

# Number of expressions from which a macro is slower to render than to look up in its cache; and from which this matters
# in a loop.
LARGE = 50
VERY_LARGE = 2 * LARGE
# A macro with more nodes is not inlined: templates that call it often would grow too much.
MAX_NODES = 600
_INLINABLE = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.AssignBlock, nodes.With)
# Statements through which other templates see the names of this one.
_SHARING_NAMES = (nodes.Block, nodes.Extends, nodes.Include)
_ASSIGNMENTS = (nodes.Assign, nodes.AssignBlock)
_SPECIAL_NAMES = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})


class _Body(NamedTuple):
    """A macro that can be inlined. `free` are the names that it uses besides its parameters, `bound` those it binds."""

    macro: nodes.Macro
    free: frozenset[str]
    bound: frozenset[str]
    has_assignments: bool


def inline_macros(
    tree: nodes.Template, environment: Environment, name: str | None, *, outside_macros: bool = False
) -> nodes.Template:
    """Inline macros into other macros and, with `outside_macros`, also into the rest of the template."""
    imported: _Library | None = _libraries_of(environment).get(name or "")
    if imported and not outside_macros:  # another template imports it, so the macros are inlined already
        imported.inline_in_macros()
        return copy_tree(imported.tree)
    library = _Library(tree, environment, (name or "",))
    library.inline_in_macros()
    if outside_macros:
        library.inline_outside_macros()
    return tree


def remove_unused_imports(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """Remove imports whose names are no longer used after inlining. Returns the tree."""
    used = set[str]()
    for node in walk(tree):
        if isinstance(node, _SHARING_NAMES):
            return tree
        used.update([node.name] if isinstance(node, nodes.Name) else [])
    tree.body = [node for node in tree.body if not _is_unused_import(node, used, environment)]
    return tree


def _is_unused_import(node: nodes.Node, used: set[str], environment: Environment) -> bool:
    """Return True for an import of unused names from a template that exists."""
    if not isinstance(node, nodes.Import | nodes.FromImport) or node.with_context:
        return False
    template = node.template
    exists = isinstance(template, nodes.Const) and template.value in _libraries_of(environment)
    return exists and used.isdisjoint(bound_names(nodes.Template([node])))


class _Library:
    """The macros of a template. `path` is the chain of imports that leads to it; its own name is the last."""

    def __init__(self, tree: nodes.Template, environment: Environment, path: tuple[str, ...]) -> None:
        self.tree, self._environment, self._path = tree, environment, path
        self._macros = {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}
        self._bodies: dict[str, _Body | None] = {}

    def inline_in_macros(self) -> None:
        """Inline calls inside the macros of this template."""
        for name in self._macros:
            self.body_of(name)

    def inline_outside_macros(self) -> None:
        """Inline calls in the rest of this template."""
        inliner = _PageInliner(self, self.tree)
        body = (inliner.visit_list(node) if type(node) is not nodes.Macro else [node] for node in self.tree.body)
        self.tree.body = [node for statements in body for node in statements]

    def body_of(self, name: str) -> _Body | None:
        """Return a macro of this template with its own calls inlined; None if it cannot be inlined itself."""
        if name not in self._macros:
            return None
        if name not in self._bodies:
            self._bodies[name] = None  # so that a recursive macro is not inlined into itself
            macro = self._macros[name]
            _Inliner(self, macro).visit(macro)
            self._bodies[name] = _inlinable_body(macro)
        return self._bodies[name]

    def called_macro(self, callee: nodes.Expr) -> _Body | None:
        """Return the macro that a name, or an attribute of an imported template, refers to in this template."""
        if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name):
            library = self._libraries.get(callee.node.name)
            body = library.body_of(callee.attr) if library else None
            return body if body and body.free <= self._common_names else None
        if not isinstance(callee, nodes.Name):
            return None
        return self.body_of(callee.name) or self._imported_macros.get(callee.name)

    @cached_property
    def _imported_macros(self) -> dict[str, _Body]:
        """Imported macros that use only names with the same meaning in every template."""
        bodies = dict[str, _Body]()
        for node in self.tree.body:
            library = self._library(node) if isinstance(node, nodes.FromImport) else None
            for name in node.names if library and isinstance(node, nodes.FromImport) else ():
                name_there, name_here = (name, name) if isinstance(name, str) else name
                body = library.body_of(name_there) if library else None
                if body and body.free <= self._common_names:
                    bodies[name_here] = body
        return bodies

    @cached_property
    def _common_names(self) -> set[str]:
        """Names that mean the same in every template: globals that this template does not bind."""
        return self._environment.globals.keys() - self._bindings.keys()

    @cached_property
    def _bindings(self) -> Counter[str]:
        return Counter(bindings(self.tree))

    @cached_property
    def _libraries(self) -> dict[str, "_Library"]:
        """Templates imported as a whole, by their name here, if nothing else has that name."""
        imports = [node for node in self.tree.body if isinstance(node, nodes.Import)]
        libraries = {node.target: self._library(node) for node in imports if self._bindings[node.target] == 1}
        return {name: library for name, library in libraries.items() if library}

    def _library(self, node: nodes.Import | nodes.FromImport) -> "_Library | None":
        """Return the imported template; None if its name is not constant or its rules of escaping differ."""
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
        except TemplateError:  # the error comes at run time
            return None
        return libraries[name]

    def _escapes(self, name: str) -> bool:
        rule = self._environment.autoescape
        return rule(name) if callable(rule) else rule


def _libraries_of(environment: Environment) -> dict[str, _Library]:
    """Imported templates of an environment, by name."""
    libraries: dict[str, _Library] = vars(environment).setdefault("libraries", {})
    return libraries


class _Inliner(NodeTransformer):
    """Replaces the calls of macros in the body of one macro."""

    def __init__(self, library: _Library, scope: nodes.Node) -> None:
        self._library = library
        self._bound = {node.name for node in names_in(scope) if node.ctx != "load"}

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802 - Jinja's name for it
        """Replace the calls of macros in an output statement by their bodies."""
        return expand_output(node, self._inlined)

    def _inlined(self, call: nodes.Expr) -> list[nodes.Node] | None:
        """Return the statements of the called macro; None if the expression cannot be inlined."""
        body = self._body_of_call(call)
        if body is None or not isinstance(call, nodes.Call) or not body.free.isdisjoint(self._bound):
            return None
        arguments = _arguments(body.macro, call)
        if arguments is None:
            return None
        substituted = {name: value for name, value in arguments.items() if _is_substitutable(value, body.bound)}
        assigned = {name: value for name, value in arguments.items() if name not in substituted}
        if any(node.name in body.bound for value in assigned.values() for node in names_in(value)):
            return None
        substitution = _Substitution(substituted)
        statements = [substitution.visit(copy_tree(node)) for node in body.macro.body]
        if not assigned and not body.has_assignments:
            return statements
        names = [nodes.Name(name, "param", lineno=call.lineno) for name in assigned]
        return [nodes.With(names, list(assigned.values()), statements, lineno=call.lineno)]

    def _body_of_call(self, call: nodes.Expr) -> _Body | None:
        if not isinstance(call, nodes.Call) or getattr(call.node, "name", None) in self._bound:
            return None
        return self._library.called_macro(call.node)


class _PageInliner(_Inliner):
    """Replaces calls outside macros. In a loop, a very large macro remains a call, because its results are cached."""

    _loops = 0

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name for it
        """Count the loops around an expression."""
        self._loops += 1
        visited = self.generic_visit(node)
        self._loops -= 1
        return visited

    def _inlined(self, call: nodes.Expr) -> list[nodes.Node] | None:
        body = self._body_of_call(call) if self._loops else None
        if body is None or not is_large(body.macro, VERY_LARGE):
            return super()._inlined(call)
        if isinstance(call, nodes.Call) and (arguments := _arguments(body.macro, call)):
            # Positional arguments make a smaller cache key.
            call.args, call.kwargs = [copy_tree(arguments[parameter.name]) for parameter in body.macro.args], []
        return None


class _Substitution(NodeTransformer):
    """Replaces parameters by arguments."""

    def __init__(self, arguments: Mapping[str, nodes.Expr]) -> None:
        self._arguments = arguments

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja's name for it
        is_parameter = node.ctx == "load" and node.name in self._arguments
        return copy_tree(self._arguments[node.name]) if is_parameter else node


def is_large(macro: nodes.Node, threshold: int = LARGE) -> bool:
    """Return True for a macro with at least `threshold` expressions."""
    return len([*islice((node for node in walk(macro) if isinstance(node, nodes.Expr)), threshold)]) == threshold


def _inlinable_body(macro: nodes.Macro) -> _Body | None:
    """Return a macro that only writes text, for inlining; None for other macros."""
    inner = [node for part in macro.body for node in walk(part)]
    names = [node for node in inner if isinstance(node, nodes.Name)]
    parameters = {argument.name for argument in macro.args}
    bound = frozenset(node.name for node in names if node.ctx != "load")
    free = frozenset(node.name for node in names) - bound - parameters
    statements = [node for node in inner if isinstance(node, nodes.Stmt)]
    only_writes = len(inner) <= MAX_NODES and all(isinstance(node, _INLINABLE) for node in statements)
    has_assignments = any(isinstance(node, _ASSIGNMENTS) for node in statements)
    is_simple = all(isinstance(value, nodes.Const) for value in macro.defaults)
    is_simple = is_simple and not any(isinstance(node, nodes.NSRef) for node in inner)
    is_unambiguous = parameters.isdisjoint(bound) and free.isdisjoint(_SPECIAL_NAMES)
    return _Body(macro, free, bound, has_assignments) if only_writes and is_simple and is_unambiguous else None


def _arguments(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr] | None:
    """Map each parameter to its argument or default; None if the call does not match the signature."""
    names = [argument.name for argument in macro.args]
    defaults = zip(names[len(names) - len(macro.defaults) :], macro.defaults, strict=True)
    passed = [*zip(names, call.args, strict=False), *((keyword.key, keyword.value) for keyword in call.kwargs)]
    arguments = dict(defaults) | dict(passed)
    is_valid = len(call.args) <= len(names) and len(dict(passed)) == len(call.args) + len(call.kwargs)
    is_complete = arguments.keys() == set(names) and not (call.dyn_args or call.dyn_kwargs)
    return arguments if is_valid and is_complete else None


def _is_substitutable(value: nodes.Expr, bound: frozenset[str]) -> bool:
    """Return True for a value that may replace its parameter everywhere: a literal, or a name with one meaning."""
    if isinstance(value, nodes.Const):
        return True
    return isinstance(value, nodes.Name) and value.name not in bound | _SPECIAL_NAMES
