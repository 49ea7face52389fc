"""Insertion of an entry into the lead ranks."""

import pytest

from digest.edit import place_lead


@pytest.mark.parametrize(
    ("ranks", "rank", "changes"),
    [
        ({}, 1, {"x": 1}),
        ({"a": 1}, 1, {"x": 1, "a": 2}),
        ({"a": 1, "b": 2, "c": 4}, 1, {"x": 1, "a": 2, "b": 3}),
        ({"a": 1, "b": 2}, 3, {"x": 3}),
        ({"x": 3, "a": 1, "b": 2}, 1, {"x": 1, "a": 2, "b": 3}),
        ({"x": 1, "a": 2}, 2, {"x": 2, "a": 3}),
        ({"x": 2}, 2, {}),
        ({"x": 2, "a": 1}, 0, {"x": 0}),
        ({"a": 9}, 9, {"x": 9, "a": 0}),
    ],
)
def test_entries_move_down_to_the_next_gap(ranks: dict[str, int], rank: int, changes: dict[str, int]) -> None:
    assert place_lead(ranks, "x", rank) == changes
