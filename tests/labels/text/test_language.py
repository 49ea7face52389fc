"""Which language a text is in: right where there is enough to go by, silent where there is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labels import rows_of
from digest.labels.text import language_words
from digest.labels.text.language import MAX_CHARACTERS, language_of

HERE = Path(__file__).parents[1]
TONGUES = [(row["lang"], row["text"]) for row in rows_of(HERE / "tongues.tsv")]
HEADLINES = [(row["lang"], row["text"]) for row in rows_of(HERE / "languages.tsv")]
ENGLISH = [row["text"] for name in ("headlines", "unseen", "weathercock") for row in rows_of(HERE / f"{name}.tsv")]


@pytest.mark.parametrize(("lang", "text"), TONGUES)
def test_a_sentence_is_told(lang: str, text: str) -> None:
    assert language_of(text) == lang


def test_of_short_headlines_most_are_told_and_none_is_told_wrong() -> None:
    told = [(lang, language_of(text)) for lang, text in HEADLINES]
    assert [pair for pair in told if pair[1] not in {"", pair[0]}] == []
    assert sum(lang == said for lang, said in told) >= 0.7 * len(told)


@pytest.mark.parametrize("case", [str, str.lower, str.upper, str.title])
def test_english_is_never_taken_for_another(case: Callable[[str], str]) -> None:
    assert {language_of(case(text)) for text in ENGLISH} <= {"", "en"}


@pytest.mark.parametrize("text", [
    "", " ", "…", "42", "Oslo", "Real Madrid", "La Liga", "El Salvador", "Rio de Janeiro", "Le Pen", "Der Spiegel",
    "Москва", "Na na na", "\x00\x07", "🎉🎉🎉", "Tour de France", "Los Angeles Lakers", "Costa del Sol", "Die Hard",
])  # fmt: skip
def test_a_name_or_nothing_says_nothing(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize("text", [
    "Marine Le Pen loses appeal over European funds",
    "Von der Leyen to visit Rio de Janeiro and Buenos Aires",
    "Real Madrid beat Atlético in Copa del Rey final",
    "Bayern München sack coach after Dortmund defeat",
    "Peru's Machu Picchu reopens as storm over El Niño passes",
    "Çelik and Erdoğan meet in İstanbul on trade",
    "Beijing’s 北京 Daily says talks will go on",
])  # fmt: skip
def test_names_keep_their_language_and_the_text_its_own(text: str) -> None:
    assert language_of(text) in {"", "en"}


def test_capitals_do_not_matter_where_a_text_has_no_others() -> None:
    for lang, text in TONGUES:
        assert language_of(text.upper()) in {"", lang}


def test_a_letter_tells_languages_of_one_script_apart() -> None:
    assert language_of("Президент об этом не говорит") == "ru"
    assert language_of("Президентът говори пред парламента") == ""


def test_what_stands_far_into_a_text_is_not_read() -> None:
    assert language_of("x " * MAX_CHARACTERS + TONGUES[1][1]) == ""


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    known = {*language_words.WORDS, *(tag for _, _, tag in language_words.SCRIPT_RANGES)}
    known |= {tag for own in language_words.DISTINCTIVE_LETTERS.values() for tag, _ in own}
    assert language_of(text) in {"", *known}
    assert language_of(text) == language_of(text)


def test_no_word_stands_twice_in_a_language() -> None:
    for table in (language_words.WORDS, language_words.ENDINGS):
        for language, words in table.items():
            listed = words.split()
            assert len(listed) == len(set(listed)), language
            assert words == words.lower()


def test_blocks_are_in_order_and_apart() -> None:
    edges = [edge for first, last, _ in language_words.SCRIPT_RANGES for edge in (first, last)]
    assert edges == sorted(edges)
