"""Sandbox for templates of other people: they can use only the values that a template is given.

Jinja's sandbox blocks attributes that begin with `_` and changes of values
(https://jinja.palletsprojects.com/en/stable/sandbox/). In addition, an expression that would fill the memory is an
error. The sandbox is slower: constants are not folded, and every attribute access is checked.
"""

from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, pass_environment, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import do_replace, make_attrgetter, sync_do_join, sync_do_sum
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_LENGTH = 100_000
"""Maximum length of a text or list that an expression makes from a shorter one, and of a range."""
_MAX_EXPONENT = 64
_SCALARS = (str, bytes, int, float)
# Filters, and methods of texts and numbers, that can return a text or list of any size.
_REMOVED_FILTERS = ("batch", "center", "format", "indent", "slice")
_BLOCKED_METHODS = frozenset(
    "center expandtabs format format_map join ljust replace rjust to_bytes translate zfill".split()  # noqa: SIM905 - shorter
)


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """Jinja environment for templates that are not trusted."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _REMOVED_FILTERS:
            del self.filters[name]
        self.filters |= {"join": _joined, "replace": _replaced, "sum": _summed}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return True when a template may read an attribute."""
        is_blocked = isinstance(obj, _SCALARS) and attr in _BLOCKED_METHODS
        return super().is_safe_attribute(obj, attr, value) and not is_blocked

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator that can make a huge value from small ones, within limits.

        Raises SecurityError when the result would be too large.
        """
        if operator == "%" and isinstance(left, str):
            raise SecurityError("use `~` or `t()` to join texts, not `%`")
        if operator == "**" and (abs(right) > _MAX_EXPONENT or abs(left) > MAX_LENGTH):
            raise SecurityError("the exponent is too high")
        if operator == "*":
            sequence, times = (left, right) if hasattr(left, "__len__") else (right, left)
            if hasattr(sequence, "__len__") and isinstance(times, int):
                _check_length(len(sequence) * times)
        return super().call_binop(context, operator, left, right)


@pass_eval_context
def _replaced(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """Jinja's filter `replace` with a limit on the length of the result."""
    _check_length(len(str(text)) + str(text).count(str(old)) * len(str(new)))
    return do_replace(context, text, old, new, count)


@pass_eval_context
def _joined(context: EvalContext, value: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """Jinja's filter `join` with a limit on the length of the result."""
    parts = list(value if attribute is None else map(make_attrgetter(context.environment, attribute), value))
    _check_length(sum(len(str(part)) + len(str(between)) for part in parts))
    return sync_do_join(context, parts, between)


@pass_environment
def _summed(
    environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: float = 0
) -> Any:
    """Jinja's filter `sum` for numbers only."""
    if not isinstance(start, int | float):
        raise SecurityError("`sum` adds numbers only")
    return sync_do_sum(environment, value, attribute, start)


def _check_length(length: int) -> None:
    if length > MAX_LENGTH:
        message = f"the result is longer than {MAX_LENGTH}"
        raise SecurityError(message)
