"""Terms proposed from what editors corrected."""

from digest.labels import Corrected, Engine, engine, suggest
from digest.model import Taxonomy, Term


def page(id: str, headline: str, region: str = "world", category: str = "sport") -> Corrected:  # noqa: A002 (a field)
    return Corrected(id=id, headline=headline, region=region, category=category)


PAGES = (
    page("a", "Zorbing final ends in tears", "europe"),
    page("b", "Crowds flock to zorbing", "europe"),
    page("c", "Zorbing for beginners", "europe"),
    page("d", "Kenya elects president", "africa", "politics"),
)


def test_a_word_that_would_mend_pages_is_proposed(labeller: Engine, taxonomy: Taxonomy) -> None:
    found = suggest(PAGES, labeller, taxonomy)
    region = next(s for s in found if s.term.region)
    assert region.term == Term(match="zorbing", region="europe")
    assert region.right == ("a", "b", "c")
    assert region.wrong == ()


def test_what_was_right_already_proposes_nothing(labeller: Engine, taxonomy: Taxonomy) -> None:
    assert suggest((PAGES[3], page("e", "Kenya elects senate", "africa", "politics")), labeller, taxonomy) == ()


def test_one_page_is_no_pattern(labeller: Engine, taxonomy: Taxonomy) -> None:
    assert suggest(PAGES[:1], labeller, taxonomy) == ()


def test_pages_that_a_term_would_set_wrong_are_named(labeller: Engine, taxonomy: Taxonomy) -> None:
    pages = (*PAGES[:3], page("f", "Zorbing in Kenya", "africa"))
    best = next(s for s in suggest(pages, labeller, taxonomy) if s.term.region)
    assert best.wrong == ("f",)


def test_a_term_that_breaks_as_much_as_it_mends_is_none(labeller: Engine, taxonomy: Taxonomy) -> None:
    kenya = tuple(page(str(n), f"Zorbing in Kenya number {n}", "africa") for n in range(3))
    assert not [
        s for s in suggest((*PAGES[:3], *kenya), labeller, taxonomy) if s.term.match == "zorbing" and s.term.region
    ]


def test_a_term_that_is_there_is_not_proposed_again(taxonomy: Taxonomy) -> None:
    values = {field: getattr(taxonomy, field) for field in Taxonomy.__struct_fields__}
    known = Taxonomy(**{**values, "terms": (Term(match="Zorbing", category="culture"),)})
    assert "zorbing" not in {s.term.match for s in suggest(PAGES, engine(known), known)}


def test_a_suggestion_holds(labeller: Engine, taxonomy: Taxonomy) -> None:
    terms = tuple(s.term for s in suggest(PAGES, labeller, taxonomy) if s.term.match == "zorbing")
    values = {field: getattr(taxonomy, field) for field in Taxonomy.__struct_fields__}
    taught = engine(Taxonomy(**{**values, "terms": terms}))
    assert {taught.label(p.headline).region for p in PAGES[:3]} == {"europe"}
