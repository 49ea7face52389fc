"""What the engine makes of texts: places, actors, names that are words, and taxonomies of a publisher's own."""

import pytest

from digest.labels import Engine, load_engine, tsv_of
from digest.model import Category, Labeller, Region, Taxonomy, Term


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Farmers in Zambia plant early", "africa"),
        ("Zambian farmers plant early", "africa"),
        ("ZAMBIAN FARMERS PLANT EARLY", "africa"),
        ("Zambian Farmers Plant Early", "africa"),
        ("zambian farmers plant early", "africa"),
        ("Bridge closed in Medellín", "latin-america"),
        ("Bridge closed in Medellin", "latin-america"),
        ("Mayor of Ouagadougou resigns", "africa"),
        ("Rains flood Queensland", "asia-pacific"),
        ("Rains flood Bihar", "asia-pacific"),
        ("Snow closes roads in Nebraska", "north-america"),
        ("Istanbul ferry strike ends", "europe"),
        ("Tbilisi bakery wins prize", "europe"),
        ("Tashkent metro extended", "asia-pacific"),
        ("Kabul bakery wins prize", "asia-pacific"),
        ("Cairo traffic eases", "middle-east"),
        ("Tripoli airport reopens", "africa"),
        ("Monterrey smog alert", "latin-america"),
        ("San Juan port reopens", "latin-america"),
        ("Nuuk mayor resigns", "europe"),
        ("Honolulu hotel fire", "north-america"),
        ("Ice cores drilled in Antarctica", "world"),
        ("Nothing much happened today", "world"),
    ],
)
def test_regions(labeller: Engine, text: str, region: str) -> None:
    assert labeller.label(text).region == region


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Tell us what you think", "world"),
        ("They gave us hope", "world"),
        ("US signs fishing pact", "north-america"),
        ("U.S. signs fishing pact", "north-america"),
        ("A nice day for reading", "world"),
        ("Fire damages hotel in Nice", "europe"),
        ("Turkey raises rates", "europe"),
        ("Leftover turkey soup", "world"),
        ("Broken china found in attic", "world"),
        ("China bans cheese", "asia-pacific"),
        ("Jordan's king visits hospital", "middle-east"),
        ("Jordan Henderson injured", "europe"),
        ("Paris Hilton opens shop", "north-america"),
        ("Paris opens shop", "europe"),
        ("Chad closes border", "africa"),
        ("Georgia governor signs bill", "north-america"),
        ("Georgia's parliament in Tbilisi debates bill", "europe"),
        ("Women join the polish factory", "world"),
        ("Polish factory opens", "europe"),
        ("Who will win?", "world"),
    ],
)
def test_names_that_are_also_common_words(labeller: Engine, text: str, region: str) -> None:
    assert labeller.label(text).region == region


@pytest.mark.parametrize(
    ("text", "region", "other"),
    [
        ("American hikers found in Bolivia", "latin-america", "north-america"),
        ("South Korea president in Chile for talks", "latin-america", "asia-pacific"),
        ("US envoy visits Oman", "middle-east", "north-america"),
        ("French-led force leaves Mali", "africa", "europe"),
        ("Peru deports Dutch tourist", "latin-america", "europe"),
        ("British divers missing off Egypt", "middle-east", "europe"),
    ],
)
def test_place_of_action_is_primary(labeller: Engine, text: str, region: str, other: str) -> None:
    labels = labeller.label(text)
    assert labels.region == region
    assert labels.other_regions == (other,)


def test_ambiguous_city_is_resolved_by_its_context(labeller: Engine) -> None:
    assert labeller.label("Birmingham council in crisis").region == "europe"
    assert labeller.label("Birmingham, Alabama, elects mayor").region == "north-america"
    assert labeller.label("Hyderabad in Pakistan's Sindh floods").region == "asia-pacific"


def test_ambiguous_name_takes_the_reading_with_support(labeller: Engine) -> None:
    assert labeller.label("Victoria premier resigns in Australia").region == "asia-pacific"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Voters go to the polls on Sunday", "politics"),
        ("Rebels shell town as truce collapses", "conflict"),
        ("Central bank raises interest rates", "business"),
        ("Hackers leak passwords of millions", "technology"),
        ("Astronomers find distant galaxy", "science"),
        ("Coral reefs bleach as oceans warm", "environment"),
        ("Hospitals fill up with flu patients", "health"),
        ("Jury finds former banker guilty of fraud", "crime"),
        ("Earthquake topples houses", "disaster"),
        ("Bishops ask pupils to pray for peace at school", "society"),
        ("Novelist wins literary prize", "culture"),
        ("Goalkeeper saves penalty in semi-final", "sport"),
    ],
)
@pytest.mark.parametrize("case", [str, str.upper, str.lower, str.title])
def test_categories_in_every_case(labeller: Engine, text: str, category: str, case: type[str]) -> None:
    assert labeller.label(case(text)).category == category


def test_name_alone_determines_the_category(labeller: Engine) -> None:
    assert labeller.label("Eredivisie returns").category == "sport"
    assert labeller.label("Rijksmuseum reopens").category == "culture"
    assert labeller.label("Nasdaq closes").category == "business"


def test_summary_and_body_are_used(labeller: Engine) -> None:
    headline = "A long way home"
    assert labeller.label(headline).region == "world"
    assert labeller.label(headline, "Refugees return to Syria after ten years").region == "middle-east"
    assert labeller.label(headline, "", "Refugees return to Syria after ten years.").region == "middle-east"


def test_headline_outweighs_summary(labeller: Engine) -> None:
    labels = labeller.label("Kenya elects president", "Observers from Norway praise the vote")
    assert labels.region == "africa"


@pytest.mark.parametrize("text", ["", " ", "🎉", "\x00\x01", "the of and", "...", "\u202e"])
def test_nothing_to_go_by(labeller: Engine, taxonomy: Taxonomy, text: str) -> None:
    labels = labeller.label(text)
    assert (labels.region, labels.category) == (taxonomy.fallback_region, taxonomy.fallback_category)
    assert labels.confidence <= 0.3
    assert labels.other_regions == labels.other_categories == ()
    assert [witness.words for witness in labels.evidence] == ["nothing to go by"]


def test_very_long_headline(labeller: Engine) -> None:
    assert labeller.label("Kenya " + "very " * 4_000).region == "africa"


def test_engine_implements_labeller(labeller: Engine) -> None:
    door: Labeller = labeller
    assert door.name == "digest"
    assert door.version


def test_tsv_line(labeller: Engine) -> None:
    cells = tsv_of(labeller.label("US envoy visits Oman")).split("\t")
    assert len(cells) == 6
    assert cells[:2] == ["middle-east", "north-america"]
    assert float(cells[4]) <= 1
    assert "Oman → middle-east (countries:OM" in cells[5]
    assert tsv_of(labeller.label("")).endswith("\tnothing to go by")


# --- a publisher's own taxonomy ---------------------------------------------------------------------------------------


def own(taxonomy: Taxonomy, **changes: object) -> Engine:
    values = {field: getattr(taxonomy, field) for field in Taxonomy.__struct_fields__}
    return load_engine(Taxonomy(**{**values, **changes}))


def test_custom_region_takes_its_countries(taxonomy: Taxonomy) -> None:
    nordics = Region(slug="nordics", name="Nordics", countries=("DK", "FI", "IS", "NO", "SE"))
    others = tuple(
        Region(slug=r.slug, name=r.name, countries=tuple(c for c in r.countries if c not in nordics.countries))
        for r in taxonomy.regions
    )
    labeller = own(taxonomy, regions=(nordics, *others))
    assert labeller.label("Oslo tram strike ends").region == "nordics"
    assert labeller.label("Warsaw tram strike ends").region == "europe"
    assert labeller.label("EU summit ends").region == "europe"


def test_merged_regions(taxonomy: Taxonomy) -> None:
    by_slug = {region.slug: region for region in taxonomy.regions}
    americas = by_slug["latin-america"].countries + by_slug["north-america"].countries
    rest = tuple(r for r in taxonomy.regions if not r.slug.endswith("-america"))
    labeller = own(taxonomy, regions=(Region(slug="americas", name="Americas", countries=americas), *rest))
    for text in ("Lima tram strike ends", "Ohio tram strike ends", "Latin America braces for drought"):
        assert labeller.label(text).region == "americas"


def test_countries_of_a_removed_region_get_the_fallback(taxonomy: Taxonomy) -> None:
    labeller = own(taxonomy, regions=tuple(r for r in taxonomy.regions if r.slug != "africa"))
    assert labeller.label("Zambian farmers plant early").region == taxonomy.fallback_region


def test_custom_fallbacks(taxonomy: Taxonomy) -> None:
    regions = (*(r for r in taxonomy.regions if r.slug != "world"), Region(slug="planet", name="Planet"))
    labeller = own(taxonomy, regions=regions, fallback_region="planet", fallback_category="culture")
    assert labeller.label("").region == "planet"
    assert labeller.label("").category == "culture"
    assert labeller.label("UN report on oceans").region == "planet"


def test_renamed_category_is_matched_by_iptc_subject(taxonomy: Taxonomy) -> None:
    renamed = tuple(
        Category(slug="war", name="War", iptc=c.iptc) if c.slug == "conflict" else c for c in taxonomy.categories
    )
    assert own(taxonomy, categories=renamed).label("Rebels shell town as truce collapses").category == "war"


def test_removed_category_maps_to_a_similar_one(taxonomy: Taxonomy) -> None:
    without = tuple(c for c in taxonomy.categories if c.slug != "conflict")
    assert own(taxonomy, categories=without).label("Rebels shell town as truce collapses").category == "politics"


def test_single_category(taxonomy: Taxonomy) -> None:
    labeller = own(taxonomy, categories=(Category(slug="all", name="All"),), fallback_category="all")
    assert labeller.label("Rebels shell town").category == "all"


def test_custom_term(taxonomy: Taxonomy) -> None:
    terms = (Term(match="Zorbing", region="europe", category="sport", weight=2.0),)
    labels = own(taxonomy, terms=terms).label("Zorbing hits the town")
    assert (labels.region, labels.category) == ("europe", "sport")
    assert any(witness.table.startswith("terms") for witness in labels.evidence)


def test_custom_term_overrides_or_excludes_a_table_term(taxonomy: Taxonomy) -> None:
    text = "Oman Street traders protest"
    assert own(taxonomy).label(text).region == "middle-east"
    assert own(taxonomy, terms=(Term(match="Oman Street", region="europe"),)).label(text).region == "europe"
    assert own(taxonomy, terms=(Term(match="Oman Street", exclude=True),)).label(text).region == "world"


def test_term_with_capitals_is_case_sensitive(taxonomy: Taxonomy) -> None:
    labeller = own(taxonomy, terms=(Term(match="Mint", region="europe"),))
    assert labeller.label("Strike at the Mint ends").region == "europe"
    assert labeller.label("Tea with mint for all").region == "world"


def test_custom_category_is_assigned_by_terms(taxonomy: Taxonomy) -> None:
    chess = Category(slug="chess", name="Chess")
    terms = (Term(match="endgame", category="chess", weight=3.0),)
    labeller = own(taxonomy, categories=(*taxonomy.categories, chess), terms=terms)
    assert labeller.label("A lesson in the endgame").category == "chess"
    assert labeller.label("Rebels shell town").category == "conflict"


def test_term_without_words_is_ignored(taxonomy: Taxonomy) -> None:
    assert own(taxonomy, terms=(Term(match="—", region="europe"),)).label("—").region == "world"
