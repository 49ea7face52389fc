"""The words of a theme in the site's language: `strings/<lang>.toml`, one file a language.

    read_more = "Read more"
    by = "By {name}"

    [entries]                 # a message that depends on `count`, by the plural rules of CLDR
    one = "{count} entry"
    other = "{count} entries"

    [nav]                     # any other table only gathers keys: t("nav.regions")
    regions = "Regions"

Where a language lacks a key, a wider one speaks (pt-BR, pt, then English), then the theme's parent.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from digest.issues import Issue, Place, issue
from digest.language import widened
from digest.toml import place_of

DEFAULT_LANGUAGE = "en"
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})

Message = str | Mapping[str, str]


def fallback_languages(language: str) -> tuple[str, ...]:
    """The languages to look in, the nearest first: pt-BR, pt, en."""
    return tuple(dict.fromkeys((*widened(language), DEFAULT_LANGUAGE)))


def parse_strings(text: str, file: str) -> tuple[dict[str, Message], tuple[Issue, ...]]:
    """The messages of one file, by dotted key."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(file, int(at[1]), int(at[2])) if at else Place(file)
        return {}, (issue("theme-config", place, "the file is not TOML", "see https://toml.io for the syntax"),)
    messages, wrong = dict[str, Message](), list[Issue]()
    for path, value in _leaves(written, ()):
        key = ".".join(path)
        if isinstance(value, str) or (isinstance(value, dict) and "other" in value):
            messages[key] = value
        else:
            hint = 'write text in "quotes"; a message with plurals needs at least `other`'
            wrong.append(issue("theme-config", place_of(text, file, path), f"`{key}` is no message", hint))
    return messages, tuple(wrong)


def _leaves(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        plural = isinstance(value, dict) and value and value.keys() <= PLURAL_FORMS
        if isinstance(value, dict) and not plural:
            yield from _leaves(value, (*path, key))
        elif plural and not all(isinstance(v, str) for v in value.values()):
            yield (*path, key), None
        else:
            yield (*path, key), value
