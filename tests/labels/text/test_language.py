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
def test_language_of_a_sentence(lang: str, text: str) -> None:
    assert language_of(text) == lang


def test_most_short_headlines_are_detected_and_none_wrongly() -> None:
    told = [(lang, language_of(text)) for lang, text in HEADLINES]
    assert [pair for pair in told if pair[1] not in {"", pair[0]}] == []
    assert sum(lang == said for lang, said in told) >= 0.7 * len(told)


@pytest.mark.parametrize("case", [str, str.lower, str.upper, str.title])
def test_english_is_never_detected_as_another_language(case: Callable[[str], str]) -> None:
    assert {language_of(case(text)) for text in ENGLISH} <= {"", "en"}


@pytest.mark.parametrize("text", [
    "", " ", "…", "42", "Oslo", "Real Madrid", "La Liga", "El Salvador", "Rio de Janeiro", "Le Pen", "Der Spiegel",
    "Москва", "Na na na", "\x00\x07", "🎉🎉🎉", "Tour de France", "Los Angeles Lakers", "Costa del Sol", "Die Hard",
])  # fmt: skip
def test_names_alone_have_no_language(text: str) -> None:
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
def test_foreign_names_do_not_change_the_language(text: str) -> None:
    assert language_of(text) in {"", "en"}


def test_text_in_capitals_is_never_detected_wrongly() -> None:
    for lang, text in TONGUES:
        assert language_of(text.upper()) in {"", lang}


def test_distinctive_letters_separate_languages_of_a_script() -> None:
    assert language_of("Президент об этом не говорит") == "ru"
    assert language_of("Президентът говори пред парламента") == ""


def test_only_the_first_characters_are_read() -> None:
    assert language_of("x " * MAX_CHARACTERS + TONGUES[1][1]) == ""


@given(st.text())
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    known = {*language_words.WORDS, *(tag for _, _, tag in language_words.SCRIPT_RANGES)}
    known |= {tag for own in language_words.DISTINCTIVE_LETTERS.values() for tag, _ in own}
    assert language_of(text) in {"", *known}
    assert language_of(text) == language_of(text)


def test_words_of_a_language_are_unique_and_lower_case() -> None:
    for table in (language_words.WORDS, language_words.ENDINGS):
        for language, words in table.items():
            listed = words.split()
            assert len(listed) == len(set(listed)), language
            assert words == words.lower()


def test_script_ranges_are_sorted_and_disjoint() -> None:
    edges = [edge for first, last, _ in language_words.SCRIPT_RANGES for edge in (first, last)]
    assert edges == sorted(edges)
