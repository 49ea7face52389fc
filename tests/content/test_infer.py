"""Inference of missing fields from a page."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from digest.config import SLUG_PATTERN, parse
from digest.content.infer import inferred_fields, item_of, slug_of
from digest.content.page import Page, parse_page
from digest.model import Item, Kind, Labeller, Labels, Status

CONFIG = parse("")[0]


class Fixed:
    """Labeller with fixed labels that records its calls."""

    name, version = "fixed", "1"

    def __init__(self, region: str = "europe", category: str = "sport") -> None:
        self.labels = Labels(region=region, category=category, other_regions=("africa",), other_categories=("health",))
        self.asked: list[tuple[str, str, str]] = []

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        self.asked.append((headline, summary, body))
        return self.labels


def identify(title: str, day: date) -> str:
    return f"n{len(title)}-{day:%d}"


def nobody() -> Labeller:
    raise AssertionError("no labeller is needed")


def page_of(front: str, body: str = "", path: str = "2026/03/10/x.md") -> Page:
    page, _ = parse_page(path, f"---\ntitle: Rain in May\n{front}---\n{body}".encode(), CONFIG)
    assert page is not None
    return page


def inferred(page: Page, labeller: Labeller | None = None) -> Item:
    item, issues = item_of(page, CONFIG, lambda: labeller or nobody(), identify)
    assert item is not None
    assert not issues
    return item


def test_no_labeller_is_loaded_for_a_page_that_has_labels() -> None:
    item = inferred(page_of("regions: [asia-pacific]\ncategories: [health]\n"))
    assert (item.regions, item.categories) == (("asia-pacific",), ("health",))


def test_the_labeller_fills_in_only_missing_labels() -> None:
    labeller = Fixed()
    assert inferred(page_of("regions: [asia-pacific]\n"), labeller).regions == ("asia-pacific",)
    assert inferred(page_of("regions: [asia-pacific]\n"), labeller).categories == ("sport", "health")
    assert inferred(page_of("categories: [crime]\n"), labeller).regions == ("europe", "africa")
    assert inferred(page_of("categories: [crime]\n"), labeller).categories == ("crime",)


def test_the_labeller_sees_title_summary_and_body() -> None:
    labeller = Fixed()
    inferred(page_of("summary: Wet.\n", "It rained.\n"), labeller)
    assert labeller.asked == [("Rain in May", "Wet.", "It rained.")]


def test_empty_labels_are_replaced_by_the_fallback_labels() -> None:
    item = inferred(page_of(""), Fixed("", ""))
    assert item.regions[0] == CONFIG.taxonomy.fallback_region
    assert item.categories[0] == CONFIG.taxonomy.fallback_category


def test_a_page_without_a_story_is_its_own_story() -> None:
    item = inferred(page_of(""), Fixed())
    assert item.id == item.story == "n11-10"
    assert (item.slug, item.day, item.kind, item.status) == (
        "rain-in-may", date(2026, 3, 10), Kind.BRIEF, Status.PUBLISHED,
    )  # fmt: skip


def test_a_body_makes_an_article_with_a_standfirst() -> None:
    item = inferred(page_of("", "It *rained*.\n\nAgain.\n"), Fixed())
    assert (item.kind, item.standfirst, item.words) == (Kind.ARTICLE, "It rained.", 3)
    assert re.fullmatch("[0-9a-f]{16}", item.body)
    assert inferred(page_of("summary: Wet.\n", "It rained.\n"), Fixed()).standfirst == "Wet."


def test_the_digest_of_a_body_depends_on_its_text_alone() -> None:
    one = inferred(page_of("", "\nIt rained.\n\n"), Fixed())
    two = inferred(page_of("lead: 1\n", "It rained."), Fixed())
    assert one.body == two.body != inferred(page_of("", "It rained!"), Fixed()).body


def test_the_date_field_wins_over_the_folders() -> None:
    assert inferred(page_of("date: 2026-01-02\n"), Fixed()).day == date(2026, 1, 2)
    assert inferred(page_of("", path="desk/2026/01/02/x.md"), Fixed()).day == date(2026, 1, 2)


def test_inferred_fields_are_the_missing_fields() -> None:
    page = page_of("story: rain\n")
    assert inferred_fields(page, inferred(page, Fixed())) == {
        "id": "n11-10",
        "slug": "rain-in-may",
        "date": "2026-03-10",
        "regions": ("europe", "africa"),
        "categories": ("sport", "health"),
    }


def test_a_complete_page_has_no_inferred_fields() -> None:
    front = "id: n1\nslug: a\ndate: 2026-03-10\nregions: [europe]\ncategories: [crime]\nstory: a\n"
    page = page_of(front)
    assert inferred_fields(page, inferred(page)) == {}


def test_slugs() -> None:
    assert slug_of("Iran's “talks” — round 1,000 & more!") == "irans-talks-round-1000-more"
    assert slug_of("Zürich: l’État") == "zurich-letat"
    assert slug_of("北京") == "bei-jing"
    assert slug_of("?!") == ""


def test_long_slugs_end_between_words() -> None:
    assert slug_of("word " * 40) == "-".join(["word"] * 16)
    assert slug_of("w" * 200) == "w" * 80
    assert slug_of("a" * 80 + " b") == "a" * 80


@given(st.text(max_size=120))
def test_a_slug_can_stand_in_a_url_or_is_empty(title: str) -> None:
    slug = slug_of(title)
    assert len(slug) <= 80
    assert not slug or SLUG_PATTERN.match(slug)


@given(st.text(st.characters(max_codepoint=126), max_size=60))
def test_the_fast_slug_equals_that_of_slugify(title: str) -> None:
    text = title.replace("'", "")
    assert slug_of(title) == slugify(text, entities=False, decimal=False, hexadecimal=False)
