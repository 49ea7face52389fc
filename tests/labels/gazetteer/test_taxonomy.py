"""From the tables' words to a site's."""

from digest.config import default_taxonomy
from digest.labels.gazetteer.lookup import Reading
from digest.labels.gazetteer.taxonomy import SIMILAR_CATEGORIES, ResolvedReading, TaxonomyMap, case_flag_of
from digest.model import Category, Region, Taxonomy, Term


def test_default_taxonomy_maps_to_itself() -> None:
    atlas = TaxonomyMap(default_taxonomy())
    assert atlas.slots == tuple(SIMILAR_CATEGORIES)
    assert atlas.region("KE") == atlas.region("africa") == "africa"
    assert atlas.region("world") == "world"
    assert atlas.region("XX") == "world"


def test_reading_is_resolved() -> None:
    reading = Reading("bodies", (("DE", 1.0), ("europe", 0.5)), (("business", 2.0),), "C")
    made = TaxonomyMap(default_taxonomy()).resolve(reading)
    assert made.places == (("europe", "DE", 1.0), ("europe", "europe", 0.5))
    assert made.categories == ((2, 2.0),)
    assert made.flags == "C"


def test_default_region_maps_to_the_region_with_most_of_its_countries() -> None:
    regions = (
        Region(slug="north", name="North", countries=("EG", "LY", "TN")),
        Region(slug="south", name="South", countries=("KE", "ZA", "NG", "GH", "TZ")),
        Region(slug="world", name="World"),
    )
    atlas = TaxonomyMap(Taxonomy(regions=regions, categories=default_taxonomy().categories))
    assert atlas.region("africa") == "south"
    assert atlas.region("LY") == "north"
    assert atlas.region("europe") == "world"


def test_slots_of_merged_categories_are_summed() -> None:
    categories = tuple(
        Category(slug="tech", name="Tech", iptc=c.iptc) if c.slug == "technology" else c
        for c in default_taxonomy().categories
        if c.slug != "science"
    )
    atlas = TaxonomyMap(Taxonomy(regions=default_taxonomy().regions, categories=categories))
    shares = atlas.sum_by_category([1 / 12] * 12)
    assert abs(shares["tech"] - 2 / 12) < 1e-9
    assert abs(sum(shares.values()) - 1.0) < 1e-9


def test_every_category_has_similar_ones() -> None:
    slugs = {category.slug for category in default_taxonomy().categories}
    assert set(SIMILAR_CATEGORIES) == slugs
    assert all(near and set(near) <= slugs - {slug} for slug, near in SIMILAR_CATEGORIES.items())


def test_term_with_unknown_category_has_none() -> None:
    made = TaxonomyMap(default_taxonomy()).resolve_term(Term(match="x", category="nonsense"))
    assert made == ResolvedReading("terms", (), ())


def test_case_flag_is_the_weakest_of_the_readings() -> None:
    def flags(*own: str) -> str:
        return case_flag_of([ResolvedReading("places", (), (), one) for one in own])

    assert flags("A~") == "A"
    assert flags("A", "C") == "C"
    assert flags("C~", "~") == ""
    assert flags("") == ""


def test_merged_readings_have_both_labels() -> None:
    both = ResolvedReading("terms", (("europe", "europe", 1.0),), (), "C").merged_with(
        ResolvedReading("terms", (), ((1, 2.0),))
    )
    assert both == ResolvedReading("terms", (("europe", "europe", 1.0),), ((1, 2.0),))
