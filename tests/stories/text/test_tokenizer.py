"""Tokens: folding, numbers, stems."""

import pytest

from digest.stories.text.tokenizer import fold, stem_of, tokens_of


def folded(text: str) -> list[str]:
    return [t.folded for t in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kenya's harvest fails", ["kenya", "harvest", "fails"]),
        ("Kenya’s harvest — fails!", ["kenya", "harvest", "fails"]),
        ("Côte d'Ivoire", ["cote", "divoire"]),
        ("the U.S. and the U.N.", ["the", "us", "and", "the", "un"]),
        ("Łódź, Malmö, Tromsø", ["lodz", "malmo", "tromso"]),
        ("rise &amp; fall", ["rise", "fall"]),
        ("AT&T gov't", ["at&t", "govt"]),
        ("Iran-Oman talks", ["iran", "oman", "talks"]),
        ("", []),
        ("--- ... !!!", []),
    ],
)
def test_words_are_folded_and_separated(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_us_is_country_or_pronoun() -> None:
    assert folded("US tells us") == ["us", "tells", "us_we"]
    assert folded("U.S.") == ["us"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("6", "6"),
        ("six", "6"),
        ("1,271", "1271"),
        ("6m", "6000000"),
        ("$400 bn", "400000000000"),
        ("400bn", "400000000000"),
        ("3.5 million", "3500000"),
        ("2.5555 thousand", "2555.5"),
        ("2-1", "2-1"),
        ("2–1", "2-1"),
        ("100m", "100000000"),
        ("1st", "1"),
        ("0.5 bn", "500000000"),
    ],
)
def test_equal_amounts_are_equal_numbers(text: str, number: str) -> None:
    assert [t.number for t in tokens_of(text)] == [number]


def test_scale_word_without_number_is_a_word() -> None:
    assert [t.number for t in tokens_of("a million voices")] == ["", "", ""]


def test_score_line_is_not_scaled() -> None:
    assert [t.number for t in tokens_of("2-1 k")] == ["2-1"]


def test_capitals_are_recorded() -> None:
    name, word, shout = tokens_of("Lagos floods AGAIN")
    assert (name.capital, name.upper) == (True, False)
    assert (word.capital, word.upper) == (False, False)
    assert (shout.capital, shout.upper) == (True, True)


@pytest.mark.parametrize(
    "words",
    [
        "elect elected electing election elections elector",
        "vote votes voted voting",
        "negotiate negotiates negotiated negotiation negotiator negotiators",
        "plan plans planned planning",
        "party parties",
        "deny denies denied denying",
        "senate senator senators",
        "resign resigned resignation",
        "organise organised organisation organization organizing",
        "city cities",
        "agree agreed agreement agreements",
    ],
)
def test_forms_of_one_word_share_a_stem(words: str) -> None:
    assert len({stem_of(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["plane plan", "party part", "police policy", "state station", "wine win", "army arms", "war ward"]
)
def test_different_words_have_different_stems(pair: str) -> None:
    a, b = pair.split()
    assert stem_of(a) != stem_of(b)


def test_short_words_and_numbers_are_not_stemmed() -> None:
    assert [stem_of(word) for word in ("is", "was", "g20", "2026")] == ["is", "was", "g20", "2026"]


def test_folding_is_idempotent() -> None:
    for word in ("Éire", "STRASSE", "Ünder", "İzmir"):
        assert fold(fold(word)) == fold(word)
