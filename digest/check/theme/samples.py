"""Sample views, made from their types: one with all optional values missing, one with markup in every text.

The type of a field decides its value. Fields that hold a URL, a slug or a date as text are known by name
(docs/reference/themes.md).
"""

import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from itertools import cycle
from typing import Any

import msgspec

from digest.site.context import Context
from digest.site.views import Label, StoryView, View

FLAVOURS = ("hostile", "empty")
TAG = "<digest-sample>"
HOSTILE = f"""{TAG} "double" & 'single' ]]> --> </script> {{{{ page }}}} \u202eend"""

_DAY = date(2026, 3, 12)
_AT = datetime(2026, 3, 12, 9, 5, tzinfo=UTC)
_PATHS = frozenset({"url", "target", "feed", "earlier", "later", "home", "path"})
_ADDRESSES = frozenset({"canonical", "link", "src"})
_MOMENTS = frozenset({"published", "modified", "updated", "expires"})
# a story always has entries and a month has weeks; everything else is optional
_NEVER_EMPTY = frozenset({"story cards", "weeks"})
_NOTHING = frozenset({"badge", "lang", "json_ld", "type", "digest", "ai"})


class Sampler:
    """Makes views of one flavour (`hostile` or `empty`), with the regions and categories of a site."""

    def __init__(self, flavour: str, context: Context) -> None:
        self._full = flavour == "hostile"
        self._context = context
        self._count = 0
        self._labels = cycle(context.regions.values())

    def views(self) -> dict[str, Any]:
        """Return a view of each type, by type name."""
        return {kind.__name__: self._struct(kind) for kind in typing.get_args(View)}

    def _struct(self, kind: type[Any]) -> Any:
        self._count += 1
        story = "story " if kind is StoryView else ""
        fields = (
            (f.name, f.type, f"{story}cards" if f.name == "cards" else f.name) for f in msgspec.structs.fields(kind)
        )
        return kind(**{name: self._value(wanted, called) for name, wanted, called in fields})

    def _value(self, kind: Any, name: str) -> Any:
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin in (types.UnionType, typing.Union):
            wanted = next(a for a in arguments if a is not types.NoneType)
            return self._value(wanted, name) if self._full or name in _NEVER_EMPTY else None
        if origin is tuple:
            return self._several(arguments, name)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {}
        if kind is Label:
            return next(self._labels)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return self._struct(kind)
        return self._scalar(kind, name)

    def _several(self, arguments: tuple[Any, ...], name: str) -> tuple[Any, ...]:
        """Return the required labels in both flavours; all else is empty in `empty`."""
        if name in ("regions", "categories"):
            return (next(iter(getattr(self._context, name))),)
        if name in ("marks", "sources"):
            return ()
        if len(arguments) == 2 and arguments[1] is not ...:
            return tuple(self._value(a, name) for a in arguments)
        return tuple(self._value(arguments[0], name) for _ in range(2)) if self._full or name in _NEVER_EMPTY else ()

    def _scalar(self, kind: Any, name: str) -> Any:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return list(kind)[-1]
        made: dict[Any, Callable[[], Any]] = {
            bool: lambda: self._full or name == "index",
            int: lambda: 640 if name in ("width", "height") else int(self._full),
            date: lambda: _DAY,
            datetime: lambda: _AT,
            str: lambda: self._text(name),
        }
        return made[kind]()

    def _text(self, name: str) -> str:
        """Return a valid value for fields with a format; for other text an empty string or markup."""
        number = self._count
        always = {"axis": "region", "month": "2026-03"}
        always |= dict.fromkeys(("id", "order", "slug", "key", "story"), f"n{number:09}")
        always |= dict.fromkeys(_PATHS, f"/2026/03/12/entry-{number}/")
        if name in always or not self._full:
            return always.get(name, "Untitled" if name == "title" else "")
        known = dict.fromkeys(_NOTHING, "") | dict.fromkeys(_MOMENTS, _AT.isoformat())
        known |= dict.fromkeys(_ADDRESSES, f"https://example.org/?a=1&b={number}")
        return known.get(name, HOSTILE)
