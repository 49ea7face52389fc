"""Macros at run time: direct calls of the compiled function, and a cache of results for large macros."""

from datetime import date, datetime
from functools import partial
from typing import Any

from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup
from msgspec import Struct
from msgspec.inspect import type_info

# Minimum number of results in a macro's cache, about 1 kB each. Pages that show the same entries (a day, then its
# month) are rendered one after the other, so a cache of this size finds them again.
CACHED_RESULTS = 2048
# After this number of calls, a macro with few cache hits stops caching.
TRIAL_CALLS = 512
_MAX_MISS_RATE = 0.7
_IMMUTABLE_TYPES = (str, int, float, tuple, date, Struct, type(None), type(missing))
markup = partial(str.__new__, Markup)
"""Make Markup of a text that is escaped, faster than the constructor."""


class DirectMacro(Macro):
    """A macro that calls its compiled function with positional arguments, without Jinja's handling of varargs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_plain_signature = not (self.catch_kwargs or self.catch_varargs or self.caller)
        if self._has_plain_signature:  # Python itself raises TypeError for too many arguments
            self._func.__defaults__ = (missing,) * self._argument_count

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if not self._has_plain_signature:
            return super().__call__(*args, **kwargs)
        if kwargs:
            args += tuple(kwargs.pop(name, missing) for name in self.arguments[len(args) :])
            if kwargs:
                return super().__call__(*args, **kwargs)
        text = self._func(*args)
        return markup(text) if self._default_autoescape else text


class CachedMacro(DirectMacro):
    """A large macro that caches its results by arguments, once `enable_cache` is called.

    A macro of an imported template sees only its arguments and values that are the same on every page. So equal
    arguments give equal text: an entry that stands on many pages is rendered once.
    """

    _recent: dict[tuple[Any, ...], str] | None = None
    _calls = _misses = 0

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        recent = self._recent
        if recent is None:
            return super().__call__(*args, **kwargs)
        self._calls += 1
        # The types belong to the key: 1 and True are equal, but give different text.
        key = (*args, *map(type, args))
        if kwargs:
            key = (key, *kwargs.items(), *map(type, kwargs.values()))
        try:
            return recent[key]
        except KeyError:
            return self._older_or_rendered(recent, key, args, kwargs)
        except TypeError:  # an argument that is not hashable, such as a list
            return super().__call__(*args, **kwargs)

    def enable_cache(self) -> None:
        """Start to cache results: at least the last `CACHED_RESULTS`, at most twice as many (two generations)."""
        if self._recent is None and self._has_plain_signature:
            self._recent, self._older = {}, dict[tuple[Any, ...], str]()
            self._cacheable_types = set[type]()

    def _older_or_rendered(
        self, recent: dict[tuple[Any, ...], str], key: tuple[Any, ...], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> str:
        """Return the text from the older generation of the cache, or else render it."""
        text = self._older.get(key)
        if text is None:
            self._misses += 1
            if self._calls > TRIAL_CALLS:
                self._recent = None if self._misses > _MAX_MISS_RATE * self._calls else recent
                self._calls = self._misses = 0
            types = {*map(type, args), *map(type, kwargs.values())}
            text = super().__call__(*args, **kwargs)
            if not (types <= self._cacheable_types or all(map(self._is_cacheable, types))):
                return text
        if self._recent and len(recent) >= CACHED_RESULTS:
            self._older, self._recent = recent, (recent := {})
        recent[key] = text
        return text

    def _is_cacheable(self, kind: type) -> bool:
        """Return True for types of immutable values that give the same text when they are equal."""
        if issubclass(kind, _IMMUTABLE_TYPES) and not _holds_time(kind):
            self._cacheable_types.add(kind)
        return kind in self._cacheable_types


def _holds_time(kind: type) -> bool:
    """Return True for times, and for structs with a time: equal times in two zones give different text.

    A struct with a field `order` is safe: the field holds the time as it was written.
    """
    if not issubclass(kind, Struct):
        return issubclass(kind, datetime)
    return "order" not in kind.__struct_fields__ and "DateTimeType" in repr(type_info(kind))
