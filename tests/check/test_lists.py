"""Findings of feeds and sitemaps."""

from pathlib import Path

import pytest

from digest.check.site.addresses import AddressResolver
from digest.check.site.feeds import check_feeds
from digest.check.site.output import Output
from digest.check.site.sitemaps import check_sitemaps

BASE = "https://post.example/"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
ENTRY = "<entry><id>{}</id></entry>"
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
URL = "<url><loc>{}</loc></url>"
NEWS = "<url><loc>{}</loc><n:news><n:title>x</n:title>{}</n:news></url>"
DATED = "<n:publication_date>2026-03-12</n:publication_date>"


def output(folder: Path, file: str, text: str, kind: str) -> Output:
    """Return an output with one file and the page `a/`."""
    (folder / file).write_text(text, "utf-8")
    return Output(folder, {file: kind, "a/index.html": "text/html"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ATOM.format(ENTRY.format("tag:x,1") + ENTRY.format("tag:x,2")), []),
        (ATOM.format(ENTRY.format("tag:x,1") * 2), [("feed-id", "2 entries have the id `tag:x,1`")]),
        (ATOM.format(ENTRY.format("")), [("feed-id", "an entry of the feed has no id")]),
        (ATOM.format("<entry/>"), [("feed-id", "an entry of the feed has no id")]),
        (ATOM.format(ENTRY.format(f"{BASE}a/")), [("feed-id", f"the id `{BASE}a/` is a URL, which can change")]),
        ("<feed>", [("feed-malformed", "the feed cannot be read: no element found: line 1, column 6")]),
        ("<html/>", [("feed-malformed", "the feed cannot be read: the root element is not a feed")]),
    ],
)
def test_atom(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    site_output = output(tmp_path, "feed.xml", text, "application/atom+xml")
    assert [(f.code, f.message) for f in check_feeds(site_output, BASE)] == found


@pytest.mark.parametrize(
    ("file", "text", "codes"),
    [
        ("rss.xml", "<rss><channel><item><guid>tag:x,1</guid></item></channel></rss>", []),
        ("rss.xml", "<rss><channel><item/></channel></rss>", ["feed-id"]),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "tag:x,1"}]}', []),
        ("feed.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{}]}', ["feed-id"]),
        ("feed.json", '{"items": []}', ["feed-malformed"]),
        ("feed.json", "[", ["feed-malformed"]),
    ],
)
def test_rss_and_json(tmp_path: Path, file: str, text: str, codes: list[str]) -> None:
    kind = "application/feed+json" if file.endswith(".json") else "application/rss+xml"
    assert [f.code for f in check_feeds(output(tmp_path, file, text, kind), BASE)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (MAP.format(URL.format(f"{BASE}a/")), []),
        (MAP.format(URL.format(f"{BASE}a/") * 2), ["sitemap-address"]),
        (MAP.format(URL.format(f"{BASE}b/")), ["sitemap-address"]),
        (MAP.format(URL.format("https://elsewhere.example/")), ["sitemap-address"]),
        (MAP.format(NEWS.format(f"{BASE}a/", DATED)), []),
        (MAP.format(NEWS.format(f"{BASE}a/", "")), ["sitemap-malformed"]),
        (MAP.format("".join(URL.format(f"{BASE}a/#{n}") for n in range(50_001))), ["sitemap-long"]),
        (MAP.format("".join(NEWS.format(f"{BASE}a/#{n}", DATED) for n in range(1_001))), ["sitemap-long"]),
        ("<urlset>", ["sitemap-malformed"]),
        ("<other/>", []),
    ],
    ids=range(10),
)
def test_sitemaps(tmp_path: Path, text: str, codes: list[str]) -> None:
    site_output = output(tmp_path, "sitemap.xml", text, "application/xml")
    assert [f.code for f in check_sitemaps(site_output, AddressResolver(BASE), set())] == codes


def test_a_sitemap_lists_no_page_with_noindex(tmp_path: Path) -> None:
    site_output = output(tmp_path, "sitemap.xml", MAP.format(URL.format(f"{BASE}a/")), "application/xml")
    (found,) = check_sitemaps(site_output, AddressResolver(BASE), {"a/index.html"})
    assert found.message == f"`{BASE}a/` is a page that search engines may not index"
