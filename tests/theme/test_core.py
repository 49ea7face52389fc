"""Templates for machines: feeds, sitemaps, robots.txt, host rules; and the pages for old and withdrawn addresses."""

import html
import json
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import msgspec
import pytest

from digest.config import parse
from digest.site import views
from digest.theme import Renderer, load_assets, load_theme
from digest.theme.page_kinds import KINDS
from tests.theme import samples
from tests.theme.sites import put

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"


def _drawn(template: str, flavour: str = "typical", view: views.View | None = None) -> str:
    theme, _ = load_theme(parse('[theme]\nname = "core"\n')[0], Path("nowhere"))
    assert theme is not None
    renderer = Renderer(theme, load_assets(theme, Path("nowhere")), samples.site(flavour), samples.body_html)
    return renderer.render(template, view or samples.sample_views(flavour)[template])


def _xml(template: str, flavour: str = "typical", view: views.View | None = None) -> ET.Element:
    text = _drawn(template, flavour, view)
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n<')
    return ET.fromstring(text)  # noqa: S314 - our own text


def _feed(flavour: str) -> views.FeedView:
    view = samples.sample_views(flavour)["atom.xml"]
    assert isinstance(view, views.FeedView)
    return view


def _texts(parent: ET.Element, name: str) -> list[str]:
    return [element.text or "" for element in parent.iterfind(name)]


def _plain(text: str) -> str:
    """A text without the characters that XML forbids."""
    return text.replace("\x07", "")


every_flavour = pytest.mark.parametrize("flavour", samples.FLAVOURS)


# --- Atom -----------------------------------------------------------------------------------------------------------


@every_flavour
def test_an_atom_feed_has_the_elements_that_rfc_4287_requires(flavour: str) -> None:
    feed, view, site = _xml("atom.xml", flavour), _feed(flavour), samples.site(flavour)
    assert feed.tag == f"{ATOM}feed"
    assert (feed.get(LANG), feed.get(BASE)) == (site.language, site.base_url)
    for name, text in (("id", view.id), ("title", view.title), ("updated", view.updated)):
        assert _texts(feed, ATOM + name) == [_plain(text)]
    links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}link")}
    hub = {"hub": site.hub} if site.hub else {}
    assert links == {"self": "https://example.org/news/feed.xml", "alternate": "https://example.org/news/", **hub}
    assert _texts(feed, f"{ATOM}author/{ATOM}name") == [_plain(site.publisher or site.title)]


@every_flavour
def test_an_atom_entry_has_the_elements_that_rfc_4287_requires(flavour: str) -> None:
    entries = list(_xml("atom.xml", flavour).iterfind(f"{ATOM}entry"))
    for entry, source in zip(entries, _feed(flavour).entries, strict=True):
        assert _texts(entry, f"{ATOM}id") == [source.id]
        assert _texts(entry, f"{ATOM}title") == [_plain(source.card.title)]
        assert _texts(entry, f"{ATOM}updated") == [source.updated]
        assert _texts(entry, f"{ATOM}published") == ([source.published] if source.published else [])
        assert datetime.fromisoformat(source.updated).tzinfo
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert str(link.get("href")).startswith("https://")
        said = [source.summary, *(f"Correction, {c.day.isoformat()}: {c.text}" for c in source.corrections)]
        assert _texts(entry, f"{ATOM}summary") == ([_plain(" ".join(said))] if any(said) else [])
        assert len(_texts(entry, f"{ATOM}author/{ATOM}name")) == 1


def test_atom_contains_the_full_text_as_escaped_html() -> None:
    content = _xml("atom.xml").find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.get(BASE)) == ("html", "https://example.org/news/2026/03/12/entry-0/")
    assert content.text == samples.body_html("2026/03/12/entry-0.md")


def test_atom_contains_labels_rights_and_language() -> None:
    card = msgspec.structs.replace(samples.card(4), regions=("africa", "atlantis"))
    entry = msgspec.structs.replace(_feed("typical").entries[0], card=card)
    feed = _xml("atom.xml", view=msgspec.structs.replace(_feed("typical"), entries=(entry,)))
    drawn = feed.find(f"{ATOM}entry")
    assert drawn is not None
    assert drawn.get(LANG) == "fr"
    labels = {c.get("term"): c.get("label") for c in drawn.iterfind(f"{ATOM}category")}
    machine = labels.pop(entry.digital_source)
    assert str(machine)[:9] == entry.ai_note[:9], "a feed says what a machine did"
    assert labels == {"africa": "Africa", "science": "Science"} or set(labels) == {"africa", card.categories[0]}
    assert _texts(drawn, f"{ATOM}rights") == ["© Northwire 2026"]


def test_atom_links_to_the_original_of_an_external_entry() -> None:
    card = msgspec.structs.replace(samples.card(0), link="https://example.com/original")
    entry = msgspec.structs.replace(_feed("typical").entries[0], card=card)
    feed = _xml("atom.xml", view=msgspec.structs.replace(_feed("typical"), entries=(entry,)))
    links = {link.get("rel"): link.get("href") for link in feed.iterfind(f"{ATOM}entry/{ATOM}link")}
    assert links["via"] == "https://example.com/original"


# --- RSS ------------------------------------------------------------------------------------------------------------


@every_flavour
def test_rss_has_the_elements_that_its_specification_requires(flavour: str) -> None:
    rss, view, site = _xml("rss.xml", flavour), samples.sample_views(flavour)["rss.xml"], samples.site(flavour)
    (channel,) = rss.iterfind("channel")
    assert rss.get("version") == "2.0"
    assert isinstance(view, views.FeedView)
    assert _texts(channel, "title") == [_plain(view.title)]
    assert _texts(channel, "link") == ["https://example.org/news/"]
    assert _texts(channel, "description") == [_plain(site.description or site.tagline or view.title)]
    for item, source in zip(channel.iterfind("item"), view.entries, strict=True):
        (guid,) = item.iterfind("guid")
        assert (guid.get("isPermaLink"), guid.text) == ("false", source.id)
        assert _texts(item, "title") == [_plain(source.card.title)]
        assert [parsedate_to_datetime(d) for d in _texts(item, "pubDate")] == (
            [source.card.at] if source.rfc822 else []
        )
        assert len(_texts(item, f"{DC}creator")) == 1


def test_rss_escapes_text_in_descriptions_twice() -> None:
    descriptions = _texts(_xml("rss.xml", "hostile"), "channel/item/description")
    assert descriptions
    assert all("<" not in d and samples.HOSTILE.replace("\x07", "") in html.unescape(d) for d in descriptions)


def test_rss_contains_the_full_text() -> None:
    assert _texts(_xml("rss.xml"), f"channel/item/{CONTENT}encoded")[0] == samples.body_html("2026/03/12/entry-0.md")


# --- JSON Feed ------------------------------------------------------------------------------------------------------


def _json(flavour: str) -> Mapping[str, Any]:
    feed = json.loads(_drawn("feed.json", flavour))
    assert isinstance(feed, dict)
    return feed


@every_flavour
def test_json_feed_is_version_1_1(flavour: str) -> None:
    feed, view, site = _json(flavour), _feed(flavour), samples.site(flavour)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["language"]) == (view.title, site.language)
    assert feed["home_page_url"] == "https://example.org/news/"
    assert feed["feed_url"] == "https://example.org/news/feed.json"
    assert feed.get("description", "") == (site.description or site.tagline)
    for item, source in zip(feed["items"], view.entries, strict=True):
        assert (item["id"], item["title"]) == (source.id, source.card.title)
        assert item["url"].startswith("https://")
        assert ("content_html" in item) != ("content_text" in item)
        assert item["date_modified"] == source.updated
        assert item.get("date_published", "") == source.published
        assert item["tags"] == [*source.card.regions, *source.card.categories]
        assert [a["name"] for a in item["authors"]] == [source.card.byline or source.credits[0].name]


def test_json_feed_contains_the_full_text_and_no_empty_fields() -> None:
    first, second, *_ = _json("typical")["items"]
    assert first["content_html"] == samples.body_html("2026/03/12/entry-0.md")
    assert second["content_text"] == samples.card(1).title
    assert "summary" not in second


# --- sitemaps and robots --------------------------------------------------------------------------------------------


MAPS = [("sitemap.xml", "urlset", "url"), ("sitemap-index.xml", "sitemapindex", "sitemap")]


@pytest.mark.parametrize(("template", "root", "line"), MAPS)
def test_sitemaps_contain_absolute_urls(template: str, root: str, line: str) -> None:
    tree, view = _xml(template), samples.sample_views()[template]
    assert isinstance(view, views.SitemapView)
    assert tree.tag == MAP + root
    assert _texts(tree, f"{MAP}{line}/{MAP}loc") == [u.url for u in view.urls]
    assert _texts(tree, f"{MAP}{line}/{MAP}lastmod") == ["2026-03-12"]
    assert not list(_xml(template, "empty"))


def test_a_news_sitemap_has_the_elements_that_google_requires() -> None:
    (url,) = _xml("news-sitemap.xml", "hostile")
    news = url.find(f"{NEWS}news")
    assert news is not None
    assert [child.tag.removeprefix(NEWS) for child in news] == ["publication", "publication_date", "title"]
    assert _texts(news, f"{NEWS}publication/{NEWS}language") == ["en"]
    assert _texts(news, f"{NEWS}title") == [_plain(samples.HOSTILE)]


def test_robots_txt_excludes_only_the_denied_crawlers() -> None:
    robots = RobotFileParser()
    robots.parse(_drawn("robots.txt").splitlines())
    assert robots.can_fetch("AnyBot", "https://example.org/news/")
    assert not robots.can_fetch("ExampleBot", "https://example.org/news/")
    assert robots.site_maps() == ["https://example.org/news/sitemap.xml"]
    assert _drawn("robots.txt", "empty") == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/news/sitemap.xml\n"
    )


def test_host_rules_contain_redirects_and_withdrawn_pages() -> None:
    view = views.RulesView(url="/_redirects", moved=(("/old/", "/2026/03/12/new/"),), gone=("/2026/03/11/away/",))
    assert _drawn("redirects.txt", view=view) == (
        "/news/old/ /news/2026/03/12/new/ 301\n/news/2026/03/11/away/ /news/2026/03/11/away/ 410\n"
    )
    text = _drawn("htaccess.txt", view=view)
    assert text.startswith(
        "Redirect 301 /news/old/ https://example.org/news/2026/03/12/new/\nRedirect gone /news/2026/03/11/away/\n"
    )
    pattern = re.search('<FilesMatch "(.*)">\nHeader set Cache-Control "public, max-age=31536000, immutable"', text)
    assert pattern
    for name in ("style.1f3a9c02.css", "wet.0123456789ab-480.webp", "wet.0123456789ab.jpg"):
        assert re.search(pattern[1], name)
    for name in ("index.html", "feed.xml", "favicon.ico", "a.b.css"):
        assert not re.search(pattern[1], name)


def test_host_rules_make_assets_immutable() -> None:
    text = _drawn("headers.txt")
    forever = "  Cache-Control: public, max-age=31536000, immutable\n"
    assert f"/news/assets/*\n{forever}" in text
    assert f"/news/pictures/*\n{forever}" in text
    assert text.count("Cache-Control") == 2
    assert "/news/*\n  X-Content-Type-Options: nosniff\n" in text


# --- pages at old and withdrawn addresses ---------------------------------------------------------------------------


# Strings that are equal in English and another language, and patterns without words.
SHARED = {"day_time", "mark_urgent", "search_region", "search_when", "service"}
LANGUAGES = [p.stem for p in sorted((Path(__file__).parents[2] / "themes" / "core" / "strings").glob("*.toml"))]


def test_an_alias_page_redirects_and_has_a_link() -> None:
    text = _drawn("alias.html")
    assert '<link rel="canonical" href="https://example.org/news/2026/03/12/entry-0/">' in text
    assert '<meta http-equiv="refresh" content="0; url=/news/2026/03/12/entry-0/">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert '<a href="/news/2026/03/12/entry-0/">' in text


def test_a_gone_page_contains_no_text_of_the_entry() -> None:
    text = _drawn("gone.html")
    assert '<meta name="robots" content="noindex">' in text
    assert 'href="/news/"' in text
    assert "taken-back" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_strings(language: str) -> None:
    english = _strings("en")
    assert _strings(language).keys() == english.keys()
    if language != "en":
        assert {key for key, text in _strings(language).items() if text == english[key]} <= SHARED


def _strings(language: str) -> Mapping[str, object]:
    theme, issues = load_theme(parse(f'[theme]\nname = "core"\n[site]\nlanguage = "{language}"\n')[0], Path("nowhere"))
    assert not issues
    assert theme is not None
    return theme.strings


def test_core_has_templates_for_all_files_for_machines() -> None:
    theme, _ = load_theme(parse('[theme]\nname = "core"\n')[0], Path("nowhere"))
    assert theme is not None
    for kind in ("feed", "sitemap", "news-sitemap", "robots", "rules", "alias", "gone"):
        assert all(f"core/{name}" in theme.templates for name in KINDS[kind])


# --- pages that are the same in every theme --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["404.html", "corrections.html", "gone.html", "month.html", "search.html"])
def test_a_page_of_core_uses_the_base_template_of_the_theme(name: str, tmp_path: Path) -> None:
    base = "{% block frame %}<header>Mine</header>{% block main %}{% endblock %}{% endblock %}"
    view = samples.sample_views("typical")[name]
    bare = _drawn(name)
    put(tmp_path, {"templates/base.html": "{% extends 'core/frame.html' %}" + base})
    theme, _ = load_theme(parse('[theme]\nname = "core"\n')[0], tmp_path)
    assert theme is not None
    renderer = Renderer(theme, load_assets(theme, tmp_path), samples.site("typical"), samples.body_html)
    drawn = renderer.render(name, view)
    assert drawn.count("<header>Mine</header>") == 1
    assert drawn.count("<h1>") == bare.count("<h1>") == 1
    assert drawn.partition("<h1>")[2].partition("</h1>")[0] == bare.partition("<h1>")[2].partition("</h1>")[0]
