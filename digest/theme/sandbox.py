"""Templates that nobody here has read: they reach nothing but what a template is given.

Jinja's sandbox keeps them from attributes that begin with `_` and from changing values
(https://jinja.palletsprojects.com/en/stable/sandbox/); beside that, what would fill the memory in one expression is an
error. It costs: constants are not folded, and every attribute is asked for.
"""

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST = 100_000
"""The longest text or list that an expression may make of a shorter one, and as many turns has a range."""
_HIGHEST_POWER = 64
# What gives a text a width of any size: filters, and methods of texts.
_FILTERS = ("center", "format")
_METHODS = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates of others."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _FILTERS:
            del self.filters[name]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have an attribute."""
        return super().is_safe_attribute(obj, attr, value) and not (isinstance(obj, str) and attr in _METHODS)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of an operator that could make something huge of something small."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("texts are put together with `~` or `t()`, not with `%`")
        if operator == "**" and abs(right) > _HIGHEST_POWER:
            message = f"a power of {right} is too high"
            raise SecurityError(message)
        if operator == "*":
            long, times = (left, right) if hasattr(left, "__len__") else (right, left)
            if hasattr(long, "__len__") and isinstance(times, int) and len(long) * times > MOST:
                message = f"more than {MOST} of something"
                raise SecurityError(message)
        return super().call_binop(context, operator, left, right)
