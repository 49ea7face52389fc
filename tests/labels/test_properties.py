"""What holds for any text: no exception, the same labels in any order and batch, well-formed values, steady in case."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.config import default_taxonomy
from digest.labels import load_engine, tsv_of

TAXONOMY = default_taxonomy()
LABELLER = load_engine(TAXONOMY)
REGIONS = {region.slug for region in TAXONOMY.regions}
CATEGORIES = {category.slug for category in TAXONOMY.categories}
WORDS = st.sampled_from([
    "Kenya", "US", "us", "France's", "votes", "army", "bank", "Real", "Madrid", "in", "the", "of", "election",
    "Ōsaka", "São",
    "Paulo", "!", ":", "12", "—", "‘storm’", "المغرب", "wins", "against", "turkey", "Turkey", "Jordan", "Georgia",
    "NATO-led", "WHO", "who", "trial", "Pope", "£", "virus", "study", "film",
])  # fmt: skip
HEADLINES = st.lists(WORDS, max_size=14).map(" ".join)


@given(st.text(), st.text(max_size=50), st.text(max_size=50))
@settings(max_examples=300, deadline=None)
def test_any_text_gets_well_formed_labels(headline: str, summary: str, body: str) -> None:
    labels = LABELLER.label(headline, summary, body)
    assert labels.region in REGIONS
    assert labels.category in CATEGORIES
    assert set(labels.other_regions) <= REGIONS - {labels.region}
    assert set(labels.other_categories) <= CATEGORIES - {labels.category}
    assert 0.0 < labels.confidence <= 1.0
    assert labels.evidence
    assert len(tsv_of(labels).split("\t")) == 6
    assert "\n" not in tsv_of(labels)


@given(st.lists(HEADLINES, max_size=6), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_labels_do_not_depend_on_order_or_batch(headlines: list[str], chance: Random) -> None:
    alone = {text: LABELLER.label(text) for text in headlines}
    mixed = list(headlines)
    chance.shuffle(mixed)
    assert all(LABELLER.label(text) == alone[text] for text in mixed)


@given(HEADLINES)
@settings(deadline=None)
def test_report_agrees_with_labels(headline: str) -> None:
    report = LABELLER.report_of(headline)
    assert report.labels == LABELLER.label(headline)
    assert {slug for slug, _ in report.regions} <= REGIONS
    assert {slug for slug, _ in report.categories} == CATEGORIES
    assert abs(sum(share for _, share in report.categories) - 1.0) < 1e-9
    assert list(report.regions) == sorted(report.regions, key=lambda pair: (-pair[1], pair[0]))


@given(HEADLINES)
@settings(deadline=None)
def test_whitespace_does_not_matter(headline: str) -> None:
    spread = "  " + headline.replace(" ", " \t ") + " "
    assert LABELLER.label(spread).region == LABELLER.label(headline).region
    assert LABELLER.label(spread).category == LABELLER.label(headline).category
