"""Theme check: templates that fail on empty views or let markup through are found before a build."""

import typing
from pathlib import Path

import msgspec
import pytest

from digest.check.theme.rehearsal import check_sample_pages
from digest.check.theme.samples import FLAVOURS, TAG, Sampler
from digest.config import parse
from digest.site.context import Context
from digest.site.views import View
from digest.theme import load_assets, load_theme

GOOD = '<!doctype html><html lang="en"><head><title>x</title></head><body><h1>x</h1>{}</body></html>'


def found(folder: Path, template: str = "", name: str = "404.html", theme: str = "broadsheet") -> list[tuple[str, str]]:
    if template:
        (folder / "templates").mkdir(parents=True)
        (folder / "templates" / name).write_text(template, "utf-8")
    config = parse(f'[theme]\nname = "{theme}"\n')[0]
    loaded, issues = load_theme(config, folder)
    assert loaded is not None
    assert not issues
    return [(i.code, i.place.file) for i in check_sample_pages(loaded, load_assets(loaded, folder), Context(config))]


@pytest.mark.parametrize("theme", ["broadsheet", "wire"])
def test_shipped_themes_have_no_issue(tmp_path: Path, theme: str) -> None:
    assert found(tmp_path, theme=theme) == []


@pytest.mark.parametrize(
    ("inside", "name", "code"),
    [
        ("{{ page.head.title|safe }}", "404.html", "template-unescaped"),
        ("{{ page.edition.year }}", "front.html", "template-undefined"),
        ("{{ page.lead.nothing }}", "story.html", "template-undefined"),
        ("{{ page.cards[0].title }}", "front.html", "template-undefined"),
        ('<img src="a.png" alt="">', "404.html", "image-size"),
        ("<h3>Too low</h3>", "404.html", "heading-order"),
        ('<p id="a"></p><p id="a"></p>', "404.html", "html-malformed"),
        ("<div>", "404.html", "html-malformed"),
    ],
)
def test_issues_name_the_template(tmp_path: Path, inside: str, name: str, code: str) -> None:
    issues = found(tmp_path, GOOD.format(inside), name)
    assert (code, f"templates/{name}") in issues
    assert {file for _, file in issues} == {f"templates/{name}"}


def test_a_page_without_a_language_is_found(tmp_path: Path) -> None:
    assert ("html-language", "templates/404.html") in found(tmp_path, GOOD.replace(' lang="en"', "").format(""))


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_view_type_has_a_valid_sample(flavour: str) -> None:
    views = Sampler(flavour, Context(parse("")[0])).views()
    assert set(views) == {kind.__name__ for kind in typing.get_args(View)}
    for name, view in views.items():
        again = msgspec.json.decode(msgspec.json.encode(view), type=type(view))
        assert again == view, name
        assert (TAG in str(view)) is (flavour == "hostile" and TAG in str(view)), name
    assert TAG in str(views["ItemView"]) or flavour == "empty"
