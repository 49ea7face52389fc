"""Dependencies of templates."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from digest.config import parse
from digest.theme import TEMPLATES, Theme, closure, load_theme
from digest.theme.dependencies import referenced_assets, referenced_templates
from tests.theme.sites import theme_of


def _theme() -> Theme:
    theme, _ = load_theme(parse("")[0], Path("nowhere"))
    assert theme is not None
    return theme


SHIPPED = _theme()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('{% extends "a.html" %}', ["a.html"]),
        ("{%- extends 'core/a.html' -%}", ["core/a.html"]),
        ('{% include "a.html" ignore missing %}{%+ import "b" as b with context %}', ["a.html", "b"]),
        ('{%\n  from\n  "a" import x, y as z %}', ["a"]),
        ("{% block extends %}{% endblock %}", []),
        ('<p title="{% include">"a.html"</p>', []),
        ('{# {% include "a.html" %} #}', ["a.html"]),
    ],
)
def test_references_are_found_in_tags(source: str, names: Sequence[str]) -> None:
    assert list(referenced_templates(source)) == names


@pytest.mark.parametrize("name", sorted({t.name for t in SHIPPED.templates.values()}))
def test_references_equal_those_that_jinja_parses(name: str) -> None:
    tree = Environment().parse(SHIPPED.templates[name].source)  # noqa: S701 - only parsed
    tags = tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
    parsed = {tag.template.value for tag in tags}  # type: ignore[attr-defined] # a constant, which another test checks
    assert parsed == set(referenced_templates(SHIPPED.templates[name].source))


def test_assets_are_found_in_calls() -> None:
    source = """{{ asset("a.css").url }}{{ asset( 'fonts/b.woff2' ).integrity }}{{ myasset("c") }}{{ asset(d) }}"""
    assert referenced_assets(source) == ("a.css", "fonts/b.woff2")


FILES = {
    "templates/item.html": '{% extends "frame.html" %}{% block a %}{% include "part.html" %}{% endblock %}',
    "templates/frame.html": '{% import "words.html" as w %}{% block a %}{% endblock %}',
    "templates/part.html": "part",
    "templates/words.html": "{% macro x() %}{% endmacro %}",
    "templates/other.html": "other",
}


def test_a_closure_contains_indirect_dependencies(tmp_path: Path) -> None:
    names = closure(theme_of(tmp_path, FILES), "item.html").names
    assert names == ("site/frame.html", "site/item.html", "site/part.html", "site/words.html")


@pytest.mark.parametrize(("changed", "differs"), [("words.html", True), ("part.html", True), ("other.html", False)])
def test_the_digest_depends_only_on_templates_in_the_closure(changed: str, differs: bool, tmp_path: Path) -> None:
    before = closure(theme_of(tmp_path, FILES), "item.html").digest
    after = closure(theme_of(tmp_path, {f"templates/{changed}": "{# new #}"}), "item.html").digest
    assert (before != after) == differs


def test_moving_text_between_templates_changes_the_digest(tmp_path: Path) -> None:
    one = theme_of(tmp_path / "1", {"templates/item.html": '{% include "b" %}x', "templates/b": "y"})
    two = theme_of(tmp_path / "2", {"templates/item.html": '{% include "b" %}', "templates/b": "xy"})
    assert closure(one, "item.html").digest != closure(two, "item.html").digest


def test_an_override_changes_the_digest_of_templates_that_use_it(tmp_path: Path) -> None:
    before = theme_of(tmp_path, {})
    after = theme_of(tmp_path, {"templates/base.html": '{% extends "broadsheet/base.html" %}'})
    changed = {n for n in TEMPLATES if closure(before, n).digest != closure(after, n).digest}
    assert "front.html" in changed
    assert "robots.txt" not in changed
    assert "broadsheet/base.html" in closure(after, "front.html").names


def test_a_closure_tolerates_cycles_and_missing_templates(tmp_path: Path) -> None:
    theme = theme_of(
        tmp_path, {"templates/a": '{% include "b" %}{% include "none" %}', "templates/b": '{% include "a" %}'}
    )
    assert closure(theme, "a").names == ("site/a", "site/b")
    assert closure(theme, "none").names == ()
