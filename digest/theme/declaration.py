"""theme.toml: what a theme says of itself. All of its mistakes are found in one go.

```toml
name = "evening"          # the folder's name
api = 1                   # the contract it was written for
parent = "broadsheet"     # whose templates, assets and strings it inherits; `core` when it says none
kinds = ["front"]         # the page kinds that it draws itself

[parameters.accent]       # what a site may set in [theme.parameters]; the default's type is the parameter's
default = "#8a1c1c"
pattern = "#[0-9a-f]{6}"
about = "the colour of links and rules"

[front]                   # how many cards stand where on the front page
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
from digest.toml import Document, Path, decode, mistakes, place_of, spelt, unknown, without

API_VERSION = 1
ROOT_THEME = "core"
SITE_LAYER = "site"

ParameterValue = str | int | float | bool
Problem = tuple[Path, str, str]
_OWN = ("parameters", "front")


class Parameter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[parameters.X]`: its default tells its type; text may be bound to `choices` or to a regular expression."""

    default: ParameterValue
    choices: tuple[str, ...] = ()
    pattern: str = ""
    about: str = ""


class Declaration(Struct, frozen=True, kw_only=True):
    """A theme.toml, checked. `front` holds only the numbers that this theme itself sets."""

    name: str
    api: int = API_VERSION
    parent: str = ""
    kinds: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = {}
    front: Mapping[str, ParameterValue] = {}


def parse_declaration(text: str, file: str, name: str) -> tuple[Declaration | None, tuple[Issue, ...]]:
    """What theme.toml declares for the theme in the folder `name`; what is wrong keeps its default.

    None when it is no TOML: then not even its parent is known.
    """
    written, broken = decode(text, file)
    if broken:
        return None, (issue("theme-config", *broken, "see https://toml.io for the syntax"),)
    problems = list(_problems(written, name))
    bad = {path[:2] if path[:1] == ("parameters",) else path for path, _, _ in problems}
    good = without(written, bad)
    found = (issue("theme-config", place_of(text, file, path), message, hint) for path, message, hint in problems)
    return msgspec.convert({**good, "name": name}, Declaration), tuple(found)


def value_hint(value: Any, parameter: Parameter) -> str:
    """What a parameter's value should have been, in words; empty when it is right."""
    kind = type(parameter.default)
    fits = isinstance(value, int | float) if kind is float else isinstance(value, kind)
    if not fits or (isinstance(value, bool) and kind is not bool):
        return f"write {spelt(kind)}"
    if parameter.choices and value not in parameter.choices:
        near = difflib.get_close_matches(str(value), parameter.choices, 1)
        return f"did you mean `{near[0]}`?" if near else f"write one of {', '.join(parameter.choices)}"
    if parameter.pattern and not re.fullmatch(parameter.pattern, str(value)):
        return f"write something like {parameter.default!r}" + (f": {parameter.about}" if parameter.about else "")
    return ""


def _problems(written: Document, name: str) -> Iterator[Problem]:
    # the values of these two have rules of their own, below
    yield from _typed({k: v for k, v in written.items() if k not in _OWN or not isinstance(v, dict)}, Declaration, ())
    if written.get("name", name) != name:
        yield ("name",), f"the theme in the folder `{name}` calls itself {written['name']!r}", f'write name = "{name}"'
    if name == SITE_LAYER:
        yield ("name",), f"no theme can be called `{SITE_LAYER}`", "that name stands for the site's own templates"
    if isinstance(api := written.get("api"), int) and api != API_VERSION:
        yield ("api",), f"the theme was written for contract {api}", f"this `digest` knows contract {API_VERSION}"
    if isinstance(kinds := written.get("kinds"), list):
        for kind in kinds:
            if isinstance(kind, str) and kind not in KINDS:
                yield ("kinds",), f"there is no page kind `{kind}`", unknown(kind, KINDS)
    if isinstance(front := written.get("front"), dict):
        yield from _typed(front, FrontCounts, ("front",))
    if isinstance(parameters := written.get("parameters"), dict):
        for key, table in parameters.items():
            yield from _parameter(key, table)


def _typed(table: Document, kind: type[Struct], path: Path) -> Iterator[Problem]:
    return ((m.path, m.message, m.hint) for m in mistakes(table, kind, path))


def _parameter(key: str, table: Any) -> Iterator[Problem]:
    path = ("parameters", key)
    if not isinstance(table, dict):
        yield path, f"`{'.'.join(path)}` cannot be {table!r}", f"write a table [parameters.{key}] with a default"
        return
    found = list(_typed(table, Parameter, path))
    if not key.isidentifier():
        found.append((path, f"`{key}` cannot be a parameter's name", "use letters, digits and underscores"))
    if found:
        yield from found
        return
    parameter = msgspec.convert(table, Parameter)
    try:
        wrong = bool(value_hint(parameter.default, parameter))
    except re.error as error:
        yield path, f"the pattern of `{key}` is no regular expression", str(error)
    else:
        if wrong:
            hint = "give it one of its choices" if parameter.choices else f"make it match {parameter.pattern}"
            yield path, f"the default of `{key}` is not allowed by its own rules", hint
