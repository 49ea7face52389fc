"""Feeds, sitemaps and structured data."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from digest.site.metadata.jsonld import script_json
from tests.newsroom import CONFIG, Newsroom

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def xml(room: Newsroom, url: str) -> ET.Element:
    return ET.fromstring(room.text(url))  # noqa: S314 - it is our own


def json_ld(html: str) -> dict[str, object]:
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    found: dict[str, object] = json.loads(script)
    return found


def ids(room: Newsroom, url: str = "/feed.xml") -> list[str | None]:
    return [e.findtext(f"{ATOM}id") for e in xml(room, url).iter(f"{ATOM}entry")]


def test_ids_survive_title_slug_and_date(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.build()
    before = ids(room), json.loads(room.text("/feed.json"))["items"][0]["id"]
    (room.content / "2026/03/12/x.md").unlink()
    room.item("x", "2026-03-11", "Body.", title="Other words", slug="other", id="n00000000x")
    room.build()
    assert (ids(room), json.loads(room.text("/feed.json"))["items"][0]["id"]) == before


def test_no_time_is_invented(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.item("y", body="Body.", date="2026-03-12T14:10:00+01:00")
    room.build()
    published = [e.findtext(f"{ATOM}published") for e in xml(room, "/feed.xml").iter(f"{ATOM}entry")]
    assert sorted(p or "" for p in published) == ["", "2026-03-12T14:10:00+01:00"]
    dates = [i.get("date_published") for i in json.loads(room.text("/feed.json"))["items"]]
    assert sorted(d or "" for d in dates) == ["", "2026-03-12T14:10:00+01:00"]
    assert [e.text for e in xml(room, "/rss.xml").iter("pubDate")] == ["Thu, 12 Mar 2026 14:10:00 +0100"]
    assert 'datetime="2026-03-12"' in room.text("/2026/03/12/headline-x/")
    assert "T00:00" not in room.text("/2026/03/12/headline-x/")


@pytest.mark.parametrize(("mode", "words", "body"), [("headline", 0, 0), ("summary", 1, 0), ("full", 1, 1)])
def test_feeds_obey_the_sources_rights(room: Newsroom, mode: str, words: int, body: int) -> None:
    (room.folder / "digest.toml").write_text(f'{CONFIG}feed = "{mode}"\n')
    room.item("x", body="First words.\n\nSecret last words.", source="NW-UTC")
    room.build()
    for url in ("/feed.xml", "/rss.xml", "/feed.json", "/region/africa/feed.xml"):
        text = room.text(url)
        assert ("First words." in text) is bool(words), url
        assert ("Secret last words." in text) is bool(body), url


def test_sitemaps_name_pages_and_editions_by_month(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.item("y", "2026-01-10", "Body.")
    room.item("brief")
    room.build()
    index = [e.text for e in xml(room, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    assert index == [f"https://post.example/sitemaps/{name}.xml" for name in ("lists", "2026-03", "2026-01")]
    march = {e.text for e in xml(room, "/sitemaps/2026-03.xml").iter(f"{SITEMAP}loc")}
    assert march == {"https://post.example/2026/03/12/", "https://post.example/2026/03/12/headline-x/"}
    news = [e.text for e in xml(room, "/news-sitemap.xml").iter(f"{SITEMAP}loc")]
    assert news == ["https://post.example/2026/03/12/headline-x/"]


def test_a_list_is_described_by_its_first_headlines(room: Newsroom) -> None:
    room.item("x", title="Short one")
    room.item("y", title="A headline of a hundred characters and more, " + "word " * 14)
    room.item("z", "2026-03-11", title="word " * 50)
    room.build()

    def described(url: str) -> str:
        (found,) = re.findall('<meta name="description" content="([^"]*)">', room.text(url))
        return str(found)

    assert described("/region/africa/").startswith("A headline of")
    assert described("/region/africa/").endswith(" · Short one")
    assert described("/2026/03/11/") == ("word " * 50).strip()


def test_other_pages_have_the_description_of_the_site(room: Newsroom) -> None:
    room.item("x")
    room.build()
    assert 'name="description"' not in room.text("/2026/03/")
    toml = room.folder / "digest.toml"
    toml.write_text(toml.read_text().replace("[sources", 'tagline = "News & more"\n\n[sources', 1))
    room.build()
    assert '<meta name="description" content="News &amp; more">' in room.text("/2026/03/")
    assert '<meta name="description" content="News &amp; more">' in room.text("/")


@pytest.mark.parametrize(
    ("tag", "written"), [("en-GB", "en"), ("gsw", "gsw"), ("zh", "zh-cn"), ("zh-Hant", "zh-tw"), ("zh-HK", "zh-tw")]
)
def test_a_news_sitemap_writes_languages_as_google_asks(room: Newsroom, tag: str, written: str) -> None:
    room.item("x", body="Body.", lang=tag)
    room.build()
    (language,) = xml(room, "/news-sitemap.xml").iter("{http://www.google.com/schemas/sitemap-news/0.9}language")
    assert language.text == written


def test_json_ld_of_an_article(room: Newsroom) -> None:
    room.item("x", body="First words.\n\nMore.", byline="A. Writer", source="NW-UTC")
    room.build()
    html = room.text("/2026/03/12/headline-x/")
    graph = json_ld(html)["@graph"]
    assert isinstance(graph, list)
    article, crumbs = graph
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Headline x"
    assert article["datePublished"] == "2026-03-12"
    assert article["author"] == {"@type": "Person", "name": "A. Writer"}
    assert article["sourceOrganization"][0]["name"] == "Northwire"
    assert article["about"][0]["identifier"] == "medtop:11000000"
    assert [c["position"] for c in crumbs["itemListElement"]] == [1, 2, 3]
    assert '<link rel="canonical" href="https://post.example/2026/03/12/headline-x/">' in html
    assert 'property="og:title"' in html


def test_lists_name_their_pages(room: Newsroom) -> None:
    room.item("x", body="Body.")
    room.item("brief")
    room.build()
    listed = json_ld(room.text("/region/africa/"))["mainEntity"]
    assert isinstance(listed, dict)
    assert [e["url"] for e in listed["itemListElement"]] == ["https://post.example/2026/03/12/headline-x/"]


def test_a_regions_category_is_indexed_from_three_entries(room: Newsroom) -> None:
    room.item("x")
    room.item("y")
    room.build()
    assert "noindex" in room.text("/region/africa/politics/")
    room.item("z")
    room.build()
    assert "noindex" not in room.text("/region/africa/politics/")


def test_json_ld_cannot_close_its_script_element() -> None:
    text = script_json({"headline": "</script><script>alert(1)</script>&<!--"})
    assert not set(text) & set("<>&")
    assert json.loads(text)["headline"].startswith("</script>")


def test_a_corrected_entry_moves_up_in_feeds_with_the_same_id(room: Newsroom) -> None:
    (room.folder / "digest.toml").write_text(f"{CONFIG}[feeds]\nentries = 2\n")
    for name, day in (("old", "2026-03-01"), ("a", "2026-03-10"), ("b", "2026-03-11")):
        room.item(name, day, "Body.")
    room.build()
    assert "n000000old" not in room.text("/feed.xml")
    said = "\n  [{date: 2026-03-12, text: It was the other bank.}]"
    room.item("old", "2026-03-01", "Body.", corrections=said)
    room.build()
    assert (ids(room)[0] or "").endswith(":n000000old")
    assert "2026-03-12: It was the other bank." in room.text("/feed.xml")
    assert "2026-03-12: It was the other bank." in room.text("/rss.xml")
    item = json.loads(room.text("/feed.json"))["items"][0]
    assert item["_corrections"] == [{"date": "2026-03-12", "text": "It was the other bank."}]
    assert item["date_modified"].startswith("2026-03-12")
    article = json_ld(room.text("/2026/03/01/headline-old/"))["@graph"][0]  # type: ignore[index] # it is a list
    assert article["correction"][0]["@type"] == "CorrectionComment"
    assert "It was the other bank." in room.text("/corrections/")


def test_modified_changes_only_with_visible_updates(room: Newsroom) -> None:
    def modified(**fields: object) -> str:
        room.item("x", "2026-03-10", "Body.", slug="x", **fields)
        room.build()
        article = json_ld(room.text("/2026/03/10/x/"))["@graph"][0]  # type: ignore[index] # it is a list
        return str(article["dateModified"])

    assert modified() == "2026-03-10"
    assert modified(title="A typo less", regions=["europe"], categories=["sport"], summary="Shorter.") == "2026-03-10"
    assert modified(places=["Palawan"], lead=3, aliases=["/old/"]) == "2026-03-10"
    assert modified(updated="2026-03-11") == "2026-03-11"
    assert modified(corrections="\n  [{date: 2026-03-12, text: No.}]") == "2026-03-12"


def test_rights_of_sources_are_applied_and_shown(room: Newsroom) -> None:
    rules = 'credit = "By Northwire"\nrights = "Northwire, all rights"\nindex = false\ncanonical = "link"\n'
    (room.folder / "digest.toml").write_text(f"{CONFIG}{rules}")
    room.item("x", body="Body.", source="NW-UTC", link="https://northwire.example/x")
    room.item("y", body="Body.", source="NW-UTC")
    room.build()
    html = room.text("/2026/03/12/headline-x/")
    assert "noindex" in html
    assert '<link rel="canonical" href="https://northwire.example/x">' in html
    article = json_ld(html)["@graph"][0]  # type: ignore[index] # it is a list
    assert (article["creditText"], article["copyrightNotice"]) == ("By Northwire", "Northwire, all rights")
    assert "By Northwire" in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    for url in ("/feed.xml", "/rss.xml", "/feed.json"):
        assert "Northwire, all rights" in room.text(url), url
    for url in ("/sitemaps/2026-03.xml", "/news-sitemap.xml"):
        assert "headline-" not in room.text(url), url


def test_use_of_ai_is_declared(room: Newsroom) -> None:
    note = "Translated from Khmer."
    room.item("x", body="Body.", ai="assisted", ai_note=note)
    room.item("y", body="Body.", ai="generated", reviewed_by="Jo Kim")
    room.item("z", body="Body.", ai="generated")
    report = room.build()
    assert [(i.code, i.place.file) for i in report.issues] == [("review-missing", "content/2026/03/12/z.md")]
    html = room.text("/2026/03/12/headline-x/")
    assert note in html
    assert "compositeWithTrainedAlgorithmicMedia" in html
    assert "Machine-written" in room.text("/")
    for url in ("/feed.xml", "/rss.xml", "/feed.json"):
        assert room.text(url).count("trainedAlgorithmicMedia") == 1, url
        assert "compositeWithTrainedAlgorithmicMedia" in room.text(url), url
        assert "headline-z" not in room.text(url)
    assert note in room.text("/feed.xml")
