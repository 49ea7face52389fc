"""Metadata of a site: policies, hubs, other languages, security contact."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from digest.config import parse
from tests.newsroom import CONFIG, Newsroom
from tests.pictures.files import picture

MORE = """
[publisher]
logo = "/logo.png"
principles = "/principles/"
ethics = "https://elsewhere.example/ethics"
[feeds]
hub = "https://hub.example/?a&b"
[security]
contact = ["mailto:desk@post.example"]
expires = "2027-01-01T00:00:00Z"
policy = "https://post.example/policy"
[robots]
deny = ["BadBot"]
ai = "deny"
[authors.jo-kim]
name = "Jo Kim"
email = "jo@post.example"
link = "https://jo.example/?a&b"
"""
WANTED = CONFIG.replace("[sources", 'alternates = {fr = "https://fr.post.example/"}\n[sources') + MORE
PAGE = "/2026/03/12/headline-a/"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    room = Newsroom(tmp_path_factory.mktemp("pack"), WANTED)
    (room.content / "wet.png").write_bytes(picture(40, 30, "PNG"))
    room.item("a", body="Words.", byline="Jo Kim", image="/wet.png", image_alt="Wet", story="tale")
    room.item("b", body="Words.", story="tale")
    room.build()
    return room


def data_of(room: Newsroom, url: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', room.text(url))
    assert found
    data = json.loads(found[1])
    return dict(data.get("@graph", [data])[0])


def test_an_article_names_its_publisher_and_its_policies(room: Newsroom) -> None:
    assert data_of(room, PAGE)["publisher"] == {
        "@type": "NewsMediaOrganization",
        "name": "The Test Post",
        "url": "https://post.example/",
        "logo": {"@type": "ImageObject", "url": "https://post.example/logo.png"},
        "publishingPrinciples": "https://post.example/principles/",
        "ethicsPolicy": "https://elsewhere.example/ethics",
        "correctionsPolicy": "https://post.example/corrections/",
    }


def test_an_article_names_its_author_and_its_subject(room: Newsroom) -> None:
    article = data_of(room, PAGE)
    assert article["author"] == {"@type": "Person", "name": "Jo Kim", "url": "https://post.example/author/jo-kim/"}
    assert article["wordCount"] == 1
    assert article["about"][0]["sameAs"] == "http://cv.iptc.org/newscodes/mediatopic/11000000"


def test_an_author_can_be_reached(room: Newsroom) -> None:
    page = room.text("/author/jo-kim/")
    assert '<a href="mailto:jo@post.example">jo@post.example</a>' in page
    assert '<a rel="me external" href="https://jo.example/?a&amp;b">' in page
    assert "mailto:" not in room.text("/region/world/")


@pytest.mark.parametrize("wrong", ['email = "jo"', 'link = "javascript:x"'])
def test_an_invalid_url_is_an_issue(wrong: str) -> None:
    _, (found,) = parse(f'[authors.jo-kim]\nname = "Jo Kim"\n{wrong}\n')
    assert (found.place.line, found.severity) == (3, "error")


def test_the_front_page_is_a_part_of_the_site(room: Newsroom) -> None:
    site = data_of(room, "/")["isPartOf"]
    assert (site["@type"], site["name"], site["publisher"]["name"]) == ("WebSite", "The Test Post", "The Test Post")


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("/region/africa/", ["The Test Post", "Africa"]),
        ("/region/africa/2026/03/", ["The Test Post", "Africa", "Africa – March 2026"]),
        ("/2026/03/12/", ["The Test Post", "March 2026", "Thursday, March 12, 2026"]),
        ("/story/tale/", None),
    ],
)
def test_breadcrumbs_of_lists(room: Newsroom, url: str, way: list[str] | None) -> None:
    steps = data_of(room, url)["breadcrumb"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1]["item"] == f"https://post.example{url}"
    assert way is None or [step["name"] for step in steps] == way


def test_feeds_name_their_hub(room: Newsroom) -> None:
    atom = "{http://www.w3.org/2005/Atom}link"
    for feed in ("/feed.xml", "/rss.xml", "/region/africa/feed.xml"):
        links = ET.fromstring(room.text(feed)).iter(atom)  # noqa: S314 - our own file
        assert "https://hub.example/?a&b" in [link.get("href") for link in links if link.get("rel") == "hub"]
    assert json.loads(room.text("/feed.json"))["hubs"] == [{"type": "WebSub", "url": "https://hub.example/?a&b"}]


def test_the_json_feed_shows_pictures(room: Newsroom) -> None:
    entry = next(e for e in json.loads(room.text("/feed.json"))["items"] if e["title"] == "Headline a")
    assert entry["image"].removeprefix("https://post.example/") in room.files()


def test_only_the_front_page_links_to_other_languages(room: Newsroom) -> None:
    front = room.text("/")
    assert '<link rel="alternate" hreflang="fr" href="https://fr.post.example/">' in front
    assert '<link rel="alternate" hreflang="en" href="https://post.example/">' in front
    assert "hreflang" not in room.text(PAGE)


def test_security_txt_has_the_contact(room: Newsroom) -> None:
    lines = dict(line.split(": ", 1) for line in room.text("/.well-known/security.txt").splitlines())
    assert lines == {
        "Contact": "mailto:desk@post.example",
        "Expires": "2027-01-01T00:00:00Z",
        "Policy": "https://post.example/policy",
        "Preferred-Languages": "en",
        "Canonical": "https://post.example/.well-known/security.txt",
    }


def test_ai_crawlers_are_denied(room: Newsroom) -> None:
    robots = RobotFileParser()
    robots.parse(room.text("/robots.txt").splitlines())
    for name in ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "BadBot"):
        assert not robots.can_fetch(name, "https://post.example/")
    assert robots.can_fetch("Googlebot", "https://post.example/")


def test_the_manifest_leads_to_an_icon(room: Newsroom) -> None:
    manifest = json.loads(room.text("/site.webmanifest"))
    assert (manifest["name"], manifest["start_url"], manifest["lang"]) == ("The Test Post", "/", "en")
    assert manifest["icons"][0]["src"].removeprefix("/") in room.files()
    assert '<link rel="manifest" href="/site.webmanifest">' in room.text("/")


def test_a_site_without_settings_has_no_such_metadata(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.item("a", body="Words.")
    room.build()
    assert ".well-known/security.txt" not in room.files()
    assert "hub" not in room.text("/feed.xml") + room.text("/rss.xml") + room.text("/feed.json")
    assert "hreflang" not in room.text("/")
    assert "GPTBot" not in room.text("/robots.txt")


@pytest.mark.parametrize(
    ("config", "place"),
    [
        ('[feeds]\nhub = "hub.example"', "digest.toml:2:1"),
        ('[site]\nalternates = {fr = "/fr/"}', "digest.toml:2:1"),
        ('[security]\ncontact = ["mailto:a@b.example"]', "digest.toml:1:2"),
        ('[security]\ncontact = ["mailto:a@b.example"]\nexpires = "soon"', "digest.toml:1:2"),
    ],
)
def test_invalid_settings_are_issues(config: str, place: str) -> None:
    assert [f"{i.place} {i.code}" for i in parse(config)[1]] == [f"{place} config-value"]
