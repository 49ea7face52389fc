"""Generated code renders the same text as that of Jinja, and caches results of macros."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from markupsafe import escape as escape_any
from msgspec import Struct

from digest.theme.compiler.code_generation import escape
from digest.theme.compiler.environment import DirectEnvironment
from digest.theme.compiler.macro_inlining import LARGE
from digest.theme.compiler.macros import CACHED_RESULTS, TRIAL_CALLS
from digest.theme.environment.jinja import UndefinedName


class Leaf(Struct, frozen=True):
    """A value in a view."""

    name: str
    size: int
    day: date = date(2026, 3, 9)
    none: str | None = None


class Page(Struct, frozen=True):
    """A view."""

    title: str
    leaves: tuple[Leaf, ...]
    flag: bool = True
    mark: Markup = Markup("<i>")
    table: dict[str, Leaf] = {}


def environments(**templates: str) -> tuple[Environment, DirectEnvironment]:
    loader = DictLoader({f"{name}.html": text for name, text in templates.items()})
    settings: dict[str, Any] = {"loader": loader, "autoescape": True, "undefined": UndefinedName}
    site = Page(title="a 'site'", leaves=(Leaf("x", 1), Leaf("<y>", 2)))
    careful, direct = Environment(**settings), DirectEnvironment(**settings)  # noqa: S701 - `settings` say so
    careful.globals["site"] = direct.globals["site"] = site
    direct.set_constants("site")
    return careful, direct


PAGE = Page(
    title="<b> & 'c'", leaves=(Leaf("one", 1), Leaf('"two"', 2)), table={"k": Leaf("v", 0), "keys": Leaf("w", 1)}
)
MACROS = """
{% macro leaf(x, before="", after="") %}{{ before }}<li>{{ x.name }}{{ after }}</li>{% endmacro %}
{% macro many(xs) %}{% for x in xs %}{{ leaf(x, after=loop.index) }}{% endfor %}{% endmacro %}
{% macro around(class) %}<p class="{{ class }}">{{ caller("in") }}</p>{% endmacro %}
{% macro rest() %}{{ varargs|join("+") }}{{ kwargs.items()|join("+") }}{% endmacro %}
{% macro place(where) %}{{ where.index }}/{{ where.length }}{% endmacro %}
"""


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.title }}{{ page.mark }}{{ page.leaves[0].size }}{{ page.flag }}{{ page.leaves[0].none }}",
        "{{ page.title.upper().lower() }}{{ page.leaves[0].day.isoformat() }}",
        "{{ page.nothing is defined }}{{ page.leaves is defined }}{{ page.nothing|default('none') }}",
        "{% if page.nothing is defined and page.nothing.more %}a{% else %}b{% endif %}",
        "{% set n = namespace(x=1) %}{% for l in page.leaves %}{% set n.x = n.x + l.size %}{% endfor %}{{ n.x }}",
        "{% for l in page.leaves %}{{ loop.index }}{{ loop.first }}{{ loop.cycle('a', 'b') }}{{ l.name }}{% endfor %}",
        "{% for l in page.leaves recursive %}{{ l.name }}{{ loop([]) }}{% endfor %}",
        "{{ page.table['k'].name }}{{ page.leaves|map(attribute='name')|join(', ') }}",
        "{% macro own(x) %}{{ x.name }}{{ page.title }}{% endmacro %}{{ own(page.leaves[1]) }}",
        "{% import 'm.html' as m %}{{ m.leaf(page.leaves[0]) }}{{ m.leaf(page.leaves[1], '<', after='>') }}",
        "{% import 'm.html' as m %}{{ m.many(page.leaves) }}{{ m.many(page.leaves) }}{{ m.many([]) }}",
        "{% import 'm.html' as m %}{% call(x) m.around('a') %}{{ x }}{{ page.title }}{% endcall %}",
        "{% import 'm.html' as m %}{{ m.rest(1, 2, a=3) }}{{ m.rest(*[1], **{'b': 2}) }}",
        "{% import 'm.html' as m %}{% for l in page.leaves %}{{ m.place(loop) }} {% endfor %}",
        "{% import 'm.html' as m with context %}{{ m.leaf(page.leaves[0]) }}",
        "{% from 'm.html' import leaf as l %}{{ l(page.leaves[0])|upper }}{{ 'x' ~ l(page.leaves[0]) }}",
        "{% extends 'base.html' %}{% block a %}{{ super() }}{{ page.title }}{% endblock %}",
        "{% extends 'base.html' %}{% block b %}{{ self.a() }}{% endblock %}",
        "{% include 'part.html' %}{% include 'nothing.html' ignore missing %}",
        "{% filter upper %}{{ page.title }}{% endfilter %}{% set x %}{{ page.title }}{% endset %}{{ x }}",
        "{% filter upper %}{{ site.title }}{% endfilter %}{% set x %}{{ site.title }}{% endset %}{{ x }}",
        "{% autoescape false %}{{ site.title }}{% endautoescape %}{% if site.no is defined %}a{% else %}b{% endif %}",
        "{% for l in site.leaves %}{{ 'new' if loop.changed(l.size) }}{% endfor %}",
        "{% with a = page.title %}{{ a }}{% endwith %}{% autoescape false %}{{ page.title }}{% endautoescape %}",
        "{{ site.title }}{% for l in site.leaves %}{{ l.name }}{% if l.name == page.title %}!{% endif %}{% endfor %}",
        "{{ (1).real }}{{ 'a'.upper() }}{{ [page][0].title }}{{ (page if page.flag else site).title }}",
        "{{ dict(a=page.title, class='b')['class'] }}",
    ],
)
def test_compiled_templates_render_the_same_text(source: str) -> None:
    base = "{% block a %}{{ site.title }}{% endblock %}|{% block b %}{{ page.title }}{% endblock %}"
    careful, direct = environments(t=source, m=MACROS, base=base, part="{{ page.title }}")
    expected = careful.get_template("t.html").render(page=PAGE)
    assert expected
    for _ in range(2):
        assert direct.get_template("t.html").render(page=PAGE) == expected


EXPRESSIONS = st.recursive(
    st.sampled_from(
        ["page.title", "page.leaves[0].size", "site.title", "site.leaves[1].name", "'<q>'", "3", "true", "x"]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: f"({p[0]} ~ {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} == {p[1]})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        inner.map(lambda e: f"({e})|string|upper"),
        inner.map(lambda e: f"(not {e})"),
        inner.map(lambda e: f"m.leaf(page.leaves[0], {e})"),
        inner.map(lambda e: f"m.leaf(site.leaves[1], after={e})"),
    ),
    max_leaves=6,
)
STATEMENTS = st.recursive(
    EXPRESSIONS.map(lambda e: f"{{{{ {e} }}}}") | st.sampled_from(['<a href="\'&">', "\n  text\n"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(EXPRESSIONS, inner, inner).map(lambda p: f"{{% if {p[0]} %}}{p[1]}{{% else %}}{p[2]}{{% endif %}}"),
        st.tuples(st.sampled_from(["site.leaves", "page.leaves", "[]"]), inner).map(
            lambda p: (
                f"{{% for l in {p[0]} %}}{{% set x = l.name %}}{{{{ l.size }}}}{p[1]}{{% else %}}none{{% endfor %}}"
            )
        ),
        st.tuples(st.sampled_from(["site.leaves", "page.leaves"]), inner).map(
            lambda p: f"{{% for l in {p[0]} if l.size %}}{{{{ loop.index }}}}{{{{ l.name }}}}{p[1]}{{% endfor %}}"
        ),
        st.tuples(EXPRESSIONS, inner).map(lambda p: f"{{% set x = {p[0]} %}}{p[1]}"),
    ),
    max_leaves=8,
)


@settings(deadline=None)  # templates are compiled, on a machine that may be busy
@given(STATEMENTS, st.text(max_size=8))
def test_random_templates_render_the_same_text(source: str, title: str) -> None:
    template = "{% import 'm.html' as m %}{% set x = page.title %}" + source
    careful, direct = environments(t=template, m=MACROS)
    page = Page(title=title, leaves=PAGE.leaves)
    assert direct.get_template("t.html").render(page=page) == careful.get_template("t.html").render(page=page)


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none(), st.sampled_from(["<", "&amp;", "'\""])))
def test_escape_equals_that_of_markupsafe(value: object) -> None:
    assert str(escape(value)) == str(escape_any(value))


def _counted(source: str) -> tuple[DirectEnvironment, dict[str, int]]:
    _, direct = environments(m=source)
    calls, numbers = {"n": 0}, count(1)

    def seen(text: str) -> str:
        calls["n"] = next(numbers)
        return text

    direct.filters["seen"] = seen
    return direct, calls


def _long(parameters: str, body: str) -> str:
    """A macro `m` that is large enough for the cache."""
    more = "{% if x is none %}{{ x }}{% endif %}" * LARGE
    return f"{{% macro m({parameters}) %}}{body}{more}{{% endmacro %}}"


def test_an_imported_macro_is_rendered_once_for_equal_arguments() -> None:
    direct, calls = _counted(_long("x, end=''", "{{ x.name|seen }}{{ end }}"))
    template = direct.from_string("{% import 'm.html' as m %}{{ m.m(a) }}{{ m.m(b, end='') }}{{ m.m(c) }}")
    text = template.render(a=Leaf("x", 1), b=Leaf("x", 1), c=Leaf("y", 1))
    assert (text, calls["n"]) == ("xxy", 3), "an argument that is left out is not one that is given"
    assert template.render(a=Leaf("x", 1), b=Leaf("x", 1), c=Leaf("y", 1)) == "xxy"
    assert calls["n"] == 3


def test_the_cache_distinguishes_types_of_arguments() -> None:
    _, direct = environments(m=_long("x", "{{ x }}"))
    template = direct.from_string(
        "{% import 'm.html' as m %}{{ m.m('<') }}{{ m.m('<'|safe) }}{{ m.m(1) }}{{ m.m(true) }}{{ m.m(x=1) }}"
        "{{ m.m(x=true) }}"
    )
    assert template.render() == "&lt;<1True1True"


class Line(Struct, frozen=True):
    """A value with a time inside a nested field."""

    moments: tuple[datetime, ...]


def test_equal_times_in_different_zones_are_not_cached() -> None:
    _, direct = environments(m=_long("x", "{{ x }}"), n=_long("x", "{{ x.moments[0] }}"))
    template = direct.from_string(
        "{% import 'm.html' as m %}{% import 'n.html' as n %}"
        "{% for x in xs %}{{ m.m(x) }} {{ n.m(line(x)) }}|{% endfor %}"
    )
    here = datetime(2026, 3, 12, 12, 30, tzinfo=timezone(timedelta(hours=1)))
    text = template.render(xs=(here, here.astimezone(UTC)), line=lambda moment: Line((moment,)))
    assert text == "".join(f"{x} {x}|" for x in ("2026-03-12 12:30:00+01:00", "2026-03-12 11:30:00+00:00"))


def test_a_macro_of_the_same_template_is_not_cached() -> None:
    _, direct = environments()
    template = direct.from_string(
        "{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}{% set x = 2 %}{{ m() }}"
    )
    careful = Environment(autoescape=True).from_string(
        "{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}{% set x = 2 %}{{ m() }}"
    )
    assert template.render() == careful.render() == "12"


def test_small_macros_are_not_cached() -> None:
    direct, calls = _counted("{% macro m(n) %}{{ n|seen }}{% endmacro %}")
    template = direct.from_string("{% import 'm.html' as m %}{{ m.m(1) }}{{ m.m(1) }}")
    assert (template.render(), calls["n"]) == ("11", 2)


def test_the_macro_cache_is_bounded() -> None:
    direct, calls = _counted(_long("x", "{{ x|seen }}"))
    template = direct.from_string("{% import 'm.html' as m %}{% for n in ns %}{{ m.m(n) }}{{ m.m(n) }}{% endfor %}")
    template.render(ns=range(CACHED_RESULTS))
    template.render(ns=range(CACHED_RESULTS))
    assert calls["n"] == CACHED_RESULTS, "so many are remembered"
    template.render(ns=range(CACHED_RESULTS, 3 * CACHED_RESULTS))
    template.render(ns=[0])
    assert calls["n"] == 3 * CACHED_RESULTS + 1, "and not for ever"


def test_a_macro_with_few_cache_hits_stops_caching() -> None:
    direct, calls = _counted(_long("x", "{{ x|seen }}"))
    template = direct.from_string("{% import 'm.html' as m %}{% for n in ns %}{{ m.m(n) }}{% endfor %}")
    template.render(ns=range(TRIAL_CALLS + 1))
    template.render(ns=range(TRIAL_CALLS + 1))
    assert calls["n"] == 2 * (TRIAL_CALLS + 1)
