"""The laws of the tables."""

import re
from collections import Counter, defaultdict

import pytest

from benchmarks.compile_labels import LABELS, tables
from digest.labels.gazetteer.compile import COLUMNS, Row, compile_tables, digest_of, parse_rows
from digest.labels.gazetteer.lookup import GAZETTEER_FILE, load_gazetteer
from digest.labels.gazetteer.taxonomy import SIMILAR_CATEGORIES
from digest.labels.models.linear import load_model
from digest.labels.regions import TABLE_WEIGHTS
from digest.labels.text.tokenizer import key_of
from digest.model import Taxonomy

SOURCES = {"editors", "factbook", "geonames", "cldr", "openfootball"}


@pytest.fixture(scope="module")
def all_rows() -> list[Row]:
    return [row for table, text in tables().items() for row in parse_rows(table, text)]


def test_every_row_names_its_source(all_rows: list[Row]) -> None:
    assert {row.source for row in all_rows} <= SOURCES


def test_notice_names_every_external_source() -> None:
    notice = (LABELS.parent.parent / "NOTICE").read_text(encoding="utf-8")
    for name in ("CIA World Factbook", "GeoNames", "CLDR", "openfootball", "Wikipedia", "News Category", "UCI News"):
        assert name in notice


def test_every_row_can_be_found(all_rows: list[Row]) -> None:
    assert [row for row in all_rows if not key_of(row.term)] == []


def test_every_row_has_labels_of_the_default_taxonomy(all_rows: list[Row], taxonomy: Taxonomy) -> None:
    known = {code for region in taxonomy.regions for code in region.countries} | {r.slug for r in taxonomy.regions}
    categories = {category.slug for category in taxonomy.categories}
    for row in all_rows:
        assert row.about or row.category, row
        assert {name for name, _ in row.about} <= known, row
        assert {name for name, _ in row.category} <= categories, row


def test_flags_and_tables_are_known(all_rows: list[Row]) -> None:
    assert {flag for row in all_rows for flag in row.flags} <= set("~CA")
    assert {row.table for row in all_rows} <= set(TABLE_WEIGHTS)


def test_terms_with_several_meanings_are_marked_ambiguous(all_rows: list[Row]) -> None:
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in all_rows:
        by_key[key_of(row.term)].append(row)
    for key, own in by_key.items():
        places = {tuple(sorted(name for name, _ in row.about)) for row in own if row.about}
        subjects = {tuple(name for name, _ in row.category) for row in own if row.category}
        if len(places) > 1 or len(subjects) > 1:
            assert all("~" in row.flags for row in own if row.about), key


def test_rows_are_unique(all_rows: list[Row]) -> None:
    count = Counter((row.table, key_of(row.term), row.about) for row in all_rows)
    assert [key for key, n in count.items() if n > 1] == []


def test_every_country_is_in_exactly_one_default_region(taxonomy: Taxonomy) -> None:
    count = Counter(code for region in taxonomy.regions for code in region.countries)
    assert {code for code, n in count.items() if n != 1} == set()


def test_every_country_of_the_default_regions_has_a_name(all_rows: list[Row], taxonomy: Taxonomy) -> None:
    named = {name for row in all_rows if row.table == "countries" for name, _ in row.about}
    assert {code for region in taxonomy.regions for code in region.countries} <= named


def test_countries_are_iso_codes(all_rows: list[Row]) -> None:
    codes = {name for row in all_rows if row.table == "countries" for name, _ in row.about}
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)


def test_compiled_file_is_current() -> None:
    data = (LABELS / "data" / GAZETTEER_FILE).read_bytes()
    assert data == compile_tables(tables()), "python -m benchmarks.compile_labels"


def test_compilation_is_deterministic_and_changes_the_digest() -> None:
    small = {"places": "\t".join(COLUMNS) + "\nAtlantis\tGR\t\t\teditors\n"}
    other = {"places": "\t".join(COLUMNS) + "\nAtlantis\tIT\t\t\teditors\n"}
    assert compile_tables(small) == compile_tables(dict(small))
    assert digest_of(small) != digest_of(other)


def test_invalid_line_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match=r"places\.tsv:2: 2 columns, not 5"):
        list(parse_rows("places", "\t".join(COLUMNS) + "\nAtlantis\tGR\n"))
    with pytest.raises(ValueError, match=r"places\.tsv: the columns are not"):
        list(parse_rows("places", "term\tabout\n"))


def test_weight_follows_a_colon() -> None:
    (row,) = parse_rows("places", "\t".join(COLUMNS) + "\nAtlantis\tGR:0.5 IT\tscience:2\t~C\teditors\n")
    assert row.about == (("GR", 0.5), ("IT", 1.0))
    assert row.category == (("science", 2.0),)


def test_max_words_is_the_length_of_the_longest_term() -> None:
    gazetteer = load_gazetteer()
    longest: dict[str, int] = {}
    for key in gazetteer.terms:
        first = key.split(" ", 1)[0]
        longest[first] = max(longest.get(first, 0), key.count(" ") + 1)
    assert longest == gazetteer.max_words


def test_weights_fit_the_default_categories_and_are_small(taxonomy: Taxonomy) -> None:
    model = load_model()
    assert model.categories == tuple(SIMILAR_CATEGORIES) == tuple(category.slug for category in taxonomy.categories)
    assert len(model.rows) == 2 * len(model.categories) * len(model.features)
    assert sum(path.stat().st_size for path in (LABELS / "data").iterdir()) <= 3_000_000
