"""Terms proposed from what editors corrected."""

from collections.abc import Callable

import msgspec
import pytest

from digest.labels import (
    CorrectedPage,
    Engine,
    Suggestion,
    candidate_terms,
    evaluate,
    load_engine,
    suggest,
    without_redundant,
)
from digest.model import Labeller, Taxonomy, Term


def page(id: str, headline: str, region: str = "world", category: str = "sport") -> CorrectedPage:  # noqa: A002 (a field)
    return CorrectedPage(id=id, headline=headline, region=region, category=category)


PAGES = (
    page("a", "Zorbing final ends in tears", "europe"),
    page("b", "Crowds flock to zorbing", "europe"),
    page("c", "Zorbing for beginners", "europe"),
    page("d", "Kenya elects president", "africa", "politics"),
)


def test_word_that_would_fix_pages_is_suggested(labeller: Engine, taxonomy: Taxonomy) -> None:
    found = suggest(PAGES, labeller, taxonomy)
    region = next(s for s in found if s.term.region)
    assert region.term == Term(match="zorbing", region="europe")
    assert region.fixed == ("a", "b", "c")
    assert region.broken == ()


def test_correct_pages_suggest_nothing(labeller: Engine, taxonomy: Taxonomy) -> None:
    assert suggest((PAGES[3], page("e", "Kenya elects senate", "africa", "politics")), labeller, taxonomy) == ()


def test_single_page_suggests_nothing(labeller: Engine, taxonomy: Taxonomy) -> None:
    assert suggest(PAGES[:1], labeller, taxonomy) == ()


def test_pages_that_a_term_would_break_are_listed(labeller: Engine, taxonomy: Taxonomy) -> None:
    pages = (*PAGES[:3], page("f", "Zorbing in Kenya", "africa"))
    best = next(s for s in suggest(pages, labeller, taxonomy) if s.term.region)
    assert best.broken == ("f",)


def test_term_that_breaks_as_many_as_it_fixes_is_not_suggested(labeller: Engine, taxonomy: Taxonomy) -> None:
    kenya = tuple(page(str(n), f"Zorbing in Kenya number {n}", "africa") for n in range(3))
    assert not [
        s for s in suggest((*PAGES[:3], *kenya), labeller, taxonomy) if s.term.match == "zorbing" and s.term.region
    ]


def test_existing_term_is_not_suggested(taxonomy: Taxonomy) -> None:
    values = {field: getattr(taxonomy, field) for field in Taxonomy.__struct_fields__}
    known = Taxonomy(**{**values, "terms": (Term(match="Zorbing", category="culture"),)})
    assert "zorbing" not in {s.term.match for s in suggest(PAGES, load_engine(known), known)}


def test_suggested_term_fixes_its_pages(labeller: Engine, taxonomy: Taxonomy) -> None:
    terms = tuple(s.term for s in suggest(PAGES, labeller, taxonomy) if s.term.match == "zorbing")
    values = {field: getattr(taxonomy, field) for field in Taxonomy.__struct_fields__}
    taught = load_engine(Taxonomy(**{**values, "terms": terms}))
    assert {taught.label(p.headline).region for p in PAGES[:3]} == {"europe"}


# --- what a term would really do --------------------------------------------------------------------------------------

Teach = Callable[[Term], Labeller]


@pytest.fixture
def teach(taxonomy: Taxonomy) -> Teach:
    return lambda term: load_engine(msgspec.structs.replace(taxonomy, terms=(term,)))


def draft(*right: str, match: str = "zorbing", region: str = "europe", wrong: tuple[str, ...] = ()) -> Suggestion:
    return Suggestion(term=Term(match=match, region=region), fixed=right, broken=wrong)


def test_evaluated_candidate_keeps_its_pages(labeller: Engine, teach: Teach) -> None:
    assert evaluate(draft("a", "b", "c"), PAGES, (), labeller, teach) == draft("a", "b", "c")


def test_changed_unreviewed_pages_are_listed(labeller: Engine, teach: Teach) -> None:
    others = (
        page("x", "Zorbing comes to town"),
        page("y", "Chess comes to town"),
        msgspec.structs.replace(page("z", "A new craze"), body="They call it zorbing."),
    )
    found = evaluate(draft("a", "b", "c"), PAGES, others, labeller, teach)
    assert found
    assert found.changed == ("x", "z")


def test_weight_is_raised_beside_stronger_evidence(labeller: Engine, teach: Teach) -> None:
    pages = tuple(page(str(n), f"Zorbing fans gather in Kenya again: day {n}", "europe") for n in range(2))
    found = evaluate(draft("0", "1"), pages, (), labeller, teach)
    assert found
    assert (found.fixed, found.term.weight) == (("0", "1"), 2.0)


def test_labeller_that_ignores_terms_gets_no_suggestion(labeller: Engine) -> None:
    assert evaluate(draft("a", "b", "c"), PAGES, (), labeller, lambda _: labeller) is None


def test_candidate_that_breaks_more_than_it_fixes_is_rejected(labeller: Engine, teach: Teach) -> None:
    kenya = tuple(page(str(n), f"Zorbing show near Lake {n}", "world") for n in range(3))
    assert evaluate(draft("a", "b", "c"), (*PAGES, *kenya), (), labeller, teach) is None


def test_contains_matches_whole_words_within_one_part() -> None:
    own = msgspec.structs.replace(page("a", "A day of Zorbing"), summary="Balls galore", body="Down the hill")
    assert all(map(own.contains, ("zorbing", "of zorbing", "balls galore", "down the hill")))
    assert not any(map(own.contains, ("zorb", "zorbing balls", "galore down", "hills")))


def test_redundant_suggestions_are_removed() -> None:
    broad = msgspec.structs.replace(draft("a", "b", match="final"), changed=("x", "y"))
    narrow = msgspec.structs.replace(draft("a", "b"), changed=("x",))
    other = Suggestion(term=Term(match="final", category="sport"), fixed=("a", "b"), broken=())
    more = draft("a", "c", match="hill")
    assert without_redundant((broad, more, narrow, other)) == (other, more, narrow)
    assert without_redundant((narrow, broad)) == (narrow,)


def test_candidate_terms_begin_with_names(taxonomy: Taxonomy) -> None:
    page = CorrectedPage(id="a", headline="Weavers of Ghent restore a loom", region="europe", category="culture")
    drafts = candidate_terms(page, "category", taxonomy)
    words = [draft.term.match for draft in drafts]
    assert "ghent" in words[0]
    assert {"loom", "weavers"} <= set(words)
    assert {(draft.term.category, draft.term.region, draft.fixed) for draft in drafts} == {("culture", "", ("a",))}


def test_min_pages_can_be_one(labeller: Engine, teach: Teach) -> None:
    page = CorrectedPage(id="a", headline="Weavers restore a loom", region="africa", category="culture")
    draft = Suggestion(term=Term(match="loom", region="africa"), fixed=("a",), broken=())
    assert evaluate(draft, [page], [], labeller, teach) is None
    made = evaluate(draft, [page], [], labeller, teach, min_pages=1)
    assert made is not None
    assert made.fixed == ("a",)


def test_engine_with_term_equals_engine_loaded_with_the_term(labeller: Engine, taxonomy: Taxonomy) -> None:
    for term in (Term(match="loom", region="africa", weight=2.0), Term(match="Tin Ferry Song", category="culture")):
        whole = load_engine(msgspec.structs.replace(taxonomy, terms=(*taxonomy.terms, term)))
        for headline in ("Weavers restore a loom", "Tin ferry song sung in Kenya", "Chile votes"):
            assert labeller.with_term(term).report_of(headline) == whole.report_of(headline)
    assert labeller.label("Weavers restore a loom").region != "africa", "the first one has learnt nothing"
