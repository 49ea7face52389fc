"""Excerpts of two texts around their difference."""

import pytest

from digest.ingest.decide.text_diff import MAX_CHARS, diff_excerpts


@pytest.mark.parametrize(
    ("ours", "theirs", "shown"),
    [
        ("Rain", "Snow", ("Rain", "Snow")),
        ("", "Snow", ("", "Snow")),
        ("Rain stops play", "Rain stops all play", ("Rain stops play", "Rain stops all play")),
        (
            "one two three four five six seven eight nine ten",
            "one two three four five 6 seven eight nine ten",
            ("… three four five six seven eight nine …", "… three four five 6 seven eight nine …"),
        ),
        ("a a a a a a", "a a a a a a a", ("… a a a", "… a a a a")),
    ],
)
def test_excerpts_show_the_difference_with_context(ours: str, theirs: str, shown: tuple[str, str]) -> None:
    assert diff_excerpts(ours, theirs) == shown


def test_excerpts_have_a_maximum_length() -> None:
    assert {len(text) for text in diff_excerpts("x " * 500, "y " * 500)} == {MAX_CHARS}
