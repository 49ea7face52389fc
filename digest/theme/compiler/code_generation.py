"""Faster code out of the same templates.

Jinja's code asks the environment for every attribute and the context for every call, since either may be undefined.
Views are frozen and typed, so this code takes the direct way; where something is not there after all, it fails and
the page is drawn again by Jinja's own code (see `renderer`), which finds another way or says precisely what is missing.
What both can draw they draw alike.
"""

import keyword
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.filters import do_trim
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup
from markupsafe import escape as escape_any
from msgspec import Struct
from msgspec.inspect import type_info

from digest.theme.compiler.constant_folding import fold_constants
from digest.theme.compiler.inheritance import flatten_inheritance
from digest.theme.compiler.macro_inlining import inline_macros, is_large, remove_unused_imports
from digest.theme.compiler.output_merging import merge_outputs
from digest.theme.compiler.syntax_tree import bound_names, copy_tree, parsed_template, replace_nodes

try:
    from markupsafe._speedups import _escape_inner as _escaped  # a text escaped, and no Markup made of it
except ImportError:  # pragma: no cover - it is not promised

    def _escaped(text: str, /) -> str:
        return str(escape_any(text))


# How many results a macro keeps at least, of about 1 kB each: entries of a day, and then of a month, stand on pages
# that are drawn one after the other.
CACHED_RESULTS = 2048
# A macro whose results were mostly not there for so many calls is no longer worth the looking.
TRIAL_CALLS = 512
_ASKING = frozenset({"defined", "undefined", "default", "d"})
_SPECIAL = frozenset({"self", "super", "caller"})
_KNOWN = "known_"
"""Stands before the names of what an environment knows of every page."""
_markup = partial(str.__new__, Markup)
_VALUES = (str, int, float, tuple, date, Struct, type(None), type(missing))


def escape(value: Any) -> str:
    """As markupsafe's, without making a Markup of text that is written at once."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return] # as has just been seen
    return str(value) if kind is int else escape_any(value)


def _trim(value: str, chars: str | None = None) -> str:
    """The filter `trim`, as Jinja's."""
    return _markup(str.strip(value)) if type(value) is Markup and chars is None else do_trim(value, chars)


class DirectMacro(Macro):
    """A macro that takes what it names needs no more than its arguments in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_plain = not (self.catch_kwargs or self.catch_varargs or self.caller)
        if self._is_plain:  # too many arguments are an error of Python's then, which is as good as Jinja's own
            self._func.__defaults__ = (missing,) * self._argument_count

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if not self._is_plain:
            return super().__call__(*args, **kwargs)
        if kwargs:
            args += tuple(kwargs.pop(name, missing) for name in self.arguments[len(args) :])
            if kwargs:
                return super().__call__(*args, **kwargs)
        text = self._func(*args)
        return _markup(text) if self._default_autoescape else text


class CachedMacro(DirectMacro):
    """A macro that has much to write. Where it is imported it is often not called at all.

    A macro of an imported template sees its arguments and what is the same on every page, so for equal values it writes
    equal text, which is remembered: an entry stands on many pages, and is drawn once.
    """

    _recent: dict[tuple[Any, ...], str] | None = None
    _calls = _misses = 0

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        recent = self._recent
        if recent is None:
            return super().__call__(*args, **kwargs)
        self._calls += 1
        # Types as well, since 1 and True are equal and are not written alike.
        key = (*args, *map(type, args))
        if kwargs:
            key = (key, *kwargs.items(), *map(type, kwargs.values()))
        try:
            return recent[key]
        except KeyError:
            return self._second_look(recent, key, args, kwargs)
        except TypeError:  # a list
            return super().__call__(*args, **kwargs)

    def enable_cache(self) -> None:
        """From now on, keep what was written for the arguments seen last: at least `REMEMBERED`, at most twice that."""
        if self._recent is None and self._is_plain:
            self._recent, self._older = {}, dict[tuple[Any, ...], str]()
            self._kinds = set[type]()

    def _second_look(
        self, recent: dict[tuple[Any, ...], str], key: tuple[Any, ...], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> str:
        """What is remembered since long, or else what is drawn now."""
        text = self._older.get(key)
        if text is None:
            self._misses += 1
            if self._calls > TRIAL_CALLS:
                self._recent = None if self._misses > 0.7 * self._calls else recent
                self._calls = self._misses = 0
            kinds = {*map(type, args), *map(type, kwargs.values())}
            text = super().__call__(*args, **kwargs)
            if not (kinds <= self._kinds or all(map(self._learnt, kinds))):
                return text
        if self._recent and len(recent) >= CACHED_RESULTS:
            self._older, self._recent = recent, (recent := {})
        recent[key] = text
        return text

    def _learnt(self, kind: type) -> bool:
        """Whether arguments of this type are values, that never change, unlike a loop, and say the same when equal."""
        if issubclass(kind, _VALUES) and not _is_momentary(kind):
            self._kinds.add(kind)
        return kind in self._kinds


def _is_momentary(kind: type) -> bool:
    """Whether it is a moment, or holds one: noon in London equals noon in Accra, and is not written as that is.

    What has an `order` says in it which time is written.
    """
    if not issubclass(kind, Struct):
        return issubclass(kind, datetime)
    return "order" not in kind.__struct_fields__ and "DateTimeType" in repr(type_info(kind))


class DirectGenerator(CodeGenerator):
    """Python with plain attributes and plain calls, that gives each template and block in one piece."""

    _asking = False

    def enter_frame(self, frame: Frame) -> None:
        """The outermost frame of a template or block gathers what all frames within it write."""
        super().enter_frame(frame)
        if frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Its end gives what was gathered."""
        super().leave_frame(frame, with_python_scope)
        if frame.toplevel or frame.block_frame:
            self.writeline(f"yield concat({frame.buffer})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """`Macro(…)`, or `LongMacro(…)` for one that has much to write."""
        self.write("Cached" if is_large(macro_ref.node) else "")
        super().macro_def(macro_ref, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        special = isinstance(node.node, nodes.Name) and node.node.name in _SPECIAL
        if self._asking or special or keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        if isinstance(node.node, nodes.Name):
            self.write(frame.symbols.ref(node.node.name))  # what is missing has no attributes either
        else:
            self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        if self._asking or isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's own signature
        plain = not (forward_caller or node.dyn_args or node.dyn_kwargs)
        if not plain or any(keyword.iskeyword(k.key) for k in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        with self._question(node):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        with self._question(node):
            super().visit_Filter(node, frame)

    @contextmanager
    def _question(self, node: nodes.Test | nodes.Filter) -> Iterator[None]:
        """Inside a question whether something is there at all, nothing can be taken for granted."""
        before = self._asking
        self._asking = before or node.name in _ASKING
        yield
        self._asking = before


class DirectTemplate(Template):
    """A compiled template whose code uses this module's `escape` and macros."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja calls it so
    ) -> Template:
        namespace.update({"escape": escape, "Markup": _markup, "Macro": DirectMacro, "CachedMacro": CachedMacro})
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What an import gives, made once: its macros remember."""
        new = self._module is None
        module = super()._get_default_module(ctx)
        for macro in vars(module).values() if new else ():
            if isinstance(macro, CachedMacro):
                macro.enable_cache()
        return module


class DirectEnvironment(Environment):
    """Compiles to direct code, after folding what follows from the globals that it is told to `know`."""

    code_generator_class = DirectGenerator
    template_class = DirectTemplate

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["trim"] = _trim
        self._ready: dict[str | Template, Template] = {}
        self.flattened: set[str] = set()
        """Templates that no other extends, and that draw so many pages that it pays to put them together."""
        self._elders: dict[str, nodes.Template] = {}
        self.constants: Mapping[str, Any] = {}

    def set_constants(self, *names: str) -> None:
        """These globals mean the same on every page."""
        self.constants = {name: self.globals[name] for name in names}
        vars(self).update((_KNOWN + name, value) for name, value in self.constants.items())

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja calls it so
    ) -> Template:
        """As Jinja's, which asks more often whether a template is still the same: here it always is."""
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = super().get_template(name, parent, globals)
        return found

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        often = name in self.flattened
        tree = flatten_inheritance(source, self, name, self._elder) if often else source
        # What a template extends may give its names another meaning.
        everywhere = often and not tree.find(nodes.Extends)
        tree = fold_constants(inline_macros(tree, self, name, outside_macros=everywhere), self, name, self.constants)
        tree = remove_unused_imports(merge_outputs(self._with_known(tree)), self)
        return super()._generate(tree, name, filename, defer_init)

    def _elder(self, _: Environment, name: str) -> nodes.Template:
        """A template that others extend: what is the same in all of them is done once."""
        if name not in self._elders:
            tree = inline_macros(copy_tree(parsed_template(self, name)), self, name, outside_macros=True)
            self._elders[name] = fold_constants(tree, self, name, self.constants)
        return self._elders[name]

    def _with_known(self, tree: nodes.Template) -> nodes.Template:
        """With the names that mean the same on every page as attributes of the environment: nobody asks the context."""
        known = self.constants.keys() - bound_names(tree)

        def attribute(node: nodes.Node) -> nodes.Node | None:
            if not isinstance(node, nodes.Name) or node.name not in known:
                return None
            return nodes.EnvironmentAttribute(_KNOWN + node.name, lineno=node.lineno)

        return replace_nodes(tree, attribute)
