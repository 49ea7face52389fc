"""Gists: which terms carry a text, and what they are."""

import pytest

from digest.stories.text.features import COMMON, LENGTH, gist_of


def test_grammar_carries_nothing() -> None:
    assert set(gist_of("that the bridge is closed").terms) == {"bridg", "close"}


def test_rare_words_weigh_more() -> None:
    terms = gist_of("minister opens aqueduct").terms
    assert terms["aqueduct"] > terms["minist"] > COMMON


def test_countries_cities_and_what_they_imply() -> None:
    gist = gist_of("Kenyan farmers march in Nairobi")
    assert gist.countries == {"@kenya"}
    assert gist.within == {"@kenya"}
    assert "nairobi" in gist.terms


def test_a_long_name_is_one_term() -> None:
    gist = gist_of("South Korean ferry heads for New Zealand")
    assert gist.countries == {"@south_korea", "@new_zealand"}
    assert not {"south", "korean", "new"} & gist.terms.keys()


def test_a_place_needs_a_capital_unless_nothing_has_one() -> None:
    assert gist_of("A turkey escapes from a farm").countries == set()
    assert gist_of("turkey votes on sunday").countries == {"@turkey"}


def test_names_in_sentence_case() -> None:
    assert gist_of("Officials praise Okonjo for bridge").names == {"okonjo"}


def test_the_first_word_is_a_name_only_if_no_known_word() -> None:
    assert gist_of("Bridge collapses").names == set()
    assert gist_of("Okonjo collapses in court").names == {"okonjo"}


def test_names_where_every_word_has_a_capital() -> None:
    gist = gist_of("Officials Praise Okonjo For Bridge")
    assert gist.names == {"okonjo"}


def test_names_where_no_word_has_a_capital() -> None:
    assert "okonjo" in gist_of("officials praise okonjo for bridge").names


def test_synonyms_share_a_group() -> None:
    a, b = gist_of("Premier steps down"), gist_of("Prime minister resigns")
    assert set(a.group.values()) == set(b.group.values()) == {"=prime_minister", "=quit"}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Landslide kills 9", {"9"}),
        ("9 dead, 40 hurt in landslide", {"9", "40"}),
        ("Club pays 9 million for striker", set()),
        ("Landslide kills nine", {"9"}),
    ],
)
def test_numbers_that_count_people(text: str, counts: set[str]) -> None:
    assert gist_of(text).counts == counts


def test_what_turns_a_text_is_noted() -> None:
    gist = gist_of("Monday talks off, envoy not hurt by fall")
    assert gist.denies
    assert "off" in gist.poles
    assert {word for _, word in gist.periods} == {"monday"}
    assert len(gist.bys) == 1


def test_an_endless_text_is_read_to_a_limit() -> None:
    assert gist_of("okonjo " * LENGTH) == gist_of("okonjo " * LENGTH * 2)


@pytest.mark.parametrize("text", ["", " ", "\0", "- - -", "the of to", "²", "٣ dead", "𝟗 hurt", "9" * 500, "x" * 5000])
def test_no_text_is_too_odd(text: str) -> None:
    gist = gist_of(text)
    assert gist.total >= 0
    assert gist.total == sum(gist.terms.values())
