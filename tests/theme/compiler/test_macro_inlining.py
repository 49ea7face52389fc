"""Inlined macros render the same text; ambiguous calls are not inlined."""

import pytest
from jinja2 import DictLoader, Environment, TemplateError, nodes

from digest.theme.compiler.environment import DirectEnvironment
from digest.theme.compiler.macro_inlining import MAX_NODES, inline_macros
from digest.theme.environment.jinja import UndefinedName, is_escaped

PARTS = """
{%- macro name(x) %}<b>{{ x }}</b>{% endmacro %}
{%- macro twice(x) %}{{ name(x) }}{{ name(x) }}{% endmacro %}
{%- macro set_in(x) %}{% set y = x ~ "!" %}{{ y }}{% endmacro %}
{%- macro looped(xs) %}{% for x in xs %}{{ loop.index }}{{ name(x) }}{% endfor %}{% endmacro %}
{%- macro asks() %}{{ page is defined }}{% endmacro %}
"""
FROM = '{% from "parts.html" import name, twice, set_in, looped, asks %}'


def _environment(kind: type[Environment], source: str, known: str = "site") -> Environment:
    templates = {"t.html": source, "parts.html": PARTS, "t.txt": source}
    environment = kind(loader=DictLoader(templates), autoescape=is_escaped, undefined=UndefinedName)
    environment.globals[known] = "<Site>"
    return environment


def _drawn(kind: type[Environment], source: str) -> str:
    """The text of the macro `m` for `<a>` and a list."""
    environment = _environment(kind, source + "{{ m('<a>', [1, 2]) }}")
    return environment.get_template("t.html").render(page="<p>")


def _calls(source: str, name: str = "t.html") -> list[str]:
    """Names of functions that the macros of a template still call."""
    environment = _environment(Environment, source)
    tree = inline_macros(environment.parse(source), environment, name)
    called = [call.node for macro in tree.find_all(nodes.Macro) for call in macro.find_all(nodes.Call)]
    return [node.name for node in called if isinstance(node, nodes.Name)]


# fmt: off
WRITTEN_OUT = [
    FROM + "{% macro m(x, xs) %}-{{ name(x) }}-{{ twice(x) }}-{% endmacro %}",
    FROM + "{% macro m(a, xs) %}{{ name(a ~ '<') }}{{ name(x=a) }}{{ name(3) }}{% endmacro %}",
    FROM
    + "{% macro m(y, xs) %}{% if y %}{{ set_in('<') }}{% endif %}{{ y }}{% endmacro %}",
    FROM
    + "{% macro m(x, xs) %}{% for y in xs %}{{ name(y) }}{{ loop.index }}{% endfor %}{% endmacro %}",
    ("{% macro a(l, xs) %}{% for y in xs %}{{ l.index }}{% endfor %}{% endmacro %}"
     "{% macro m(x, xs) %}{% for y in xs %}{{ a(loop, xs) }}{% endfor %}{% endmacro %}"),
    "{% from 'parts.html' import name as n %}{% macro m(x, xs) %}{{ n(x) }}{% endmacro %}",
    ("{% macro a(x, y='<', z=none) %}{{ x }}{{ y }}{{ z }}{{ site }}{% endmacro %}"
     "{% macro m(x, xs) %}{{ a(x) }}{{ a(x, z=1) }}{{ a(y=x, x=2) }}{% endmacro %}"),
    "{% macro m(x, xs) %}{{ later(x) }}{% endmacro %}{% macro later(x) %}<i>{{ x }}</i>{% endmacro %}",
    FROM + "{% macro m(x, xs) %}{% set y %}{{ name(x) }}{% endset %}{{ y }}{{ y|length }}{% endmacro %}",
    FROM + "{% macro m(x, xs) %}{% filter upper %}{{ name(x) }}{% endfilter %}{% endmacro %}",
]


@pytest.mark.parametrize("source", WRITTEN_OUT)
def test_inlined_macros_render_the_same_text(source: str) -> None:
    assert _calls(source) == []
    assert _drawn(DirectEnvironment, source) == _drawn(Environment, source)


LEFT = [
    FROM + "{% macro m(x, xs) %}{{ name(x)|upper }}{{ name(x) ~ x }}{% endmacro %}",  # not as it stands
    FROM + "{% macro m(x, xs) %}{{ name(*[x]) }}{% endmacro %}",
    FROM + "{% macro m(x, xs) %}{{ looped(xs) }}{% endmacro %}",
    "{% macro m(x, xs) %}{{ x }}{{ m(x[1:], xs) if x[1:] }}{% endmacro %}",  # itself
    ("{% macro a(x) %}{{ b(x[1:]) if x[1:] }}{{ b(x) if false }}{% endmacro %}{% macro b(x) %}{{ a(x) }}{% endmacro %}"
     "{% macro m(x, xs) %}{% if x[3:] %}{{ a(x) }}{% endif %}{% endmacro %}"),
    "{% macro a() %}{{ site }}{% endmacro %}{% macro m(x, xs, site=1) %}{{ a() }}{{ site }}{% endmacro %}",  # another
    ("{% macro a(x) %}{% set y = 1 %}{{ x }}{{ y }}{% endmacro %}"
     "{% macro m(y, xs) %}{{ a(y) }}{{ a(y ~ y) }}{% endmacro %}"),
    "{% macro a(x) %}{% set x = x ~ 1 %}{{ x }}{% endmacro %}{% macro m(x, xs) %}{{ a(x) }}{{ x }}{% endmacro %}",
    ("{% macro a() %}{{ loop is defined }}{% endmacro %}"
     "{% macro m(x, xs) %}{% for y in xs %}{{ a() }}{% endfor %}{% endmacro %}"),
    "{% macro a(x) %}{{ x }}{{ varargs|join }}{% endmacro %}{% macro m(x, xs) %}{{ a(x, 1, 2) }}{% endmacro %}",
    "{% macro a() %}{{ caller() }}{% endmacro %}{% macro m(x, xs) %}{% call a() %}{{ x }}{% endcall %}{% endmacro %}",
    ("{% macro a(x, n=namespace(v=0)) %}{% set n.v = 1 %}{{ n.v }}{% endmacro %}"
     "{% macro m(x, xs) %}{{ a(x) }}{% endmacro %}"),
    FROM + "{% macro m(x, xs) %}{{ asks() }}{% endmacro %}",  # which does not see the page
    "{% from 'parts.html' import asks with context %}{% macro m(x, xs) %}{{ asks() }}{% endmacro %}",
]
# fmt: on


@pytest.mark.parametrize("source", LEFT)
def test_ambiguous_calls_are_not_inlined(source: str) -> None:
    assert _calls(source)
    assert _drawn(DirectEnvironment, source) == _drawn(Environment, source)


def test_macros_with_other_escaping_are_not_inlined() -> None:
    source = FROM + "{% macro m(x) %}{{ name(x) }}{% endmacro %}"
    assert (_calls(source, "t.txt"), _calls(source, "t.html")) == (["name"], [])


def test_large_macros_are_not_inlined() -> None:
    many = "".join(f"{{% macro m{n}(x) %}}{f'{{{{ m{n - 1}(x) }}}}' * 4}{{% endmacro %}}" for n in range(1, 30))
    source = "{% macro m0(x) %}{{ x }}{% endmacro %}" + many
    environment = _environment(Environment, source)
    tree = inline_macros(environment.parse(source), environment, "t.html")
    assert max(sum(1 for _ in macro.find_all(nodes.Node)) for macro in tree.find_all(nodes.Macro)) < 6 * MAX_NODES


@pytest.mark.parametrize("source", ["{% from 'none.html' import a %}", "{% from 't.html' import m as a %}"])
def test_import_errors_are_raised_at_run_time(source: str) -> None:
    source += "{% macro m(x, xs) %}{{ a(x, xs) }}{% endmacro %}"
    assert _calls(source) == ["a"]
    with pytest.raises((TemplateError, RecursionError)):
        _drawn(DirectEnvironment, source)
