"""`t("key", **values)`: a theme's string with its values, escaped where a value is markup, plural where it counts."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from babel import Locale, numbers
from jinja2 import UndefinedError
from markupsafe import Markup

from digest.theme.strings import Message
from digest.toml import unknown

# Text, name, text, name, …, text.
_SLOT = re.compile(r"\{(\w+)\}")


class Translator:
    """The strings of one theme in one language. What is not there raises UndefinedError, as any other unknown name."""

    def __init__(self, strings: Mapping[str, Message], locale: Locale) -> None:
        self._strings, self._locale = strings, locale

    def __call__(self, key: str, **values: object) -> str:
        """Whole numbers are written as the language writes them; `count` chooses the plural."""
        message = self._strings.get(key)
        if message is None:
            raise _missing(key, unknown(key, self._strings))
        pattern = message if isinstance(message, str) else self._plural(key, message, values)
        return pattern if "{" not in pattern else self._filled(key, pattern, values)

    def _plural(self, key: str, message: Mapping[str, str], values: Mapping[str, object]) -> str:
        count = values.get("count")
        if not isinstance(count, int):
            raise _unsaid(key, "count")
        return message.get(self._locale.plural_form(count), message["other"])

    def _filled(self, key: str, pattern: str, values: Mapping[str, object]) -> str:
        """The pattern with its values: text, or markup as soon as one of them is."""
        parts, markup = list[Any](_pieces(pattern)), False
        for n in range(1, len(parts), 2):
            if parts[n] not in values:
                raise _unsaid(key, parts[n])
            value = values[parts[n]]
            markup = markup or hasattr(value, "__html__")
            parts[n] = value if type(value) is not int else numbers.format_decimal(value, locale=self._locale)
        return Markup("").join(parts) if markup else "".join(map(str, parts))


@lru_cache(1024)
def _pieces(pattern: str) -> tuple[str, ...]:
    return tuple(_SLOT.split(pattern))


def _missing(key: str, hint: str) -> UndefinedError:
    return UndefinedError(f"the theme has no string `{key}`\n{hint}")


def _unsaid(key: str, name: str) -> UndefinedError:
    return UndefinedError(f'the string `{key}` needs a value for `{name}`\nwrite t("{key}", {name}=…)')
