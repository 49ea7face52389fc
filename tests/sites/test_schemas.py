"""Feeds, sitemaps and the web manifest of every site against the published rules, by readers that are not ours."""

import json
from pathlib import Path

import pytest

from tests.sites.paper import Paper
from tests.sites.validators import fed, feeds_of, json_errors, sitemap_errors, xml_errors


def test_sitemaps_are_as_their_rules_ask(paper: Paper) -> None:
    assert [f for f in paper.files if f.startswith("sitemaps/")]
    assert sitemap_errors(paper) == []


def test_feedparser_has_nothing_against_a_feed(paper: Paper) -> None:
    files = feeds_of(paper)
    assert len(files) >= 2
    for file in files:
        parsed = fed(paper, file)
        assert not parsed.bozo, f"{file}: {parsed.get('bozo_exception')}"
        assert parsed.version == ("rss20" if file.endswith("rss.xml") else "atom10")
        assert parsed.feed.title
        ids = [entry.id for entry in parsed.entries]
        assert len(set(ids)) == len(ids)
        assert all(entry.title and entry.link for entry in parsed.entries), file


def test_a_feed_has_entries_that_feedparser_finds(example: Paper) -> None:
    items = json.loads(example.read("feed.json"))["items"]
    for file in ("feed.xml", "rss.xml"):
        parsed = fed(example, file)
        assert [entry.id for entry in parsed.entries] == [item["id"] for item in items]
        assert [entry.title for entry in parsed.entries] == [item["title"] for item in items]


def test_json_feeds_are_as_their_text_asks(paper: Paper) -> None:
    assert json_errors("json-feed-1.1", paper.read("feed.json")) == []


def test_web_manifests_are_as_browsers_ask(paper: Paper) -> None:
    files = [f for f in paper.files if f.endswith(".webmanifest")]
    assert files
    for file in files:
        assert json_errors("web-manifest", paper.read(file)) == []
        document = json.loads(paper.read(file))
        for address in (document["start_url"], *(icon["src"] for icon in document["icons"])):
            found = paper.target(address, file)
            assert found, address
            assert found[0] in paper.files, address


URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
)
NEWS = (
    "<url><loc>https://a.example/{n}</loc><n:news><n:publication><n:name>A</n:name><n:language>{language}</n:language>"
    "</n:publication><n:publication_date>{date}</n:publication_date><n:title>{title}</n:title></n:news></url>"
)


def news(n: int = 1, language: str = "en", date: str = "2026-03-12", title: str = "x") -> str:
    """An entry of a news sitemap."""
    return NEWS.format(n=n, language=language, date=date, title=title)


@pytest.mark.parametrize(
    ("inner", "right"),
    [
        (news(), True),
        (news(date="2026-03-12T09:30+01:00"), True),
        (news(date="2026-03-12T09:30:00.5Z"), True),
        (news(language="zh-tw"), True),
        (news(language="en-GB"), False),
        (news(date="2026-03-12T09:30"), False),
        (news(date="12 March"), False),
        (news(title=""), False),
        (news() + news(), False),
        ("".join(map(news, range(1000))), True),
        ("".join(map(news, range(1001))), False),
    ],
    ids=range(11),
)
def test_the_schema_of_news_sees_what_is_wrong(inner: str, right: bool) -> None:
    assert (xml_errors("news-sitemap", URLSET.format(inner)) == []) is right


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("sitemap", "<url><loc>/a/</loc></url>"),
        ("sitemap", "<url><loc>https://a.example/</loc><lastmod>yesterday</lastmod></url>"),
        ("sitemap", "<url><lastmod>2026-03-12</lastmod></url>"),
        ("sitemap", "<page/>"),
    ],
)
def test_the_schema_of_sitemaps_sees_what_is_wrong(name: str, inner: str) -> None:
    assert xml_errors(name, URLSET.format(inner)) != []
    assert xml_errors(name, URLSET.format("<url><loc>https://a.example/</loc></url>")) == []


@pytest.mark.parametrize(
    "change", [{"version": "1"}, {"items": [{"id": "x"}]}, {"item": []}, {"items": [{"id": "", "content_text": "x"}]}]
)
def test_the_schema_of_json_feeds_sees_what_is_wrong(change: dict[str, object]) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": []}
    assert json_errors("json-feed-1.1", json.dumps(feed)) == []
    assert json_errors("json-feed-1.1", json.dumps(feed | change)) != []


def test_feedparser_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("<feed xmlns='http://www.w3.org/2005/Atom'><title>x</feed>")
    assert fed(Paper(tmp_path, ""), "feed.xml").bozo
