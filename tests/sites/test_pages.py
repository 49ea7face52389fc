"""Properties of every page of every site."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest

from digest.content.rewrite import raw_fields
from tests.sites.hostile import FRONT
from tests.sites.paper import Element, Paper, parsed

OWN_SCHEMES = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# HTML forbids these as characters and as references (WHATWG, 13.2.3.5 and 13.2.5): controls and noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# Files that nobody comes to by a link, but by knowing their names.
KNOWN_BY_NAME = re.compile(
    r"404\.html|robots\.txt|sitemap\.xml|news-sitemap\.xml|sitemaps/.*|digest-manifest\.json|pagefind/.*"
)


def test_every_link_within_the_site_stays_in_its_folder(paper: Paper) -> None:
    for file, page in paper.pages.items():
        for element in page.walk():
            for name in ("href", "src", "content"):
                value = element.attributes.get(name, "")
                assert not value.startswith("/") or paper.target(value, file), f"{file}: {value}"


def test_everything_is_reached_from_the_front_page(paper: Paper) -> None:
    notices = {f for f in paper.pages if paper.pages[f].all("meta", name="robots", content="noindex")}
    lost = set(paper.files) - paper.reached
    assert [f for f in sorted(lost - notices) if not KNOWN_BY_NAME.fullmatch(f)] == []


def test_ids_are_unique(paper: Paper) -> None:
    for file, page in paper.pages.items():
        twice = [
            i for i, n in Counter(e.attributes["id"] for e in page.walk() if "id" in e.attributes).items() if n > 1
        ]
        assert twice == [], file


def test_one_title_and_headings_in_order(paper: Paper) -> None:
    for file, page in paper.pages.items():
        headings = page.all(*HEADINGS)
        levels = [int(e.tag[1]) for e in headings]
        assert levels[0] == 1, file
        assert levels.count(1) == 1, file
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == [], file
        assert all(e.text for e in headings), f"{file}: an empty heading"
        assert len(page.all("title")) == 1, file
        assert page.all("title")[0].text, file


def test_every_time_element_is_valid(paper: Paper) -> None:
    for file, page in paper.pages.items():
        for element in page.all("time"):
            stamp = element.attributes["datetime"]
            assert element.text, file
            if "T" in stamp:
                assert datetime.fromisoformat(stamp).tzinfo, f"{file}: {stamp}"
            else:
                assert date.fromisoformat(stamp).isoformat() == stamp, f"{file}: {stamp}"


def test_every_page_says_its_language_and_its_one_address(paper: Paper) -> None:
    for file, page in paper.pages.items():
        (html,) = page.all("html")
        arabic = html.attributes["lang"] == "ar"
        assert arabic == ("sabah" in paper.base_url)
        assert html.attributes["dir"] == ("rtl" if arabic else "ltr")
        for link in page.all("link", rel="canonical"):
            address = link.attributes["href"]
            if not address.startswith("https://far.example/"):
                assert address.startswith(paper.base_url), file
                assert paper.target(address), file
        if file in paper.reached and not page.all("meta", name="robots"):
            assert len(page.all("link", rel="canonical")) == 1, file


def test_json_ld_is_valid(paper: Paper) -> None:
    for file, page in paper.pages.items():
        scripts = page.all("script")
        assert len([s for s in scripts if not s.attributes]) <= 1, f"{file}: the switch alone stands in the page"
        for script in (s for s in scripts if s.attributes and s.attributes.get("type") != "module"):
            assert script.attributes == {"type": "application/ld+json"}, file
            whole = json.loads("".join(str(part) for part in script.inside))
            assert whole["@context"] == "https://schema.org"
            for name, address in addresses_in(whole):
                known = address.startswith(("http://cv.iptc.org/", "https://far.example/", "https://example.org/"))
                assert known or paper.target(address), f"{file}: {name} {address}"
    articles = [p for p in paper.pages.values() if p.all("meta", property="og:type", content="article")]
    for page in articles:
        assert '"@type":"NewsArticle"' in "".join(map(str, page.all("script")[0].inside))


def addresses_in(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """All addresses in JSON-LD, with the names of their keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from addresses_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner, name)
    elif name in ("url", "@id", "item", "mainEntityOfPage", "isBasedOn"):
        yield name, value


def test_no_page_contains_forbidden_markup(paper: Paper) -> None:
    for file in paper.files:
        if not file.startswith(("assets/", "pagefind/")):
            assert FORBIDDEN.findall(paper.read(file)) == [], file


def test_only_the_theme_decides_what_a_page_runs_and_loads(paper: Paper) -> None:
    for file, page in paper.pages.items():
        for element in page.walk():
            assert element.tag not in ("iframe", "object", "embed", "style", "svg"), file
            assert [a for a in element.attributes if a.startswith("on")] == [], file
            for name in ("href", "src"):
                assert not OWN_SCHEMES.match(element.attributes.get(name, "")), file
        loaded = [e.attributes["href"] for e in page.all("link", rel="stylesheet")]
        assert all(paper.target(address, file) for address in loaded)


def entries_on(front: Element) -> list[str]:
    """The headlines on a front page: of its articles, and of the lead's story beside it."""
    told = [p.text for item in front.all("li") for p in item.all("p") if not p.attributes]
    return told + [h.text for article in front.all("article") for h in article.all("h2", "h3")]


def test_the_newest_entries_stand_on_the_front_page_once(paper: Paper) -> None:
    shown = Counter(entries_on(paper.front))
    fed = json.loads(paper.read("feed.json"))["items"]
    newest = {" ".join(e["title"].split()): "_corrections" in e for e in fed}
    assert len(fed) <= FRONT
    corrected = {title for title, again in newest.items() if again}
    assert newest.keys() - corrected <= shown.keys()
    assert len(shown.keys() - newest.keys()) <= len(corrected), "what was corrected comes again in the feed alone"
    repeated = {title for title, n in shown.items() if n > 1}
    alone = {e[0] for e in (entries_on(s) for s in columns(paper.front)) if len(e) == 1}
    assert repeated <= alone, "more than a region's best stands on the front page twice"
    assert all(shown[title] == 2 for title in repeated)


def columns(front: Element) -> list[Element]:
    """The columns of the regions."""
    return [s for row in front.all("div", class_="cells") for s in row.all("section") if not s.has(class_="rail")]


def test_every_region_is_on_the_front_page(paper: Paper) -> None:
    regions = {tag for e in json.loads(paper.read("feed.json"))["items"] for tag in e["tags"][:1]}
    assert len(columns(paper.front)) == len(regions)


def test_every_headline_on_a_list_has_its_labels(paper: Paper) -> None:
    for file in (*paper.with_body("front"), *paper.with_body("edition")):
        for article in paper.pages[file].all("article"):
            assert article.all("p", class_="kicker")[0].all("a"), f"{file}: no label"
    for file in paper.with_body("section"):
        for section in paper.pages[file].all("section"):
            heading = section.all("h2")[0]
            said = heading.all("a") or heading.all("time") or section.has(class_="also")
            assert said, f"{file}: {heading.text}"


def test_a_list_does_not_say_its_own_name_above_every_headline(paper: Paper) -> None:
    for file in (*paper.with_body("section"), *paper.with_body("archive")):
        for kicker in paper.pages[file].all("p", class_="kicker"):
            for link in kicker.all("a"):
                found = paper.target(link.attributes["href"], file)
                assert found
                assert not file.startswith(found[0].removesuffix("index.html")), f"{file}: {kicker.text}"


def test_a_headline_has_a_date_where_no_heading_says_it(paper: Paper) -> None:
    """What is of the page's own day, or of the section's, says nothing of it; all else says its day, once."""
    for file in (*paper.with_body("front"), *paper.with_body("section"), *paper.with_body("edition")):
        page = paper.pages[file]
        heads = [*page.all("header"), *page.all("h2")]
        told = {time.attributes["datetime"] for head in heads for time in head.all("time")}
        for article in page.all("article"):
            assert len(article.all("time")) <= 1, f"{file}: {article.text}"
            assert article.all("time") or told, f"{file}: {article.text}"
            assert not told & {time.attributes["datetime"] for time in article.all("time")}, f"{file}: {article.text}"


def test_every_headline_from_the_wire_names_its_source(example: Paper) -> None:
    for file in (*example.with_body("front"), *example.with_body("section"), *example.with_body("edition")):
        for article in example.pages[file].all("article"):
            assert article.all("bdi")[0].text in ("Northwire", "Meridian Line") or "," in article.all("bdi")[0].text


def test_text_withdrawn_by_the_wire_is_in_no_file(example: Paper) -> None:
    written = [page.read_text("utf-8") for page in (example.output.parent / "content").rglob("*.md")]
    titles = [str(raw_fields(text)["title"]) for text in written if raw_fields(text).get("status") == "killed"]
    assert titles
    for file in example.files:
        data = (example.output / file).read_bytes()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        assert [title for title in titles if title.encode() in data] == [], file


def test_a_headline_leads_only_to_something_to_read(example: Paper) -> None:
    for article in example.front.all("article"):
        (heading,) = article.all("h2", "h3")
        for link in heading.all("a"):
            found = example.target(link.attributes["href"])
            assert found
            assert example.pages[found[0]].all("body", class_="item")


def test_the_front_page_is_light(example: Paper) -> None:
    files = {"index.html"} | {f for f in example.named_by("index.html") if f.startswith("assets/")}
    sent = sum(len(gzip.compress((example.output / f).read_bytes())) for f in files)
    assert len(files) == 3
    assert sent <= 35_000


@pytest.mark.parametrize("html", ["<p><b>x</p>", "<p>x", '<p id="a" id="b">x</p>', "x</p>"])
def test_the_parser_reports_malformed_pages(html: str) -> None:
    with pytest.raises(AssertionError):
        parsed(html)
