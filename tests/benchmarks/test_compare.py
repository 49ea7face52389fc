"""A peer's site is compared page by page: what differs is seen."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.compare import Likeness, kind_of, likeness, links_in, text_in

ARTICLE = '<main><a href="/region/africa/">Africa</a><div class="body">\n<p>Rain &amp; wind.</p>\n</div></main>'
PAGES = {
    "2026/03/12/rain/index.html": ARTICLE,
    "region/africa/index.html": '<main><a href="/2026/03/12/rain/">Rain</a></main>',
    "style.css": "body {}",
}


def site(folder: Path, pages: Mapping[str, str]) -> Path:
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def of(lines: list[Likeness], kind: str) -> Likeness:
    return next(line for line in lines if line.kind == kind)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/2026/03/12/rain/", "article"),
        ("/2026/03/12/", "edition"),
        ("/2026/03/", "month"),
        ("/region/africa/", "list"),
        ("/region/africa/sport/", "list"),
        ("/region/africa/sport/2026/03/", "archive"),
        ("/story/rain/", "story"),
        ("/region/africa/feed.xml", "feed"),
        ("/feed.json", "feed"),
        ("/sitemaps/2026-03.xml", "sitemap"),
        ("/news-sitemap.xml", "sitemap"),
        ("/", "front, notices"),
        ("/site.webmanifest", "robots.txt, web manifest"),
        ("/assets/style.1234.css", ""),
        ("/digest-manifest.json", ""),
        ("/something/else/", "other"),
    ],
)
def test_kind_of_a_url(url: str, kind: str) -> None:
    assert kind_of(url) == kind


def test_equal_sites_are_equal(tmp_path: Path) -> None:
    lines = likeness(site(tmp_path / "a", PAGES), site(tmp_path / "b", PAGES))
    assert of(lines, "article") == Likeness(
        kind="article", ours=1, theirs=1, compared=1, same_links=1, same_text=1, bytes_ratio=1.0
    )
    assert {line.kind for line in lines} == {"article", "list"}


def test_missing_page_link_and_word_are_counted(tmp_path: Path) -> None:
    other = {"2026/03/12/rain/index.html": ARTICLE.replace("wind", "snow").replace("africa", "europe")}
    lines = likeness(site(tmp_path / "a", PAGES), site(tmp_path / "b", other))
    article = of(lines, "article")
    assert (article.compared, article.same_links, article.same_text) == (1, 0, 0)
    assert (of(lines, "list").ours, of(lines, "list").theirs) == (1, 0)


def test_repeated_links_are_counted() -> None:
    once = '<main><a href="/a/">A</a></main>'
    assert links_in(once) != links_in(once.replace("</a>", '</a><a href="/a/">A</a>'))
    assert links_in('<main><a href="/a/?b&amp;c">A</a></main>') == {"/a/?b&c": 1}


def test_text_of_the_main_part_without_summaries() -> None:
    assert text_in(ARTICLE) == ["Africa", "Rain", "&", "wind."]
    assert text_in('<p>Title</p><main><h2>Rain</h2><p class="standfirst">It rained…</p></main>') == ["Rain"]
    assert text_in("<urlset><loc>Words</loc></urlset>") == []


def test_sitemaps_of_peers_are_matched(tmp_path: Path) -> None:
    ours = site(tmp_path / "a", {"sitemaps/2026-03.xml": "<urlset/>", "sitemaps/lists.xml": "<urlset/>"})
    theirs = site(tmp_path / "b", {"2026/03/sitemap.xml": "<urlset/>", "lists-sitemap.xml": "<urlset/>"})
    assert of(likeness(ours, theirs), "sitemap").compared == 2
