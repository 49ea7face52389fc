"""Alignment: which terms answer each other."""

from digest.stories.pairs.alignment import CITY_FACTOR, SPELLING_FACTOR, SYNONYM_FACTOR, Match, align
from digest.stories.text.features import features_of


def matches(a: str, b: str) -> dict[str, Match]:
    return {m.kind: m for m in align(features_of(a), features_of(b)).matches}


def test_equal_terms_match_with_full_weight() -> None:
    found = align(features_of("aqueduct opens"), features_of("old aqueduct"))
    assert [(m.left, m.right, m.kind) for m in found.matches] == [("aqueduct", "aqueduct", "word")]
    assert found.matches[0].weight == features_of("aqueduct").terms["aqueduct"]


def test_synonym_matches_with_less_weight() -> None:
    match = matches("Envoy quits", "Envoy resigns")["synonym"]
    assert {match.left, match.right} == {"quit", "resign"}
    assert match.weight == SYNONYM_FACTOR * min(
        features_of("quits").terms["quit"], features_of("resigns").terms["resign"]
    )


def test_phrase_matches_a_word() -> None:
    assert "synonym" in matches("Envoy steps down", "Envoy resigns")


def test_country_matches_its_city() -> None:
    match = matches("Flood in Kenya", "Flood in Nairobi")["place"]
    assert match.left == "@kenya"
    assert match.weight <= CITY_FACTOR * features_of("Kenya").terms["@kenya"]


def test_city_matches_its_country() -> None:
    assert matches("Flood in Nairobi", "Flood in Kenya")["place"].right == "@kenya"


def test_city_does_not_match_another_country() -> None:
    assert "place" not in matches("Flood in Nairobi", "Flood in Peru")


def test_name_matches_another_spelling() -> None:
    match = matches("Colonel Qadhdhafi speaks", "Colonel Gadhdhafi speaks")["spelling"]
    assert match.weight == SPELLING_FACTOR * min(
        features_of("Qadhdhafi").total_weight, features_of("Gadhdhafi").total_weight
    )


def test_similar_common_words_do_not_match() -> None:
    assert "spelling" not in matches("The state of play", "The stage of play")


def test_each_term_matches_once() -> None:
    found = align(features_of("Murder and killing"), features_of("A deadly day"))
    assert len(found.matches) == 1
    assert len({m.left for m in found.matches}) == len(found.matches)


def test_unmatched_terms() -> None:
    found = align(features_of("Aqueduct opens in Peru"), features_of("Aqueduct leaks in Chile"))
    assert "@peru" in found.unmatched_left
    assert "@chile" in found.unmatched_right
    assert not found.unmatched_left & {m.left for m in found.matches}


def test_heaviest_match_comes_first() -> None:
    found = align(features_of("Minister opens aqueduct"), features_of("Aqueduct opened by minister"))
    assert [m.weight for m in found.matches] == sorted((m.weight for m in found.matches), reverse=True)
