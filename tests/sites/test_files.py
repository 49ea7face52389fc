"""Properties of the feeds, sitemaps and manifest of every site."""

import hashlib
import json
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest

from digest.builder.commit.manifest import MANIFEST, read_manifest
from tests.sites.hostile import CATEGORIES, FRONT, REGIONS
from tests.sites.paper import Paper

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def xml(paper: Paper, file: str) -> ET.Element:
    """An XML file of the site, which is our own."""
    return ET.fromstring(paper.read(file))  # noqa: S314 - made by the build under test


def text(element: ET.Element, path: str) -> str:
    """The text at a path below an element, which is there."""
    found = element.findtext(path)
    assert found, path
    return found


def test_every_xml_file_is_well_formed(paper: Paper) -> None:
    files = [f for f in paper.files if f.endswith(".xml")]
    assert len(files) >= 5 + len(REGIONS) + len(CATEGORIES)
    for file in files:
        xml(paper, file)


def test_every_atom_feed_is_complete(paper: Paper) -> None:
    feeds = [f for f in paper.files if f.endswith("feed.xml")]
    assert len(feeds) >= 1 + len(REGIONS) + len(CATEGORIES)
    ids = set()
    for file in feeds:
        feed = xml(paper, file)
        ids.add(text(feed, f"{ATOM}id"))
        assert datetime.fromisoformat(text(feed, f"{ATOM}updated")).tzinfo
        links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == paper.url_of(file)
        assert paper.target(links["alternate"])
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) <= FRONT
        assert len({text(e, f"{ATOM}id") for e in entries}) == len(entries)
        for entry in entries:
            assert text(entry, f"{ATOM}title")
            updated = datetime.fromisoformat(text(entry, f"{ATOM}updated"))
            assert updated.tzinfo
            published = entry.findtext(f"{ATOM}published")
            assert published is None or datetime.fromisoformat(published) <= updated
    assert len(ids) == len(feeds)


def test_all_feed_formats_have_the_same_entries(paper: Paper) -> None:
    atom = [text(e, f"{ATOM}id") for e in xml(paper, "feed.xml").findall(f"{ATOM}entry")]
    rss = xml(paper, "rss.xml").findall("channel/item")
    feed = json.loads(paper.read("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == paper.url_of("feed.json")
    assert atom == [text(item, "guid") for item in rss] == [item["id"] for item in feed["items"]]
    for item in rss:
        published = item.findtext("pubDate")
        assert published is None or parsedate_to_datetime(published).tzinfo
    for item in feed["items"]:
        assert datetime.fromisoformat(item["date_modified"]).tzinfo
        assert item["content_text" if "content_text" in item else "content_html"]


def test_feeds_lead_to_pages_of_the_site(paper: Paper) -> None:
    for item in json.loads(paper.read("feed.json"))["items"]:
        found = paper.target(item["url"])
        if found is None:
            assert item["url"].startswith("https://far.example/")
            continue
        file, fragment = found
        assert file in paper.pages
        assert not fragment or [e for e in paper.pages[file].walk() if e.attributes.get("id") == fragment]


def test_html_in_feeds_has_whole_addresses(paper: Paper) -> None:
    for item in json.loads(paper.read("feed.json"))["items"]:
        for address in re.findall(r'(?:href|src)="([^"]*)"', item.get("content_html", "")):
            assert re.match(r"https?://", address), address


def test_sitemaps_list_existing_indexed_pages(paper: Paper) -> None:
    maps = [text(m, f"{SITEMAP}loc") for m in xml(paper, "sitemap.xml").findall(f"{SITEMAP}sitemap")]
    files = [found[0] for found in map(paper.target, maps) if found]
    assert sorted(files) == sorted(f for f in paper.files if f.startswith("sitemaps/"))
    urls = [u for file in files for u in xml(paper, file).findall(f"{SITEMAP}url")]
    addresses = [text(u, f"{SITEMAP}loc") for u in urls]
    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        found = paper.target(address)
        assert found
        page = paper.pages[found[0]]
        assert page.all("link", rel="canonical")[0].attributes["href"] == address
        assert not page.all("meta", name="robots"), address
    for stamp in filter(None, (u.findtext(f"{SITEMAP}lastmod") for u in urls)):
        assert datetime.fromisoformat(stamp).tzinfo if "T" in stamp else date.fromisoformat(stamp)


def test_every_indexed_article_is_in_a_sitemap(paper: Paper) -> None:
    named = "".join(paper.read(f) for f in paper.files if f.startswith("sitemaps/"))
    for file in paper.with_body("item"):
        page = paper.pages[file]
        abroad = page.all("link", rel="canonical")[0].attributes["href"] != paper.url_of(file)
        kept = not abroad and not page.all("meta", name="robots")
        assert (f"<loc>{paper.url_of(file)}</loc>" in named) == kept, file


def test_the_news_sitemap_holds_the_last_two_days(paper: Paper) -> None:
    for url in xml(paper, "news-sitemap.xml").findall(f"{SITEMAP}url"):
        found = paper.target(text(url, f"{SITEMAP}loc"))
        assert found
        assert paper.pages[found[0]].all("body", class_="item")
        published = text(url, f"{NEWS}news/{NEWS}publication_date")
        assert published[:10] >= "2026-03-12"
        assert text(url, f"{NEWS}news/{NEWS}title")


def test_robots_name_the_sitemap(paper: Paper) -> None:
    assert f"\nSitemap: {paper.url_of('sitemap.xml')}\n" in paper.read("robots.txt")


def test_the_manifest_lists_every_file(paper: Paper) -> None:
    there = {p.relative_to(paper.output).as_posix() for p in paper.output.rglob("*") if p.is_file()}
    assert there == set(paper.files)
    manifest = read_manifest(paper.output)
    assert manifest
    for file in manifest.files:
        data = (paper.output / file.path).read_bytes()
        assert file.size == len(data)
        assert file.digest == hashlib.blake2b(data, digest_size=16).hexdigest()
    assert paper.read(MANIFEST).endswith("\n")


def test_no_two_files_differ_only_in_case(paper: Paper) -> None:
    assert len({f.casefold() for f in paper.files}) == len(paper.files)


@pytest.mark.parametrize("kind", ["front", "section", "edition", "month", "archive", "story", "item", "plain"])
def test_the_hostile_site_has_every_kind_of_page(hostile: Paper, kind: str) -> None:
    assert hostile.with_body(kind)
