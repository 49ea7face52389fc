"""Similarity of article bodies."""

import pytest

from digest.content.seals import paragraph_seals
from digest.ingest.decide.similarity import are_similar, share_most_seals

LONG = "The ferry left the harbour at dawn and struck a reef an hour later, the coast guard said on Tuesday."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ([LONG], [LONG], True),
        ([LONG], [LONG.replace("Tuesday", "Wednesday")], True),
        ([LONG], [LONG, "All aboard were saved by fishermen, and nobody was hurt, its owner said."], True),
        ([LONG], ["Two thousand people sang in the square until the lamps went out over the town."], False),
        (["Yes."], ["No."], False),
        (["Yes."], ["Yes."], True),
    ],
)
def test_bodies_are_similar_if_the_other_contains_half_of_the_shorter(
    one: list[str], other: list[str], *, same: bool
) -> None:
    assert are_similar(one, other) is same
    assert are_similar(other, one) is same


def test_most_paragraphs_equal_by_seals() -> None:
    one = paragraph_seals(["a", "b", "c"])
    assert share_most_seals(one, paragraph_seals(["a", "x", "c", "d"]))
    assert not share_most_seals(one, paragraph_seals(["a", "x", "y"]))
    assert not share_most_seals((), one)
