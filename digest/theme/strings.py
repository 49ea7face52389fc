"""Parse the strings of a theme: `strings/<lang>.toml`, one file for each language.

    read_more = "Read more"
    by = "By {name}"

    [entries]                 # a message that depends on `count`, by the plural rules of CLDR
    one = "{count} entry"
    other = "{count} entries"

    [nav]                     # any other table only groups keys: t("nav.regions")
    regions = "Regions"

When a language lacks a key, a more general language supplies it (pt-BR, pt, then English), then the theme's parent.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from digest.issues import Issue, Place, issue
from digest.language import wider_tags
from digest.toml import place_of

DEFAULT_LANGUAGE = "en"
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})

Message = str | Mapping[str, str]


def fallback_languages(language: str) -> tuple[str, ...]:
    """Languages in which to look for a string, the most specific first: pt-BR, pt, en."""
    return tuple(dict.fromkeys((*wider_tags(language), DEFAULT_LANGUAGE)))


def parse_strings(text: str, file: str) -> tuple[dict[str, Message], tuple[Issue, ...]]:
    """Parse the messages of one file. The result is by dotted key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(file, int(at[1]), int(at[2])) if at else Place(file)
        return {}, (issue("theme-config", place, "the file is not TOML", "see https://toml.io for the syntax"),)
    messages, issues = dict[str, Message](), list[Issue]()
    for path, value in _leaves(table, ()):
        key = ".".join(path)
        if isinstance(value, str) or (isinstance(value, dict) and "other" in value):
            messages[key] = value
        else:
            hint = 'write text in "quotes"; a message with plurals needs at least `other`'
            issues.append(issue("theme-config", place_of(text, file, path), f"`{key}` is not a message", hint))
    return messages, tuple(issues)


def _leaves(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        plural = isinstance(value, dict) and value and value.keys() <= PLURAL_FORMS
        if isinstance(value, dict) and not plural:
            yield from _leaves(value, (*path, key))
        elif plural and not all(isinstance(v, str) for v in value.values()):
            yield (*path, key), None
        else:
            yield (*path, key), value
