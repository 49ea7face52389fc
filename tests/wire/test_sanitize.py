"""Sanitizing and truncating of lines."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from digest.wire.sanitize import sanitize_line, truncate

ANY = st.text(st.characters(exclude_categories=[]))


def test_spaces_are_collapsed_and_stripped() -> None:
    assert sanitize_line(" \t Talks\t began \u2028 today\x0c\x85\u3000 ") == "Talks began today"


def test_no_break_spaces_stay() -> None:
    assert sanitize_line("\u00a05\u00a0000 marchers\u00a0") == "5\u00a0000 marchers"


def test_unsafe_characters_are_removed() -> None:
    assert sanitize_line("Ta\x00lks\x1b[31m \ufeffbe\x7fgan\x9b\ufdd0\uffff\U0010ffff\ud800") == "Talks[31m began"


def test_bidi_overrides_are_removed() -> None:
    assert sanitize_line("Talks \u202ebegan\u202c \u2067today\u2069") == "Talks began today"


def test_joiners_stay() -> None:
    for line in ("می\u200cخواهم", "👩\u200d🚀 lands", "שלום\u200f!"):
        assert sanitize_line(line) == line


@given(ANY)
def test_a_sanitized_line_has_no_control_characters(line: str) -> None:
    tidied = sanitize_line(line)
    assert tidied == tidied.strip()
    assert "  " not in tidied
    assert not {unicodedata.category(character) for character in tidied} & {"Cc", "Cs", "Zl", "Zp"}


@given(ANY)
def test_sanitizing_is_idempotent(line: str) -> None:
    assert sanitize_line(sanitize_line(line)) == sanitize_line(line)


def test_a_short_line_is_not_cut() -> None:
    assert truncate("Talks began", 11) == "Talks began"


def test_a_long_line_is_cut_between_words() -> None:
    assert truncate("Talks began today", 15) == "Talks began…"


def test_a_line_without_spaces_is_cut_anywhere() -> None:
    assert truncate("x" * 50, 10) == "x" * 9 + "…"
    assert truncate("a " + "x" * 50, 10) == "a " + "x" * 7 + "…"


@given(ANY, st.integers(min_value=2, max_value=40))
def test_a_cut_line_has_at_most_the_given_length(line: str, length: int) -> None:
    assert len(truncate(line, length)) <= length
