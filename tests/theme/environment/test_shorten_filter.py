"""The filter `shorten`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.theme.environment.shorten_filter import shorten


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Short enough.", 13, "Short enough."),
        ("One sentence ends here. Another goes on", 30, "One sentence ends here."),
        ("He said “no.” Then he left the room", 20, "He said “no.”"),
        ("No. But then the text goes on and on", 20, "No. But then the…"),
        ("It costs 3.50 francs a piece", 12, "It costs…"),
        ("First, second, third and fourth", 14, "First…"),
        (
            "هل عاد؟ نعم عاد اليوم",
            9,
            "هل عاد؟",
        ),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
    ],
)
def test_shortened_text_ends_with_a_sentence_or_a_word(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short


@given(st.text(alphabet="ab .,!…", max_size=60), st.integers(2, 50))
def test_shortened_text_is_a_prefix(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= max(length, 1)
    assert text.startswith(short.removesuffix("…"))
    assert ".…" not in short or text == short or ".…" in text
