"""Alignment: which terms answer each other."""

from digest.stories.pairs.alignment import SPELLING, SYNONYM, WITHIN, Match, align
from digest.stories.text.features import gist_of


def matches(a: str, b: str) -> dict[str, Match]:
    return {m.how: m for m in align(gist_of(a), gist_of(b)).matches}


def test_equal_terms_answer_with_all_their_weight() -> None:
    found = align(gist_of("aqueduct opens"), gist_of("old aqueduct"))
    assert [(m.left, m.right, m.how) for m in found.matches] == [("aqueduct", "aqueduct", "word")]
    assert found.matches[0].weight == gist_of("aqueduct").terms["aqueduct"]


def test_a_synonym_answers_with_less() -> None:
    match = matches("Envoy quits", "Envoy resigns")["synonym"]
    assert {match.left, match.right} == {"quit", "resign"}
    assert match.weight == SYNONYM * min(gist_of("quits").terms["quit"], gist_of("resigns").terms["resign"])


def test_a_phrase_answers_a_word() -> None:
    assert "synonym" in matches("Envoy steps down", "Envoy resigns")


def test_a_country_answers_its_city() -> None:
    match = matches("Flood in Kenya", "Flood in Nairobi")["place"]
    assert match.left == "@kenya"
    assert match.weight <= WITHIN * gist_of("Kenya").terms["@kenya"]


def test_a_city_answers_its_country() -> None:
    assert matches("Flood in Nairobi", "Flood in Kenya")["place"].right == "@kenya"


def test_a_city_answers_no_other_country() -> None:
    assert "place" not in matches("Flood in Nairobi", "Flood in Peru")


def test_a_name_answers_its_other_spelling() -> None:
    match = matches("Colonel Qadhdhafi speaks", "Colonel Gadhdhafi speaks")["spelling"]
    assert match.weight == SPELLING * min(gist_of("Qadhdhafi").total, gist_of("Gadhdhafi").total)


def test_common_words_that_look_alike_do_not() -> None:
    assert "spelling" not in matches("The state of play", "The stage of play")


def test_each_term_answers_once() -> None:
    found = align(gist_of("Murder and killing"), gist_of("A deadly day"))
    assert len(found.matches) == 1
    assert len({m.left for m in found.matches}) == len(found.matches)


def test_what_none_answers_is_left_alone() -> None:
    found = align(gist_of("Aqueduct opens in Peru"), gist_of("Aqueduct leaks in Chile"))
    assert "@peru" in found.alone_left
    assert "@chile" in found.alone_right
    assert not found.alone_left & {m.left for m in found.matches}


def test_the_heaviest_comes_first() -> None:
    found = align(gist_of("Minister opens aqueduct"), gist_of("Aqueduct opened by minister"))
    assert [m.weight for m in found.matches] == sorted((m.weight for m in found.matches), reverse=True)
