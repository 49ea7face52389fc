"""Names and filters that templates see."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.theme import Renderer, TemplateError
from digest.theme.environment.jinja import as_json, is_escaped
from tests.theme import samples
from tests.theme.sites import assets_of, drawn, put, renderer_of, theme_of


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (
            '{{ "/x/"|url }} {{ "/"|url }} {{ "#top"|url }} {{ "https://x.org/"|url }}',
            "/news/x/ /news/ #top https://x.org/",
        ),
        ('{{ "/x/"|absolute }}', "https://example.org/news/x/"),
        ('{{ "https://example.com/?a=1&b=2"|absolute }}', "https://example.com/?a=1&amp;b=2"),
        ("{{ page.url }} {{ site.title }} {{ param.masthead }}", "/404.html The Morning Paper centred"),
        ('{{ t("to_read") }}', "To read"),
        ("{{ none|body }}", ""),
        ("{{ range(3)|join }}{{ dict(a=1).a }}", "0121"),
        ('{{ [1, "a", none, true]|json }}', '[1,"a",null,true]'),
    ],
)
def test_names_and_filters_of_the_contract(template: str, text: str, tmp_path: Path) -> None:
    assert drawn(tmp_path, template) == text


@pytest.mark.parametrize("name", ["now", "lipsum", "cycler", "joiner", "environment", "config", "request", "cards"])
def test_removed_globals_are_undefined(name: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        drawn(tmp_path, f"{{{{ {name} }}}}")
    assert caught.value.issue.code == "template-undefined"


@pytest.mark.parametrize("name", ["random", "tojson", "urlize", "pprint", "filesizeformat"])
def test_removed_filters_are_errors(name: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        drawn(tmp_path, f"{{{{ page.url|{name} }}}}")
    assert caught.value.issue.code == "template-syntax"


def test_a_page_is_not_visible_in_an_import(tmp_path: Path) -> None:
    put(tmp_path, {"templates/m.html": "{% macro x() %}{{ site.title }}{{ page is defined }}{% endmacro %}"})
    assert drawn(tmp_path, '{% import "m.html" as m %}{{ m.x() }}') == "The Morning PaperFalse"


def test_html_is_escaped_and_text_is_not(tmp_path: Path) -> None:
    files = {f"templates/{name}": "{{ '<&>' }}" for name in ("404.html", "robots.txt", "atom.xml")}
    renderer, views = renderer_of(tmp_path, files), samples.sample_views()
    said = {name: renderer.render(name, views[name]) for name in ("404.html", "robots.txt", "atom.xml")}
    assert said == {"404.html": "&lt;&amp;&gt;\n", "robots.txt": "<&>\n", "atom.xml": "&lt;&amp;&gt;\n"}


def test_escaping_depends_on_the_suffix() -> None:
    assert all(is_escaped(name) for name in ("a.html", "core/a.xml", "a.svg"))
    assert not any(is_escaped(name) for name in ("a.txt", "a.json", "html", None))


BODY = (
    '<p><a href="/2026/x/?a=&quot;/">a</a><img src="/i.png" alt=" href=&quot;/x">'
    '<a href="//example.com/">b</a><a href="#n">c</a></p>'
)


@pytest.mark.parametrize(("call", "base"), [("body", "/news/"), ("body(whole=true)", "https://example.org/news/")])
def test_local_links_of_a_body_get_the_base_path(call: str, base: str, tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"templates/item.html": f"{{{{ page.body|{call} }}}}"})
    renderer = Renderer(theme, assets_of(theme, tmp_path), samples.site(), lambda _: BODY)
    html = renderer.render("item.html", samples.sample_views()["item.html"])
    assert html.strip() == BODY.replace('href="/2026', f'href="{base}2026').replace('src="/i', f'src="{base}i')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_json_round_trips_and_cannot_end_a_script(value: object) -> None:
    text = str(as_json(value))
    assert json.loads(text) == value
    assert not set("<>&'\u2028\u2029") & set(text)


def test_json_encodes_structs_and_dates() -> None:
    card = samples.card(0)
    assert json.loads(as_json({"card": card}))["card"]["day"] == "2026-03-12"


def test_arrange_uses_the_counts_of_the_theme_and_the_order_of_the_site(tmp_path: Path) -> None:
    template = (
        '{% set f = arrange(page.cards) %}{{ f.second|length }} {{ f.columns|map(attribute="region")|join(",") }}'
    )
    assert drawn(tmp_path, template, "front.html") == f"4 {','.join(samples.REGIONS)}"
