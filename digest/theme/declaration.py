"""Parse and validate theme.toml, the declaration of a theme. All its mistakes are reported in one run.

```toml
name = "evening"          # the folder's name
api = 1                   # version of the theme contract
parent = "broadsheet"     # theme whose templates, assets and strings it inherits; default `core`
kinds = ["front"]         # page kinds for which it has templates of its own

[parameters.accent]       # a site sets it in [theme.parameters]; the type of the default is the type of the parameter
default = "#8a1c1c"
pattern = "#[0-9a-f]{6}"
about = "the colour of links and rules"

[front]                   # number of cards in each part of the front page
second = 4
```
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from digest.issues import Issue, issue
from digest.theme.front_layout import FrontCounts
from digest.theme.page_kinds import KINDS
from digest.toml import Document, Path, decode, describe_type, find_mistakes, place_of, remove_paths, unknown_name_hint

API_VERSION = 1
ROOT_THEME = "core"
SITE_LAYER = "site"

ParameterValue = str | int | float | bool
Problem = tuple[Path, str, str]
_CHECKED_APART = ("parameters", "front")


class Parameter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Table `[parameters.X]`. The default gives the type; `choices` or a regular expression may restrict a text."""

    default: ParameterValue
    choices: tuple[str, ...] = ()
    pattern: str = ""
    about: str = ""


class Declaration(Struct, frozen=True, kw_only=True):
    """A validated theme.toml. `front` holds only the counts that this theme itself sets."""

    name: str
    api: int = API_VERSION
    parent: str = ""
    kinds: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = {}
    front: Mapping[str, ParameterValue] = {}


def parse_declaration(text: str, file: str, name: str) -> tuple[Declaration | None, tuple[Issue, ...]]:
    """Parse the theme.toml of the theme in the folder `name`. An invalid value gets its default, with an issue.

    Returns None when the file is not TOML: its parent is then unknown too.
    """
    table, syntax_error = decode(text, file)
    if syntax_error:
        return None, (issue("theme-config", *syntax_error, "see https://toml.io for the syntax"),)
    problems = list(_problems(table, name))
    invalid = {path[:2] if path[:1] == ("parameters",) else path for path, _, _ in problems}
    valid = remove_paths(table, invalid)
    issues = (issue("theme-config", place_of(text, file, path), message, hint) for path, message, hint in problems)
    return msgspec.convert({**valid, "name": name}, Declaration), tuple(issues)


def value_hint(value: Any, parameter: Parameter) -> str:
    """Return a hint for an invalid value of a parameter; empty when the value is valid."""
    kind = type(parameter.default)
    fits = isinstance(value, int | float) if kind is float else isinstance(value, kind)
    if not fits or (isinstance(value, bool) and kind is not bool):
        return f"write {describe_type(kind)}"
    if parameter.choices and value not in parameter.choices:
        similar = difflib.get_close_matches(str(value), parameter.choices, 1)
        return f"did you mean `{similar[0]}`?" if similar else f"write one of {', '.join(parameter.choices)}"
    if parameter.pattern and not re.fullmatch(parameter.pattern, str(value)):
        return f"write something like {parameter.default!r}" + (f": {parameter.about}" if parameter.about else "")
    return ""


def _problems(table: Document, name: str) -> Iterator[Problem]:
    plain = {k: v for k, v in table.items() if k not in _CHECKED_APART or not isinstance(v, dict)}
    yield from _type_problems(plain, Declaration, ())
    if table.get("name", name) != name:
        yield ("name",), f"the theme in the folder `{name}` has the name {table['name']!r}", f'write name = "{name}"'
    if name == SITE_LAYER:
        yield ("name",), f"`{SITE_LAYER}` is not allowed as a theme's name", "it stands for the site's own templates"
    if isinstance(api := table.get("api"), int) and api != API_VERSION:
        yield ("api",), f"the theme needs contract {api}", f"this version of `digest` supports contract {API_VERSION}"
    if isinstance(kinds := table.get("kinds"), list):
        for kind in kinds:
            if isinstance(kind, str) and kind not in KINDS:
                yield ("kinds",), f"there is no page kind `{kind}`", unknown_name_hint(kind, KINDS)
    if isinstance(front := table.get("front"), dict):
        yield from _type_problems(front, FrontCounts, ("front",))
    if isinstance(parameters := table.get("parameters"), dict):
        for key, value in parameters.items():
            yield from _parameter_problems(key, value)


def _type_problems(table: Document, kind: type[Struct], path: Path) -> Iterator[Problem]:
    return ((m.path, m.message, m.hint) for m in find_mistakes(table, kind, path))


def _parameter_problems(key: str, table: Any) -> Iterator[Problem]:
    path = ("parameters", key)
    if not isinstance(table, dict):
        yield path, f"`{'.'.join(path)}` cannot be {table!r}", f"write a table [parameters.{key}] with a default"
        return
    problems = list(_type_problems(table, Parameter, path))
    if not key.isidentifier():
        problems.append((path, f"`{key}` cannot be a parameter's name", "use letters, digits and underscores"))
    if problems:
        yield from problems
        return
    parameter = msgspec.convert(table, Parameter)
    try:
        default_is_invalid = bool(value_hint(parameter.default, parameter))
    except re.error as error:
        yield path, f"the pattern of `{key}` is not a regular expression", str(error)
    else:
        if default_is_invalid:
            hint = "give it one of its choices" if parameter.choices else f"make it match {parameter.pattern}"
            yield path, f"the default of `{key}` breaks the rules of the parameter", hint
