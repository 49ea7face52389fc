"""Templates that nobody here has read: they reach nothing but what a template is given.

Jinja's sandbox keeps them from attributes that begin with `_` and from changing values
(https://jinja.palletsprojects.com/en/stable/sandbox/); beside that, what would fill the memory in one expression is an
error. It costs: constants are not folded, and every attribute is asked for.
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
"""The longest text or list that an expression may make of a shorter one, and as many turns has a range."""
_HIGHEST_POWER = 64
_SCALARS = (str, bytes, int, float)
# What gives a text or a list any size: filters, and methods of texts and numbers.
_FILTERS = ("batch", "center", "format", "indent", "slice")
_METHODS = frozenset(
    "center expandtabs format format_map join ljust replace rjust to_bytes translate zfill".split()  # noqa: SIM905 - shorter
)


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """An environment for templates of others."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _FILTERS:
            del self.filters[name]
        self.filters |= {"join": _joined, "replace": _replaced, "sum": _summed}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute."""
        return super().is_safe_attribute(obj, attr, value) and not (isinstance(obj, _SCALARS) and attr in _METHODS)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of an operator that could make something huge of something small."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("texts are put together with `~` or `t()`, not with `%`")
        if operator == "**" and (abs(right) > _HIGHEST_POWER or abs(left) > MAX_LENGTH):
            raise SecurityError("the power is too high")
        if operator == "*":
            long, times = (left, right) if hasattr(left, "__len__") else (right, left)
            if hasattr(long, "__len__") and isinstance(times, int):
                _bound(len(long) * times)
        return super().call_binop(context, operator, left, right)


@pass_eval_context
def _replaced(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """The filter `replace`, bounded."""
    _bound(len(str(text)) + str(text).count(str(old)) * len(str(new)))
    return do_replace(context, text, old, new, count)


@pass_eval_context
def _joined(context: EvalContext, value: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """The filter `join`, bounded."""
    parts = list(value if attribute is None else map(make_attrgetter(context.environment, attribute), value))
    _bound(sum(len(str(part)) + len(str(between)) for part in parts))
    return sync_do_join(context, parts, between)


@pass_environment
def _summed(
    environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: float = 0
) -> Any:
    """The filter `sum`, of numbers alone."""
    if not isinstance(start, int | float):
        raise SecurityError("only numbers are summed")
    return sync_do_sum(environment, value, attribute, start)


def _bound(size: int) -> None:
    if size > MAX_LENGTH:
        message = f"more than {MAX_LENGTH} of something"
        raise SecurityError(message)
