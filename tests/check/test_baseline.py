"""Issues that are known."""

import json

import pytest

from digest.check import Baseline
from digest.issues import Place, issue

ONE = issue("link-broken", Place("content/a.md", 3), "`/x/` leads nowhere")
MOVED = issue("link-broken", Place("content/a.md", 9), "`/x/` leads nowhere")
OTHER = issue("link-broken", Place("content/b.md", 3), "`/x/` leads nowhere")


def test_only_others_are_new() -> None:
    known = Baseline.read(Baseline.of([ONE]).written())
    assert list(known.new([MOVED, OTHER])) == [OTHER]
    assert list(known.new([ONE, MOVED])) == [MOVED], "one is known, not two"
    assert list(Baseline().new([ONE])) == [ONE]


def test_what_is_mended_is_counted() -> None:
    known = Baseline.of([ONE, ONE, OTHER])
    assert (known.gone([ONE]), known.gone([ONE, MOVED, OTHER]), known.gone([])) == (2, 0, 3)


def test_a_file_has_a_line_an_issue_in_an_order_of_its_own() -> None:
    text = Baseline.of([OTHER, ONE]).written()
    assert text == Baseline.of([ONE, OTHER]).written()
    assert len(text.splitlines()) == 4
    assert json.loads(text)["format"] == 1
    assert Baseline.read(Baseline().written()).gone([]) == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"issues": [1]}'])
def test_another_file_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Baseline.read(text)
