"""Flattened templates render the same text; ambiguous ones are not flattened."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateError, nodes

from digest.theme.compiler.environment import DirectEnvironment
from digest.theme.compiler.inheritance import flatten_inheritance
from tests.theme.compiler.test_code_generation import MACROS, PAGE, STATEMENTS, environments

BASE = (
    "{% import 'm.html' as m %}A{% block a %}a{% endblock %}B{% block b %}b{% block c %}c{% endblock %}{% endblock %}"
)
CHILD = "{% extends 'base.html' %}"
MIDDLE = CHILD + "{% block a %}(m{{ super() }}){% endblock %}"


def _both(child: str, base: str) -> tuple[Environment, DirectEnvironment]:
    careful, direct = environments(
        t=child, base=base, m=MACROS, middle=CHILD + "{% block a %}(m{{ super() }}){% endblock %}"
    )
    direct.flattened.add("t.html")
    return careful, direct


def _is_whole(child: str, base: str) -> bool:
    environment, _ = _both(child, base)
    return flatten_inheritance(environment.parse(child), environment, "t.html").find(nodes.Extends) is None


def _same(child: str, base: str) -> str:
    careful, direct = _both(child, base)
    expected = careful.get_template("t.html").render(page=PAGE)
    assert direct.get_template("t.html").render(page=PAGE) == expected
    return expected


# fmt: off
TOGETHER = [
    (CHILD, BASE),
    (CHILD + "{% block a %}{{ page.title }}{% endblock %} not drawn {% block c %}-{% endblock %}", BASE),
    (CHILD + "{% block a %}<{{ super() }}>{% endblock %}{% block b %}{{ self.a() }}{{ super() }}{% endblock %}", BASE),
    ("{% extends 'middle.html' %}{% block a %}[{{ super() }}]{% endblock %}", BASE),
    (CHILD + "{% block b %}{{ m.leaf(page.leaves[0]) }}{{ m.many(page.leaves) }}{% endblock %}", BASE),
    (CHILD + "{% import 'm.html' as m %}{% block b %}{{ m.leaf(page.leaves[0]) }}{% endblock %}", BASE),
    (CHILD + "{% set x = 1 %}{% macro f(y) %}{{ x }}{{ y }}{% endmacro %}{% block b %}{{ f(2) }}{{ x }}{% endblock %}",
     BASE),
    (CHILD + "{% block a %}{% set x = 1 %}{{ x }}{% endblock %}{% block c %}{{ x is defined }}{% endblock %}", BASE),
    (CHILD + "{% block a %}{{ y is defined }}{% endblock %}{% block b %}{{ y }}{% endblock %}",
     "{% block a %}{% endblock %}{% set y = 1 %}{% block b %}{% endblock %}"),
    (CHILD + "{% block a %}{{ page.title }}{% endblock %}", "{% if page.flag %}{% block a %}{% endblock %}{% endif %}"),
    (CHILD + "{% block a %}.{% endblock %}", "{% for l in page.leaves %}{% block a %}{% endblock %}{% endfor %}"),
    (CHILD + "{% block a %}{{ l.name }}{{ page.title }}{% endblock %}",
     "{% for l in page.leaves %}{% block a scoped %}{% endblock %}{% endfor %}"),
]
APART = [
    (CHILD + "{% block a %}{{ l is defined }}{% endblock %}",
     "{% for l in page.leaves %}{% block a %}{% endblock %}{% endfor %}"),
    (CHILD + "{% block a %}{{ loop is defined }}{% endblock %}",
     "{% for l in page.leaves %}{% block a scoped %}{% endblock %}{% endfor %}"),
    (CHILD + "{% block c %}{{ x is defined }}{% endblock %}",
     "{% block b %}{% set x = 1 %}{% block c %}{% endblock %}{{ x }}{% endblock %}"),
    (CHILD + "{% block a %}{{ site.title }}{% endblock %}",
     "{% block a %}{% endblock %}{% set site = page %}{{ site.title }}"),
    (CHILD + "{% import 'm.html' as m %}{% block a %}{{ m is string }}{% endblock %}",
     "{% set m = '1' %}{% block a %}{% endblock %}"),
    (CHILD + "{% if page.flag %}{% set x = 1 %}{% endif %}{% block a %}{{ x }}{% endblock %}", BASE),
    (CHILD + "{% block a %}{{ super()|upper }}{% endblock %}", BASE),
    (CHILD + "{% block a %}{% set x = self.b() %}{{ x }}{% endblock %}", BASE),
    ("{% extends 'base' ~ '.html' %}{% block a %}1{% endblock %}", BASE),
    ("{% if page.flag %}{% extends 'base.html' %}{% endif %}{% block a %}1{% endblock %}", BASE),
    (CHILD + "{% block a %}1{% endblock %}",
     "{% autoescape false %}{% block a %}{% endblock %}{{ page.title }}{% endautoescape %}"),
    (CHILD + "{% block a %}1{% endblock %}", "{% block a required %}{% endblock %}"),
]
# fmt: on


@pytest.mark.parametrize(("child", "base"), TOGETHER)
def test_flattened_templates_render_the_same_text(child: str, base: str) -> None:
    assert _is_whole(child, base)
    assert _same(child, base)


@pytest.mark.parametrize(("child", "base"), APART)
def test_templates_with_ambiguous_names_are_not_flattened(child: str, base: str) -> None:
    assert not _is_whole(child, base)
    assert _same(child, base)


@pytest.mark.parametrize(
    ("child", "base"),
    [
        ("{% extends 'none.html' %}", BASE),
        ("{% extends 't.html' %}", BASE),
        (CHILD + "{% block a %}{{ self.none() }}{% endblock %}", BASE),
        (CHILD, "{% block a required %}{% endblock %}"),
    ],
)
def test_errors_are_raised_with_and_without_flattening(child: str, base: str) -> None:
    for environment in _both(child, base):
        with pytest.raises((TemplateError, RecursionError)):
            environment.get_template("t.html").render(page=PAGE)


def test_a_template_without_a_parent_is_unchanged() -> None:
    environment, _ = _both("{{ page.title }}", BASE)
    tree = environment.parse("{{ page.title }}")
    assert flatten_inheritance(tree, environment, "t.html") is tree


@settings(deadline=None)  # templates are compiled, on a machine that may be busy
@given(st.lists(STATEMENTS, min_size=6, max_size=6))
def test_random_templates_render_the_same_text_when_flattened(parts: list[str]) -> None:
    top, outer, inner, set_here, drawn, last = parts
    base = (
        "{% import 'm.html' as m %}{% set x = page.title %}" + top + "{% block a %}" + outer
        + "{% block c %}{% set x = 1 %}" + inner + "{% endblock %}{% endblock %}{% block b %}{% endblock %}" + last
    )  # fmt: skip
    child = (
        CHILD + "{% block b %}{% set x = 2 %}" + set_here + "{{ self.a() }}{% endblock %}{% block a %}{{ super() }}"
        + drawn + "{% endblock %}"
    )  # fmt: skip
    _same(child, base)
