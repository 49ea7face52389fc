"""`t("key", **values)`: a theme's string with its values, escaped where a value is markup, plural where it counts."""

import re
from collections.abc import Mapping

from babel import Locale, numbers
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from digest.theme.declaration import unknown
from digest.theme.strings import Message

_SLOT = re.compile(r"\{(\w+)\}")


class Words:
    """The strings of one theme in one language. What is not there raises UndefinedError, as any other unknown name."""

    def __init__(self, strings: Mapping[str, Message], locale: Locale) -> None:
        self._strings, self._locale = strings, locale

    def __call__(self, key: str, **values: object) -> str:
        """Whole numbers are written as the language writes them; `count` chooses the plural."""
        message = self._strings.get(key)
        if message is None:
            raise _missing(key, unknown(key, self._strings))
        pattern = message if isinstance(message, str) else self._plural(key, message, values)
        return self._filled(key, pattern, values) if "{" in pattern else pattern

    def _plural(self, key: str, message: Mapping[str, str], values: Mapping[str, object]) -> str:
        count = values.get("count")
        if not isinstance(count, int):
            raise _unsaid(key, "count")
        return message.get(self._locale.plural_form(count), message["other"])

    def _filled(self, key: str, pattern: str, values: Mapping[str, object]) -> str:
        markup = any(hasattr(v, "__html__") for v in values.values())

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name not in values:
                raise _unsaid(key, name)
            given = values[name]
            number = isinstance(given, int) and not isinstance(given, bool)
            text = numbers.format_decimal(str(given), locale=self._locale) if number else given
            return str(escape(text)) if markup else str(text)

        filled = _SLOT.sub(value, str(escape(pattern)) if markup else pattern)
        return Markup(filled) if markup else filled  # noqa: S704 - pattern and values were escaped just above


def _missing(key: str, hint: str) -> UndefinedError:
    return UndefinedError(f"the theme has no string `{key}`\n{hint}")


def _unsaid(key: str, name: str) -> UndefinedError:
    return UndefinedError(f'the string `{key}` needs a value for `{name}`\nwrite t("{key}", {name}=…)')
