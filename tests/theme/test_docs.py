"""docs/reference/themes.md equals the code: fields of every view, keys of theme.toml, names visible in templates."""

import re
import tomllib
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jinja2 import Environment
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS

from digest.config import parse
from digest.issues import CODES
from digest.site import views
from digest.theme import KINDS, Column, Front, FrontCounts, load_theme
from digest.theme.declaration import Declaration, Parameter, parse_declaration
from digest.theme.environment.jinja import environment_of, syntax_environment
from digest.theme.strings import parse_strings
from tests.theme import samples
from tests.theme.sites import assets_of, drawn, theme_of

DOCS = (Path(__file__).parents[2] / "docs" / "reference" / "themes.md").read_text("utf-8")
PLAIN: Mapping[Any, str] = {str: "text", int: "number", bool: "yes or no", date: "day", datetime: "moment"}


def _words(kind: Any) -> str:
    """The name of a type in the guide."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return " or ".join("none" if a is types.NoneType else _words(a) for a in arguments)
    if origin is tuple:
        return f"list of {_words(arguments[0])}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"map of {_words(arguments[1])}"
    if isinstance(kind, typing.TypeVar):
        return "Card"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "text"
    return PLAIN.get(kind) or str((origin or kind).__name__)


def _structs() -> dict[str, Any]:
    """Every struct that a template can see: the views, and the structs in their fields."""
    found: dict[str, Any] = {}
    waiting: list[Any] = [*typing.get_args(views.View), views.SiteView, Front, Column]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__name__ not in found:
            found[kind.__name__] = kind
            waiting += [field.type for field in msgspec.structs.fields(kind)]
        waiting += typing.get_args(kind)
    return found


STRUCTS = _structs()


def _table(heading: str) -> list[list[str]]:
    """Rows of the first table under a heading, as lists of cells."""
    part = re.split(rf"^#+ {re.escape(heading)}\n", DOCS, flags=re.MULTILINE)[1]
    rows = re.search(r"^\|[^\n]*\n\|[-|]+\n((?:\|.*\n)+)", re.split(r"^#", part, flags=re.MULTILINE)[0], re.MULTILINE)
    assert rows, heading
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in rows[1].splitlines()]


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_every_field_is_documented_with_its_type(name: str) -> None:
    documented = [(row[0].strip("`"), row[1]) for row in _table(name)]
    assert documented == [(field.name, _words(field.type)) for field in msgspec.structs.fields(STRUCTS[name])]
    assert all(row[2] for row in _table(name))


def test_every_documented_type_exists() -> None:
    documented = set(re.findall(r"^### (\w+)$", DOCS, re.MULTILINE))
    assert documented == set(STRUCTS)


def test_page_kinds_and_templates_are_documented() -> None:
    documented = {row[0].strip("`"): tuple(re.findall(r"`([^`]+)`", row[1])) for row in _table("Kinds of page")}
    assert documented == dict(KINDS)
    assert {re.findall(r"\[(\w+)\]", row[2])[0] for row in _table("Kinds of page")} == {
        view.__name__ for view in typing.get_args(views.View)
    }


def test_keys_of_theme_toml_are_documented() -> None:
    documented = {row[0].strip("`"): row[1].strip("`") for row in _table("theme.toml")}
    keys = [f.name for f in msgspec.structs.fields(Declaration) if f.name not in ("parameters", "front")]
    keys += [f"parameters.X.{f.name}" for f in msgspec.structs.fields(Parameter)]
    numbers = {f"front.{f.name}": f.default for f in msgspec.structs.fields(FrontCounts)}
    assert set(documented) == {*keys, *numbers}
    assert all(
        documented[key] == (f'"{value}"' if isinstance(value, str) else str(value)) for key, value in numbers.items()
    )


def _names(folder: Path) -> Environment:
    theme = theme_of(folder, {})
    return environment_of(theme, assets_of(theme, folder), samples.site(), samples.body_html, Environment)


def test_every_name_visible_in_templates_is_documented(tmp_path: Path) -> None:
    documented = {name for row in _table("What a template sees") for name in re.findall(r"`(\w+)", row[0])}
    assert documented == {"page", *_names(tmp_path).globals}


def test_filters_and_removed_filters_are_documented(tmp_path: Path) -> None:
    environment = _names(tmp_path)
    table, after = DOCS.split("| filter |")[1].split("\n\n")[:2]
    documented = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    assert documented == set(environment.filters) - set(FILTERS)
    line = re.search(r"except (.*?)\(", after)
    assert line
    assert set(re.findall(r"`(\w+)`", line[1])) == set(FILTERS) - set(environment.filters)
    assert set(DEFAULT_NAMESPACE) - set(environment.globals) == {"lipsum", "cycler", "joiner"}


BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)


def test_the_sample_theme_is_valid(tmp_path: Path) -> None:
    declared, chosen, strings = (text for kind, text in BLOCKS if kind == "toml")
    declaration, issues = parse_declaration(declared, "theme.toml", "evening")
    assert not issues
    assert declaration is not None
    assert set(tomllib.loads(declared)) == {f.name for f in msgspec.structs.fields(Declaration)}
    (tmp_path / "themes/evening").mkdir(parents=True)
    (tmp_path / "themes/evening/theme.toml").write_text(declared.replace('kinds = ["front", "item"]', ""), "utf-8")
    theme, issues = load_theme(parse(chosen)[0], tmp_path)
    assert not issues
    assert theme is not None
    assert theme.parameters["accent"] == "#1c4a8a"
    messages, issues = parse_strings(strings, "en.toml")
    assert not issues
    assert set(messages) == {"read_at", "entries", "nav.regions"}


def test_the_sample_template_renders(tmp_path: Path) -> None:
    (source,) = (text for kind, text in BLOCKS if kind == "jinja")
    page = drawn(tmp_path, source, "item.html")
    assert page.index("The first ferry left") < page.index("recycled electrons")


def test_documented_issue_codes_exist() -> None:
    assert {"theme-missing", "theme-config", "asset-missing", "template-state"} <= set(CODES)
    assert "template-dynamic" in CODES


def test_internal_links_of_the_guide_have_targets() -> None:
    anchors = {h.lower().replace(" ", "-").replace(".", "") for h in re.findall(r"^#+ (.+)$", DOCS, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", DOCS)) <= anchors


def test_the_syntax_environment_has_the_same_filters(tmp_path: Path) -> None:
    bare = syntax_environment(theme_of(tmp_path, {}), Environment)
    assert set(bare.filters) == set(_names(tmp_path).filters)
