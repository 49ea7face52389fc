"""Faster code out of the same templates.

Jinja's code asks the environment for every attribute and the context for every call, since either may be undefined.
Views are frozen and typed, so this code takes the direct way; where something is not there after all, it fails and
the page is drawn again by Jinja's own code (see `renderer`), which finds another way or says precisely what is missing.
What both can draw they draw alike.
"""

import keyword
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup
from markupsafe import escape as escape_any
from msgspec import Struct

from digest.theme.fold import fold

# How many results a macro keeps, of about 1 kB each: entries of a day, and then of a month, stand on pages that are
# drawn one after the other.
REMEMBERED = 4096
_ASKING = frozenset({"defined", "undefined", "default", "d"})
_SPECIAL = frozenset({"self", "super", "caller"})
_VALUES = (str, int, float, tuple, date, Struct, type(None), type(missing))


def escape(value: Any) -> str:
    """As markupsafe's, without making a Markup of text that is written at once."""
    if type(value) is str:
        swapped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return swapped.replace("'", "&#39;").replace('"', "&#34;")
    return value if type(value) is Markup else escape_any(value)


class DirectMacro(Macro):
    """A macro that takes what it names needs no more than its arguments in order, and of an import often no call.

    A macro of an imported template sees its arguments and what is the same on every page, so for equal values it writes
    equal text, which is remembered: an entry stands on many pages, and is drawn once.
    """

    _remembered: Callable[..., str] | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if len(args) > self._argument_count or self.catch_kwargs or self.catch_varargs or self.caller:
            return super().__call__(*args, **kwargs)
        if kwargs:
            args += tuple(kwargs.pop(name, missing) for name in self.arguments[len(args) :])
            if kwargs:
                return super().__call__(*args, **kwargs)
        elif len(args) < self._argument_count:
            args += (missing,) * (self._argument_count - len(args))
        if self._remembered is None:
            return self._drawn(*args)
        for argument in args:
            if type(argument) not in self._kinds and not self._learnt(type(argument)):
                return self._drawn(*args)
        return self._remembered(*args)

    def remember(self) -> None:
        """From now on, keep what was written for the arguments seen last."""
        if self._remembered is None:
            self._remembered = lru_cache(REMEMBERED, typed=True)(self._drawn)
            self._kinds = set[type]()

    def _learnt(self, kind: type) -> bool:
        """Whether arguments of this type are values, that never change, unlike a loop or a namespace."""
        if issubclass(kind, _VALUES):
            self._kinds.add(kind)
        return kind in self._kinds

    def _drawn(self, *args: Any) -> str:
        text = self._func(*args)
        return Markup(text) if self._default_autoescape else text  # noqa: S704 - a macro's text is escaped already


class DirectGenerator(CodeGenerator):
    """Python with plain attributes and plain calls."""

    _asking = False

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja calls it so
        special = isinstance(node.node, nodes.Name) and node.node.name in _SPECIAL
        if self._asking or special or keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

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
        namespace.update({"escape": escape, "Macro": DirectMacro})
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What an import gives, made once: its macros remember."""
        new = self._module is None
        module = super()._get_default_module(ctx)
        for macro in vars(module).values() if new else ():
            if isinstance(macro, DirectMacro):
                macro.remember()
        return module


class DirectEnvironment(Environment):
    """Compiles to direct code, after folding what follows from the names in `known`."""

    code_generator_class = DirectGenerator
    template_class = DirectTemplate
    known: Mapping[str, Any] = {}

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        return super()._generate(fold(source, self, name, self.known), name, filename, defer_init)
