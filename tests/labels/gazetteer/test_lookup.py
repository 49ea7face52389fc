"""Terms found in texts: longest first, never overlapping, with the doubt that capitals leave."""

import pytest

from digest.labels.gazetteer.lookup import Hit, find_terms
from digest.labels.text.tokenizer import text_of

TERMS = {"bank": 0, "bank of england": 1, "england": 2, "nice": 3, "us": 4, "who": 5}
REACH = {"bank": 3, "england": 1, "nice": 1, "us": 1, "who": 1}
FLAGS = ("", "", "", "C", "A", "A")


def found(raw: str) -> list[Hit]:
    return list(find_terms(text_of(raw), TERMS, REACH, FLAGS))


def entries(raw: str) -> list[int]:
    return [hit.entry for hit in found(raw)]


def test_longest_term_wins() -> None:
    assert entries("The Bank of England waits") == [1]
    assert entries("The bank in England waits") == [0, 2]
    assert [(hit.start, hit.end) for hit in found("The Bank of England waits")] == [(1, 4)]


def test_punctuation_mark_ends_a_phrase() -> None:
    assert entries("A bank: of England") == [0, 2]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Hotel in Nice burns down again", [3]),
        ("A nice hotel burns down again", []),
        ("HOTEL IN NICE BURNS", [3]),
        ("hotel in nice burns", [3]),
        ("The US waits for an answer", [4]),
        ("They told us to wait for an answer", []),
        ("THE US WAITS", [4]),
        ("THEY TOLD US", []),
        ("the us waits", [4]),
        ("The WHO waits for an answer", [5]),
        ("Those who wait for an answer", []),
        ("those who wait", []),
    ],
)
def test_capitals(raw: str, expected: list[int]) -> None:
    assert entries(raw) == expected


def test_ambiguity_by_capitals() -> None:
    assert [hit.ambiguity for hit in found("Hotel in Nice burns down again")] == [0.0]
    assert [hit.ambiguity for hit in found("Nice hotel burns down again")] == [0.4]
    assert [hit.ambiguity for hit in found("HOTEL IN NICE BURNS")] == [0.5]


def test_empty_text_has_no_hits() -> None:
    assert found("") == []
