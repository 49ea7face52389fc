"""The hostile site: shown and hidden text."""

import gzip
import json

from tests.sites.hostile import FRONT, MARKUP, UNSEEN
from tests.sites.paper import Element, Paper


def page(paper: Paper, path: str) -> Element:
    """The page at a path."""
    return paper.pages[f"{path}index.html"]


def test_hidden_text_is_in_no_file(hostile: Paper) -> None:
    for file in hostile.files:
        data = (hostile.output / file).read_bytes()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        assert UNSEEN.encode() not in data.lower(), file
        assert UNSEEN not in file


def test_a_withdrawn_entry_has_a_notice(hostile: Paper) -> None:
    for slug, day in (("killed", "2026/03/12"), ("expired", "2026/03/12"), ("rights", "2026/03/01")):
        notice = page(hostile, f"{day}/page-{slug}/")
        assert notice.all("meta", name="robots", content="noindex")
        assert not notice.all("article")


def test_an_unpublished_entry_has_no_page(hostile: Paper) -> None:
    for name in ("embargo", "scheduled", "draft", "held", "unread"):
        assert [f for f in hostile.files if f"-{name}/" in f] == []


def test_an_unpublished_version_does_not_change_the_page(hostile: Paper) -> None:
    assert (
        page(hostile, "2026/03/12/a-page-with-a-version-to-come/").all("h1")[0].text == "A page with a version to come"
    )


def test_markup_is_text(hostile: Paper) -> None:
    edition = page(hostile, "2026/03/12/")
    (brief,) = edition.all("article", id="xmarkup")
    assert brief.all("h3")[0].text == MARKUP
    assert f"{MARKUP} (article)" in {p.all("h1")[0].text for p in hostile.pages.values()}


def test_a_list_holds_the_newest_and_leads_to_its_months(hostile: Paper) -> None:
    europe = page(hostile, "region/europe/")
    own = [a for s in europe.all("section") if not s.has(class_="also") for a in s.all("article")]
    own += europe.all("div", class_="lead")[0].all("article")
    assert len(own) == FRONT
    months = [a.attributes["href"] for a in europe.all("nav", class_="months")[0].all("a")]
    assert months == [f"/news/today/region/europe/2026/{m}/" for m in ("03", "02", "01")]
    for month in ("01", "02", "03"):
        assert page(hostile, f"region/europe/2026/{month}/").all("article")
    assert europe.all("section", class_="also")


def test_few_entries_of_a_kind_stay_out_of_search_engines(hostile: Paper) -> None:
    def kept(path: str) -> bool:
        return not page(hostile, path).all("meta", name="robots")

    assert kept("region/europe/society/")
    assert not kept("region/moon/science/")


def test_versions_tell_their_history_and_stories_their_entries(hostile: Paper) -> None:
    ferry = page(hostile, "2026/03/12/ferry-sails-at-six/")
    assert ferry.all("h1")[0].text == "Ferry sails at seven"
    assert [t.attributes["datetime"] for t in ferry.all("footer")[0].all("time")] == ["2026-03-13"]
    story = page(hostile, "story/ferry/")
    assert len(story.all("article")) == 2
    assert story.all("h1")[0].text == "Passengers thank ferry"


def test_a_manual_lead_is_first(hostile: Paper) -> None:
    assert hostile.front.all("div", class_="lead")[0].all("h2")[0].text == "She's \"here\" and 'there'"


def test_corrections_stand_on_the_page_and_on_their_own(hostile: Paper) -> None:
    note = page(hostile, "2026/03/12/a-thing-that-was-wrong/").all("section", id="corrections")[0]
    assert [t.attributes["datetime"] for t in note.all("time")] == ["2026-03-14", "2026-03-13"]
    assert MARKUP in note.text
    listed = page(hostile, "corrections/").all("div", class_="correction")
    assert [c.all("h2")[0].text for c in listed] == ["A thing that was wrong", "A brief that was wrong"]


def test_aliases_redirect(hostile: Paper) -> None:
    for path in ("old/place/", "ol'd/&ü/"):
        (refresh,) = page(hostile, path).all("meta", **{"http-equiv": "refresh"})
        assert refresh.attributes["content"] == "0; url=/news/today/2026/03/12/a-page-that-moved/"


def test_the_original_is_the_canonical_address_where_its_owner_says_so(hostile: Paper) -> None:
    seen = page(hostile, "2026/03/12/seen-elsewhere/")
    assert seen.all("link", rel="canonical")[0].attributes["href"].startswith("https://far.example/a?b=1&c=")
    assert seen.all("meta", name="robots", content="noindex")


def test_an_author_has_a_page(hostile: Paper) -> None:
    own = page(hostile, "author/q-ueer/")
    assert own.all("p", class_="about")[0].text == "She <b>writes</b> & 'reads'."
    assert own.all("div", class_="lead")[0].all("h2")[0].text == "By our own"


def test_sources_decide_what_feeds_hold(hostile: Paper) -> None:
    items = {item["title"]: item for item in json.loads(hostile.read("feed.json"))["items"]}
    assert "content_html" in items["Post 290 says that all is well"]
    assert items["Seen elsewhere too"]["content_text"] == "Seen elsewhere too"
