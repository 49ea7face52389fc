"""Every page kind of every shipped theme, rendered with every flavour of sample view."""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from digest.config import parse
from digest.theme import TEMPLATES, Renderer, TemplateError, Theme, check_templates, load_assets, load_theme
from digest.theme.locate import shipped_folder, theme_names
from tests.theme import samples
from tests.theme.sites import drawn, put, renderer_of

NOWHERE = Path("nowhere")
COMPLETE = [name for name in theme_names(NOWHERE, shipped_folder()) if name != "core"]
PAGES = [name for name in TEMPLATES if name.endswith(".html")]


def _theme(name: str) -> Theme:
    theme, issues = load_theme(parse(f'[theme]\nname = "{name}"\n')[0], NOWHERE)
    assert not issues
    assert theme is not None
    return theme


@cache
def _renderer(name: str, flavour: str) -> Renderer:
    theme = _theme(name)
    return Renderer(theme, load_assets(theme, NOWHERE), samples.site(flavour), samples.body_html)


@cache
def _page(theme: str, flavour: str, template: str) -> str:
    return _renderer(theme, flavour).render(template, samples.sample_views(flavour)[template])


every_theme = pytest.mark.parametrize("theme", COMPLETE)
every_flavour = pytest.mark.parametrize("flavour", samples.FLAVOURS)
every_template = pytest.mark.parametrize("template", TEMPLATES)


def test_there_is_a_sample_for_every_template() -> None:
    for flavour in samples.FLAVOURS:
        assert sorted(samples.sample_views(flavour)) == sorted(TEMPLATES)


@every_theme
def test_shipped_themes_have_no_issues(theme: str) -> None:
    assert check_templates(_theme(theme)) == ()
    assert load_assets(_theme(theme), NOWHERE).issues == ()


@every_theme
@every_flavour
@every_template
def test_every_page_is_equal_with_and_without_the_compiler(theme: str, flavour: str, template: str) -> None:
    renderer, view = _renderer(theme, flavour), samples.sample_views(flavour)[template]
    compiled = renderer._render_compiled(template, view)
    assert compiled is not None
    assert compiled == renderer._render_plain(template, view)
    assert compiled.strip() + "\n" == _page(theme, flavour, template) or template.endswith(".xml")


@every_theme
@every_template
def test_pages_contain_no_traces_of_python(theme: str, template: str) -> None:
    for flavour in samples.FLAVOURS:
        text = _page(theme, flavour, template)
        for trace in ("<digest.", "object at 0x", "datetime.", "Undefined", "Markup(", "&amp;lt;", "&amp;amp;lt;"):
            assert trace not in text or (trace == "&amp;lt;" and template in ("rss.xml", "atom.xml"))


class _Elements(HTMLParser):
    """Collects elements with their attributes, and checks that they are closed in order."""

    void = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        self.found.append((tag, dict(attrs)))
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open.pop() == tag

    def all(self, tag: str) -> list[Mapping[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


SWITCH = "<script>(d=>{let r=d.documentElement.dataset"


def _parsed(text: str) -> _Elements:
    parser = _Elements()
    parser.feed(text)
    parser.close()
    assert not parser.open
    return parser


@every_theme
@every_flavour
@pytest.mark.parametrize("template", PAGES)
def test_hostile_text_creates_no_elements_or_attributes(theme: str, flavour: str, template: str) -> None:
    text = _page(theme, flavour, template)
    page = _parsed(text)
    assert text.count(SWITCH) <= 1
    data = [a for a in page.all("script") if a.get("type") == "application/ld+json"]
    assert [a for a in page.all("script") if not a.get("src") and a not in data] == [{}] * text.count(SWITCH)
    for _, attributes in page.found:
        assert not any(name.startswith("on") for name in attributes)
        link = attributes.get("href") or attributes.get("src") or "/"
        assert link.startswith(("/", "#", "https://", "mailto:"))


@every_theme
@every_flavour
@pytest.mark.parametrize("template", PAGES)
def test_every_page_has_the_required_elements(theme: str, flavour: str, template: str) -> None:
    text = _page(theme, flavour, template)
    page, site = _parsed(text), samples.site(flavour)
    assert text.startswith("<!doctype html>\n<html ")
    assert text.endswith("</html>\n")
    assert dict(page.all("html")[0])["lang"] == site.language
    assert dict(page.all("html")[0]).get("dir", "ltr") == site.direction
    assert [len(page.all(tag)) for tag in ("title", "body", "h1")] == [1, 1, 1]
    ids = [a["id"] for _, a in page.found if "id" in a]
    assert len(set(ids)) == len(ids)


@every_theme
def test_links_contain_the_base_path_of_the_site(theme: str) -> None:
    for template in PAGES:
        for _, attributes in _parsed(_page(theme, "typical", template)).found:
            for name in ("href", "src"):
                link = attributes.get(name) or "#"
                assert link.startswith(("/news/", "#", "https://", "mailto:"))


def test_pages_have_no_leading_white_space_and_end_with_one_newline(tmp_path: Path) -> None:
    renderer = renderer_of(tmp_path, {"templates/404.html": "\n\n{# a comment #}\n  <p>x</p>  \n\n\n"})
    assert renderer.render("404.html", samples.sample_views()["404.html"]) == "<p>x</p>\n"


def test_characters_that_xml_forbids_are_removed(tmp_path: Path) -> None:
    source = "<a>{{ page.title }}</a>"
    renderer = renderer_of(tmp_path, {"templates/atom.xml": source})
    view = msgspec.structs.replace(samples.sample_views()["atom.xml"], title="a\x00\x0b\ufffe\ud800b\tc\n")
    assert renderer.render("atom.xml", view) == "<a>ab\tc\n</a>\n"


def test_a_template_overrides_one_block_of_its_parent(tmp_path: Path) -> None:
    put(tmp_path, {"templates/base.html": "{% block a %}A{% endblock %}{% block b %}B{% endblock %}"})
    put(tmp_path, {"templates/mine.html": '{% extends "base.html" %}{% block b %}[{{ super() }}]{% endblock %}'})
    assert drawn(tmp_path, '{% extends "mine.html" %}{% block a %}a{% endblock %}') == "a[B]"


def test_a_site_extends_a_template_of_the_theme(tmp_path: Path) -> None:
    source = '{% extends "core/gone.html" %}'
    assert drawn(tmp_path, source, "gone.html").startswith("<!doctype html>")


def test_an_unreadable_body_raises_os_error(tmp_path: Path) -> None:
    def resolve(path: str) -> str:
        raise FileNotFoundError(path)

    theme = _theme(COMPLETE[0])
    renderer = Renderer(theme, load_assets(theme, tmp_path), samples.site(), resolve)
    with pytest.raises(FileNotFoundError):
        renderer.render("item.html", samples.sample_views()["item.html"])


def test_a_missing_template_is_an_issue(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        renderer_of(tmp_path, {}).render("itm.html", samples.sample_views()["item.html"])
    assert caught.value.issue.code == "template-missing"
    assert caught.value.issue.hint == "did you mean `item.html`?"


def test_template_errors_can_be_pickled(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        drawn(tmp_path, "{{ page.nothing }}")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert again.issue == caught.value.issue


def test_plain_jinja_renders_what_the_compiler_cannot(tmp_path: Path) -> None:
    source = "{{ site.regions.europe.name }} {{ page.nothing is defined }} {{ page.head.title }}"
    assert drawn(tmp_path, source) == "Europe False Not found", "an item is found where there is no attribute"


DRAW_ALL = """
import hashlib
from tests.theme import samples
from tests.theme.test_renderer import COMPLETE, _page
text = "".join(_page(t, f, n) for t in COMPLETE for f in samples.FLAVOURS for n in samples.sample_views(f))
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_pages_are_equal_in_every_process(tmp_path: Path) -> None:
    said = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Kathmandu")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", DRAW_ALL], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1
