"""The function `t("key", **values)`: translate a string of the theme, with placeholders and plural forms."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from babel import Locale, numbers
from jinja2 import UndefinedError
from markupsafe import Markup

from digest.theme.strings import Message
from digest.toml import unknown_name_hint

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Translator:
    """The function `t` of a theme in one language. Raises UndefinedError for an unknown key or a missing value."""

    def __init__(self, strings: Mapping[str, Message], locale: Locale) -> None:
        self._strings, self._locale = strings, locale

    def __call__(self, key: str, **values: object) -> str:
        """Translate a key. Integers are formatted in the locale; `count` selects the plural form."""
        message = self._strings.get(key)
        if message is None:
            raise _unknown_key(key, unknown_name_hint(key, self._strings))
        pattern = message if isinstance(message, str) else self._plural(key, message, values)
        return pattern if "{" not in pattern else self._fill(key, pattern, values)

    def _plural(self, key: str, message: Mapping[str, str], values: Mapping[str, object]) -> str:
        count = values.get("count")
        if not isinstance(count, int):
            raise _missing_value(key, "count")
        return message.get(self._locale.plural_form(count), message["other"])

    def _fill(self, key: str, pattern: str, values: Mapping[str, object]) -> str:
        """Put values into a pattern. If one of them is markup, the result is markup and the rest is escaped."""
        parts, is_markup = list[Any](_split_pattern(pattern)), False
        for n in range(1, len(parts), 2):
            if parts[n] not in values:
                raise _missing_value(key, parts[n])
            value = values[parts[n]]
            is_markup = is_markup or hasattr(value, "__html__")
            parts[n] = value if type(value) is not int else numbers.format_decimal(value, locale=self._locale)
        return Markup("").join(parts) if is_markup else "".join(map(str, parts))


@lru_cache(1024)
def _split_pattern(pattern: str) -> tuple[str, ...]:
    """Return text, name, text, name, …, text."""
    return tuple(_PLACEHOLDER.split(pattern))


def _unknown_key(key: str, hint: str) -> UndefinedError:
    return UndefinedError(f"the theme has no string `{key}`\n{hint}")


def _missing_value(key: str, name: str) -> UndefinedError:
    return UndefinedError(f'the string `{key}` needs a value for `{name}`\nwrite t("{key}", {name}=…)')
