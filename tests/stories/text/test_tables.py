"""The laws of the tables: what anyone who adds a line must keep."""

from collections import Counter

import pytest

from digest.stories.text.data_files import read_lines
from digest.stories.text.tables import (
    antonyms,
    casualty_words,
    country_of,
    group_rarities,
    known_names,
    link_weights,
    max_rarity,
    negations,
    period_words,
    places,
    rarities,
    routine_stems,
    stems_of,
    synonym_groups,
)

FILES = ["synonyms.txt", "opposites.txt", "negations.txt", "periods.txt", "tolls.txt", "routine.txt", "suffixes.txt"]


@pytest.mark.parametrize("name", FILES)
def test_tables_are_lower_case(name: str) -> None:
    lines = list(read_lines(name))
    assert lines
    assert all(line == line.lower().strip() for line in lines)


def test_word_is_in_one_synonym_group() -> None:
    count = Counter(word for line in read_lines("synonyms.txt") for word in line.split())
    assert {word: n for word, n in count.items() if n > 1} == {}


def test_stem_of_two_groups_has_no_group() -> None:
    """`aide` and `aid` share a stem: each is found as it is written, a form of either only if it is listed."""
    assert synonym_groups()["aide",] != synonym_groups()["aid",]
    assert stems_of("aide") == stems_of("aid")
    assert ("resigned",) not in synonym_groups()
    assert synonym_groups()[stems_of("resigned")] == "=quit"


def test_group_is_named_after_its_first_word() -> None:
    assert synonym_groups()[stems_of("murder")] == synonym_groups()[stems_of("kill")] == "=kill"
    assert synonym_groups()["step", "down"] == "=quit"


def test_synonyms_are_never_antonyms() -> None:
    clash = [
        (stem, other)
        for stem, others in antonyms().items()
        for other in others
        if (stem,) in synonym_groups() and synonym_groups()[(stem,)] == synonym_groups().get((other,))
    ]
    assert clash == []


def test_antonyms_are_symmetric() -> None:
    assert all(stem in antonyms()[other] for stem, others in antonyms().items() for other in others)
    assert all(stem not in others for stem, others in antonyms().items())


def test_group_is_more_common_than_its_words() -> None:
    assert group_rarities()["=kill"] < rarities()[stems_of("kill")[0]]
    assert all(0 <= rarity <= max_rarity() for rarity in group_rarities().values())


def test_rare_words_have_high_rarity() -> None:
    known = rarities()
    assert known["the"] < known["minist"] < known["reservoir"] < max_rarity()


def test_known_names_exclude_common_words() -> None:
    assert {"london", "merkel"} <= known_names()
    assert not {"reservoir", "govern", "the"} & known_names()


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("peru", "@peru"),
        ("peruvian", "@peru"),
        ("peruvians", "@peru"),
        ("us", "@united_states"),
        ("british", "@united_kingdom"),
        ("south korea", "@south_korea"),
        ("s korea", "@south_korea"),
        ("ivory coast", "@cote_divoire"),
        ("nairobi", "@kenya"),
        ("queensland", "@australia"),
        ("dutch", "@netherlands"),
    ],
)
def test_country_of_a_place_name(name: str, country: str) -> None:
    assert places()[tuple(name.split())].country == country


def test_city_has_a_term_and_country_has_none() -> None:
    assert places()["nairobi",].term
    assert not places()["kenya",].term
    assert country_of(places()["nairobi",].term) == "@kenya"
    assert country_of("@kenya") == "@kenya"
    assert country_of("reservoir") == "reservoir"


def test_alias_of_a_region() -> None:
    assert places()["okla",] == places()["oklahoma",]


@pytest.mark.parametrize("name", ["douglas", "victoria", "stanley", "santiago"])
def test_personal_names_are_no_places(name: str) -> None:
    assert (name,) not in places()


def test_period_word_has_one_kind() -> None:
    assert period_words()["monday"] == period_words()["friday"] != period_words()["april"]
    count = Counter(word for line in read_lines("periods.txt") for word in line.split())
    assert {word for word, n in count.items() if n > 1} == set()


def test_small_tables_have_content() -> None:
    assert {"not", "wont", "again"} <= negations()
    assert {"dead", "injured"} <= casualty_words()
    assert {stems_of("shares")[0], stems_of("closing")[0]} <= routine_stems()


def test_signs_of_the_regression_weights() -> None:
    """More in common speaks for, more days, a fuller stream or another place against."""
    weights = link_weights()
    assert all(weights[name] > 0 for name in ("cosine", "shared", "top", "names", "country"))
    assert all(weights[name] < 0 for name in ("gap", "crowd", "alone", "other place"))
