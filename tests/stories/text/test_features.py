"""Gists: which terms carry a text, and what they are."""

import pytest

from digest.stories.text.features import MAX_CHARACTERS, MIN_RARITY, features_of


def test_function_words_are_no_terms() -> None:
    assert set(features_of("that the bridge is closed").terms) == {"bridg", "close"}


def test_rare_words_weigh_more() -> None:
    terms = features_of("minister opens aqueduct").terms
    assert terms["aqueduct"] > terms["minist"] > MIN_RARITY


def test_countries_and_implied_countries() -> None:
    gist = features_of("Kenyan farmers march in Nairobi")
    assert gist.countries == {"@kenya"}
    assert gist.implied_countries == {"@kenya"}
    assert "nairobi" in gist.terms


def test_name_of_several_words_is_one_term() -> None:
    gist = features_of("South Korean ferry heads for New Zealand")
    assert gist.countries == {"@south_korea", "@new_zealand"}
    assert not {"south", "korean", "new"} & gist.terms.keys()


def test_place_needs_a_capital_unless_the_text_has_none() -> None:
    assert features_of("A turkey escapes from a farm").countries == set()
    assert features_of("turkey votes on sunday").countries == {"@turkey"}


def test_names_in_sentence_case() -> None:
    assert features_of("Officials praise Okonjo for bridge").names == {"okonjo"}


def test_first_word_is_a_name_only_when_unknown() -> None:
    assert features_of("Bridge collapses").names == set()
    assert features_of("Okonjo collapses in court").names == {"okonjo"}


def test_names_in_title_case() -> None:
    gist = features_of("Officials Praise Okonjo For Bridge")
    assert gist.names == {"okonjo"}


def test_names_without_capitals() -> None:
    assert "okonjo" in features_of("officials praise okonjo for bridge").names


def test_synonyms_share_a_group() -> None:
    a, b = features_of("Premier steps down"), features_of("Prime minister resigns")
    assert set(a.synonym_groups.values()) == set(b.synonym_groups.values()) == {"=prime_minister", "=quit"}


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
    assert features_of(text).casualty_counts == counts


def test_negation_antonyms_and_periods_are_features() -> None:
    gist = features_of("Monday talks off, envoy not hurt by fall")
    assert gist.is_negated
    assert "off" in gist.antonym_stems
    assert {word for _, word in gist.periods} == {"monday"}
    assert len(gist.by_positions) == 1


def test_long_text_is_read_to_the_limit() -> None:
    assert features_of("okonjo " * MAX_CHARACTERS) == features_of("okonjo " * MAX_CHARACTERS * 2)


@pytest.mark.parametrize("text", ["", " ", "\0", "- - -", "the of to", "²", "٣ dead", "𝟗 hurt", "9" * 500, "x" * 5000])
def test_any_text_has_features(text: str) -> None:
    gist = features_of(text)
    assert gist.total_weight >= 0
    assert gist.total_weight == sum(gist.terms.values())
