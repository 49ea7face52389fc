"""Constant folding evaluates constants, and leaves everything else unchanged."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, UndefinedError, nodes

from digest.theme.compiler.constant_folding import MAX_UNROLLED_TURNS, fold_constants
from digest.theme.environment.jinja import UndefinedName, is_escaped


class Site:
    """A site view with constants."""

    title = "A & B"
    regions = {"africa": "Africa", "europe": "Europe"}  # noqa: RUF012 - nobody changes it
    parts = (object(),)
    empty = ""


def _t(key: str, **values: object) -> str:
    if key == "missing":
        raise UndefinedError(key)
    return f"{key}{values or ''}"


KNOWN: dict[str, Any] = {"site": Site, "t": _t}


def _folded(source: str, name: str = "page.html") -> nodes.Template:
    environment = Environment(autoescape=True, undefined=UndefinedName)
    environment.filters["boom"] = lambda value: 1 / 0  # noqa: ARG005 - it fails whatever it gets
    return fold_constants(environment.parse(source), environment, name, KNOWN)


def _text(source: str) -> str | None:
    """The text of a completely folded template, or None."""
    parts = [part for node in _folded(source).body for part in node.find_all(nodes.Expr)]
    if all(isinstance(part, nodes.TemplateData) for part in parts) and not list(_folded(source).find_all(nodes.If)):
        return "".join(part.data for part in parts if isinstance(part, nodes.TemplateData))
    return None


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ site.title }}", "A &amp; B"),
        ("<b>{{ site.title|upper }}</b> {{ 1 + 2 }}", "<b>A &amp; B</b> 3"),
        ("{{ t('<hello>') }}", "&lt;hello&gt;"),
        ("{{ t('x', a=site.title).upper() }}", "X{&#39;A&#39;: &#39;A &amp; B&#39;}"),
        ("{{ site.title if site.empty else 'none' }}", "none"),
        ("{% if site.empty %}a{% elif site.title %}b{% else %}c{% endif %}", "b"),
        ("{% if site.empty %}a{% elif site.empty %}b{% else %}c{% endif %}", "c"),
        ("{% if not site.empty %}a{% if site.empty %}b{% endif %}{% endif %}", "a"),
        ("{% for r in site.regions %}{{ r }},{% endfor %}", "africa,europe,"),
        ("{% for r, n in site.regions.items() %}{{ n }}{{ ', ' if not loop.last }}{% endfor %}", "Africa, Europe"),
        ("{% for r in site.regions if r != 'africa' %}{{ loop.index }}{{ r }}{% else %}x{% endfor %}", "1europe"),
        ("{% for r in site.empty %}a{% else %}b{{ site.title }}{% endfor %}", "bA &amp; B"),
        (
            "{% for a in (1, 2) %}{% for r in site.regions %}{{ a }}{{ r[0] }} {% endfor %}{% endfor %}",
            "1a 1e 2a 2e ",
        ),
    ],
)
def test_constant_expressions_become_text(source: str, text: str) -> None:
    assert _text(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.title }}",
        "{{ site.title ~ page.title }}",
        "{{ t('by', name=page.byline) }}",
        "{% if page.url == site.title %}a{% endif %}",
        "{% for r in site.regions %}{% if r == page.url %}a{% endif %}{% endfor %}",
        "{{ site.nothing }}",
        "{{ t('missing') }}",
        "{{ t(*page.keys) }}",
        "{{ site.title|boom }}",
        "{% for r in site.regions %}{{ loop.previtem }}{% endfor %}",
        "{% for r in site.regions %}{% set x = r %}{% endfor %}{{ x }}",
        "{% if site.nothing %}{{ site.title }}{% endif %}",
        "{% autoescape false %}{{ site.title }}{% endautoescape %}",
        "{% for r in site.regions %}{{ 'new' if loop.changed(r) }}{% endfor %}",
        "{% for r in site.title.upper %}{{ r }}{% endfor %}",
        "{% for a, b in site.regions %}{{ a }}{% endfor %}",
        "{% for r in site.regions recursive %}{{ r }}{% endfor %}",
        "{% set site = page %}{{ site.title }}",
        "{% macro m(site) %}{{ site.title }}{% endmacro %}{{ site.title }}",
        "{% for site in page.sites %}{{ site.title }}{% endfor %}",
        "{% import 'x' as site %}{{ site.title }}",
        "{% from 'x' import y as t %}{{ t('a') }}",
    ],
)
def test_expressions_of_the_page_and_errors_are_not_folded(source: str) -> None:
    assert _text(source) is None


def test_a_constant_loop_with_a_page_expression_is_unrolled() -> None:
    tree = _folded("{% for r in site.regions %}<a{% if page.url == r %} here{% endif %}>{{ r }}</a>{% endfor %}")
    assert not list(tree.find_all(nodes.For))
    compared = [c.value for i in tree.find_all(nodes.If) for c in i.test.find_all(nodes.Const)]
    assert compared == ["africa", "europe"]


def test_a_loop_whose_variable_is_passed_to_a_macro_is_not_unrolled() -> None:
    macro = "{% macro m(x) %}{{ x }}{% endmacro %}"
    assert not list(_folded(macro + "{% for r in site.regions %}{{ m([r, page]) }}{% endfor %}").find_all(nodes.For))
    assert list(_folded(macro + "{% for p in site.parts %}{{ m(p) }}{% endfor %}").find_all(nodes.For))


def test_a_long_loop_is_not_unrolled() -> None:
    short = f"{{% for n in range({MAX_UNROLLED_TURNS}) %}}{{{{ page[n] }}}}{{% endfor %}}"
    assert list(_folded(short).find_all(nodes.For)), "`range` is not among what is known"
    known = {**KNOWN, "few": range(MAX_UNROLLED_TURNS), "many": range(MAX_UNROLLED_TURNS + 1)}
    environment = Environment(autoescape=True)
    for name, stays in (("few", False), ("many", True)):
        tree = environment.parse(f"{{% for n in {name} %}}{{{{ page[n] }}}}{{% endfor %}}")
        assert bool(list(fold_constants(tree, environment, "a.html", known).find_all(nodes.For))) == stays


def test_blocks_and_macros_are_folded_inside() -> None:
    tree = _folded("{% block b %}{{ site.title }}{% endblock %}{% macro m() %}{{ site.title }}{% endmacro %}")
    assert [d.data for d in tree.find_all(nodes.TemplateData)] == ["A &amp; B", "A &amp; B"]


def test_text_is_escaped_only_where_the_template_escapes() -> None:
    environment = Environment(autoescape=is_escaped)  # noqa: S701 - that is what is tested
    for name, text in (("a.html", "A &amp; B"), ("a.txt", "A & B")):
        tree = fold_constants(environment.parse("{{ site.title }}"), environment, name, KNOWN)
        assert [d.data for d in tree.find_all(nodes.TemplateData)] == [text]


def test_adjacent_text_is_joined() -> None:
    (output,) = _folded("a{{ site.title }}b{{ page.x }}c{{ 1 }}d").body
    assert isinstance(output, nodes.Output)
    assert [type(part).__name__ for part in output.nodes] == ["TemplateData", "Getattr", "TemplateData"]


def _included(text: str) -> list[nodes.Node]:
    loader = DictLoader({"part.html": text})
    environment = Environment(autoescape=True, undefined=UndefinedName, loader=loader)
    return fold_constants(environment.parse('a{% include "part.html" %}'), environment, "page.html", KNOWN).body


def test_a_constant_include_becomes_text() -> None:
    body = _included("{# why #}<b>&</b>")
    assert "".join(n.data for node in body for n in node.find_all(nodes.TemplateData)) == "a<b>&</b>"
    assert not any(list(node.find_all(nodes.Include)) or isinstance(node, nodes.Include) for node in body)


@pytest.mark.parametrize("text", ["{{ page.title }}", "{% set x = 1 %}", "{% if %}"])
def test_an_include_that_uses_the_page_stays(text: str) -> None:
    assert any(isinstance(node, nodes.Include) for node in _included(text))
