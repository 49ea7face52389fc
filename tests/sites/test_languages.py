"""Both themes in every language that they speak: language, direction, dates, and not a word of English.

Of two papers: one whose own words are of no language, and the example newspaper, whose articles are English.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names

from digest.builder import BuildRequest, build
from digest.config import parse
from digest.theme import load_theme
from tests.machine import ROOT
from tests.sites.paper import Paper
from tests.theme.sites import put

LANGUAGES = ("fr", "de", "es", "pt", "ar")
THEMES = ("broadsheet", "wire")
NOW = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)
SITE = """
[site]
title = "Lorem"
base_url = "https://lorem.example/"
language = "{language}"

[theme]
name = "{theme}"

[sources.DOLOR]
name = "Dolor"

[authors.ipsa]
name = "I. Psa"

[search]
enabled = true
"""
# Words of no language that a theme speaks.
PAGES = {
    "a.md": "title: Lorem ipsum dolor\ndate: 2026-03-12\nregions: [europe]\ncategories: [politics]\nstory: sit-amet\n"
    "byline: I. Psa\nsource: DOLOR\nai: assisted\nupdated: 2026-03-12T10:00:00Z\n"
    "corrections: [{date: 2026-03-12, text: Consectetur.}]\nplaces: [Elit]",
    "b.md": "title: Adipiscing elit sed\ndate: 2026-03-10T08:30:00Z\nregions: [europe]\ncategories: [sport]\n"
    "story: sit-amet\nsource: DOLOR\nmarks: [breaking]",
    "c.md": "title: Eiusmod tempor incididunt\ndate: 2026-02-27\nregions: [middle-east, europe]\n"
    "categories: [crime]\nsource: DOLOR\nlink: https://far.example/",
    "d.md": "title: Ut labore et dolore\ndate: 2026-03-12\nregions: [africa]\ncategories: [culture]\nsource: DOLOR",
    "e.md": "title: Magna aliqua\ndate: 2026-03-12\nregions: [world]\ncategories: [health]\nstatus: killed",
}


class Spoken(NamedTuple):
    """One of the papers, in a theme and a language; `told` are the words of its own content and configuration."""

    name: str
    theme: str
    language: str
    paper: Paper
    told: frozenset[str]


@pytest.fixture(
    scope="module", params=[(w, t, x) for w in ("lorem", "example") for t in THEMES for x in LANGUAGES], ids="-".join
)
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    """One of the papers in a theme and a language."""
    which, theme, language = request.param
    site = tmp_path_factory.mktemp("-".join(request.param))
    if which == "example":
        settings = (ROOT / "digest.toml").read_text("utf-8").replace('language = "en-GB"', f'language = "{language}"')
        put(site, {"digest.toml": f'{settings}\n[theme]\nname = "{theme}"\n'})
        shutil.copytree(ROOT / "content", site / "content")
    else:
        pages = {f"content/{name}": f"---\n{text}\n---\n" for name, text in PAGES.items()}
        pages["content/a.md"] += "Quis nostrud.\n\nExercitation ullamco.\n"
        put(site, {"digest.toml": SITE.format(theme=theme, language=language), **pages})
    written = " ".join(file.read_text("utf-8", "replace") for file in site.rglob("*") if file.is_file())
    report = build(BuildRequest(site=site, output=site / "output", now=NOW))
    assert report.ok, report.issues
    return Spoken(which, theme, language, Paper(site / "output", "https://lorem.example/"), frozenset(_words(written)))


def test_every_page_says_its_language_and_direction(spoken: Spoken) -> None:
    language, paper = spoken.language, spoken.paper
    for file, page in paper.pages.items():
        (root,) = page.all("html")
        assert root.attributes["lang"] == language, file
        assert root.attributes["dir"] == ("rtl" if language == "ar" else "ltr"), file


def test_dates_are_in_the_words_of_the_language(spoken: Spoken) -> None:
    language, paper = spoken.language, spoken.paper
    assert format_date(DAY, "full", Locale(language)) in paper.pages["2026/03/12/index.html"].all("h1")[0].text
    month = get_month_names("wide", "stand-alone", Locale(language))[3]
    assert month.casefold() in paper.pages["2026/03/index.html"].all("h1")[0].text.casefold()


def test_the_menu_is_in_the_language(spoken: Spoken) -> None:
    language, paper = spoken.language, spoken.paper
    names = [table.name for table in parse(f'[site]\nlanguage = "{language}"\n')[0].regions.values()]
    for page in paper.pages.values():
        if page.all("nav"):
            assert page.all("nav")[0].text.startswith(" ".join(names))


def test_addresses_are_the_same_in_every_language(spoken: Spoken, example: Paper) -> None:
    assert spoken.name != "example" or spoken.paper.pages.keys() == example.pages.keys()


def test_nothing_is_left_in_english(spoken: Spoken) -> None:
    name, theme, language, paper, told = spoken
    sayings = set(_sayings(theme, "en")) - set(_sayings(theme, language))
    words = {w for s in _sayings(theme, "en") for w in _words(s)} - {
        w for s in _sayings(theme, language) for w in _words(s)
    }
    assert {"corrections", "archive"} & words
    assert len(words - told) > (30 if name == "example" else 100)
    for file, page in paper.pages.items():
        labels = [value for e in page.walk() for name in ("aria-label", "title") if (value := e.attributes.get(name))]
        (body,) = page.all("body")
        said = [e.text for e in page.walk() if all(isinstance(part, str) for part in e.inside)]
        assert not sayings & {text.casefold() for text in (*said, *labels)}, file
        assert not (words - told) & set(_words(" ".join([body.text, *labels, page.all("title")[0].text]))), file


def _sayings(theme: str, language: str) -> Iterator[str]:
    """What a theme in a language says, small, with the names of regions, categories, months and days."""
    config = parse(f'[theme]\nname = "{theme}"\n[site]\nlanguage = "{language}"\n')[0]
    loaded, _ = load_theme(config, Path("nowhere"))
    assert loaded is not None
    said = [
        m for message in loaded.strings.values() for m in ([message] if isinstance(message, str) else message.values())
    ]
    yield from (re.sub(r"\{\w+\}", " ", text).strip().casefold() for text in said)
    yield from (region.name.casefold() for region in config.regions.values())
    yield from (category.name.casefold() for category in config.categories.values())
    for names in (get_month_names, get_day_names):
        yield from (name.casefold() for name in names("wide", "format", Locale(language)).values())


def _words(text: str) -> list[str]:
    """The words of some length, small. Names of formats are the same everywhere."""
    return [w for w in re.findall(r"[^\W\d_]{4,}", text.casefold()) if w not in ("atom", "json", "feed")]
