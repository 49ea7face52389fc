"""Code generation: faster Python code for the same templates.

Jinja's code looks up every attribute through the environment and every call through the context, because each may be
undefined. Views are frozen and typed, so this code uses plain attribute access and plain calls. When something is
missing, the code fails, and `renderer` renders the page again with Jinja's own code, which finds another way or
reports exactly what is missing. Where both succeed, the pages are equal.
"""

import keyword
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.filters import do_trim
from markupsafe import Markup
from markupsafe import escape as escape_any

from digest.theme.compiler.macro_inlining import is_large
from digest.theme.compiler.macros import markup

try:
    from markupsafe._speedups import _escape_inner as _escape_text  # escapes a text without making a Markup of it
except ImportError:  # pragma: no cover - the name is private, so a later release may lack it

    def _escape_text(text: str, /) -> str:
        return str(escape_any(text))


# Filters and tests that ask whether a value is defined.
_DEFINED_CHECKS = frozenset({"defined", "undefined", "default", "d"})
_SPECIAL_NAMES = frozenset({"self", "super", "caller"})


def escape(value: Any) -> str:
    """Escape a value as `markupsafe.escape` does, but return plain text, since it is written at once."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return] # its type was checked in the line before
    return str(value) if kind is int else escape_any(value)


def trim(value: str, chars: str | None = None) -> str:
    """Filter `trim`, equal to Jinja's and faster for markup."""
    return markup(str.strip(value)) if type(value) is Markup and chars is None else do_trim(value, chars)


class DirectGenerator(CodeGenerator):
    """Generates code with plain attributes and calls; each template and block yields its text in one piece."""

    _checks_defined = False

    def enter_frame(self, frame: Frame) -> None:
        """Give the outermost frame of a template or block a buffer for all text."""
        super().enter_frame(frame)
        if frame.buffer is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """Yield the text of the buffer at the end of a template or block."""
        super().leave_frame(frame, with_python_scope)
        if frame.toplevel or frame.block_frame:
            self.writeline(f"yield concat({frame.buffer})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write `Macro(…)`, or `CachedMacro(…)` for a large macro."""
        self.write("Cached" if is_large(macro_ref.node) else "")
        super().macro_def(macro_ref, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name for it
        special = isinstance(node.node, nodes.Name) and node.node.name in _SPECIAL_NAMES
        if self._checks_defined or special or keyword.iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        if isinstance(node.node, nodes.Name):
            self.write(frame.symbols.ref(node.node.name))  # no check needed: `missing` has no attributes either
        else:
            self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's name for it
        if self._checks_defined or isinstance(node.arg, nodes.Slice):
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

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 - Jinja's name for it
        with self._inside(node):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - Jinja's name for it
        with self._inside(node):
            super().visit_Filter(node, frame)

    @contextmanager
    def _inside(self, node: nodes.Test | nodes.Filter) -> Iterator[None]:
        """Within a check whether a value is defined, generate Jinja's own code, which tolerates missing values."""
        before = self._checks_defined
        self._checks_defined = before or node.name in _DEFINED_CHECKS
        yield
        self._checks_defined = before
