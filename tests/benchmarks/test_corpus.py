"""The corpus is the same everywhere, and is what it says."""

from collections import Counter
from pathlib import Path

from benchmarks.corpus import BODY_BYTES, CATEGORIES, END, REGIONS, SPAN, Article, articles
from benchmarks.sites import CONFIG, page_of, write_site
from digest import config
from digest.builder import BuildRequest, build
from digest.content.markdown.body import html_of
from digest.content.markdown.fast.wire import plain_html_of

PLAIN, RICH = list(articles(200)), list(articles(200, rich=True))


def test_corpus_is_deterministic() -> None:
    assert list(articles(200)) == PLAIN
    assert list(articles(200, seed=2)) != PLAIN
    assert PLAIN[0].title == "Narkflatsind bruzen kairkjoun zouproubour dainchu quenchout sinshostmear jomat"


def test_articles_are_about_four_kilobytes() -> None:
    for corpus in (PLAIN, RICH):
        sizes = [len(article.body.encode()) for article in corpus]
        assert BODY_BYTES <= sum(sizes) / len(sizes) <= 1.15 * BODY_BYTES


def test_body_size_can_be_set() -> None:
    for rich in (False, True):
        bodies = [article.body for article in articles(40, rich=rich, size=300)]
        assert min(map(len, bodies)) >= 298
    assert max(len(article.body) for article in articles(40, size=300)) < BODY_BYTES / 2


def test_times_are_distinct_and_span_a_year() -> None:
    times = [article.at for article in PLAIN]
    assert times == sorted(set(times), reverse=True)
    assert times[0] == END
    assert END - times[-1] <= SPAN


def test_urls_and_ids_are_unique() -> None:
    corpus = list(articles(3_000))
    assert len({(a.folder, a.slug) for a in corpus}) == len({a.id for a in corpus}) == len(corpus)


def test_labels_are_skewed() -> None:
    corpus = list(articles(2_000))
    regions = Counter(article.regions[0] for article in corpus)
    assert regions.keys() == REGIONS.keys()
    assert regions["europe"] > 3 * regions["world"]
    assert Counter(article.categories[0] for article in corpus).keys() == CATEGORIES.keys()


def test_most_articles_have_no_story() -> None:
    sizes = Counter(Counter(article.story for article in PLAIN).values())
    assert max(sizes) <= 6
    assert sizes[1] > sum(n for size, n in sizes.items() if size > 1)


def test_only_plain_bodies_take_the_fast_path() -> None:
    assert all(plain_html_of(article.body) is not None for article in PLAIN[:20])
    for article in RICH[:20]:
        html = html_of(article.body)
        for tag in ("<ul>", "<ol>", "<table>", "<pre>", "<blockquote>", "<img ", "<em>", "<strong>", "<a ", "<code>"):
            assert tag in html


def test_site_builds_without_issues(tmp_path: Path) -> None:
    assert config.parse(CONFIG)[1] == ()
    for corpus, wire in ((PLAIN[:40], True), (RICH[:40], False)):
        folder = tmp_path / str(wire)
        write_site(folder, corpus, wire=wire)
        report = build(BuildRequest(site=folder, output=folder / "output", now=END))
        assert report.ok
        assert report.issues == ()
        assert report.items == 40


def test_page_has_the_front_matter_of_an_import() -> None:
    article: Article = PLAIN[0]
    page = page_of(article)
    assert page.startswith(f"---\nid: {article.id}\ntitle: {article.title}\n")
    assert "\nwire: {dump: 2026-03-12-" in page
    assert "wire:" not in page_of(article, wire=False)
