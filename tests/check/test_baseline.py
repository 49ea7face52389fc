"""Issues that are known."""

import json

import pytest

from digest.check import Baseline
from digest.issues import Place, issue

ONE = issue("link-broken", Place("content/a.md", 3), "`/x/` leads nowhere")
MOVED = issue("link-broken", Place("content/a.md", 9), "`/x/` leads nowhere")
OTHER = issue("link-broken", Place("content/b.md", 3), "`/x/` leads nowhere")


def test_only_others_are_new() -> None:
    known = Baseline.parse(Baseline.from_issues([ONE]).to_json())
    assert list(known.new_issues([MOVED, OTHER])) == [OTHER]
    assert list(known.new_issues([ONE, MOVED])) == [MOVED], "one is known, not two"
    assert list(Baseline().new_issues([ONE])) == [ONE]


def test_what_is_mended_is_counted() -> None:
    known = Baseline.from_issues([ONE, ONE, OTHER])
    assert (known.count_fixed([ONE]), known.count_fixed([ONE, MOVED, OTHER]), known.count_fixed([])) == (2, 0, 3)


def test_a_file_has_a_line_an_issue_in_an_order_of_its_own() -> None:
    text = Baseline.from_issues([OTHER, ONE]).to_json()
    assert text == Baseline.from_issues([ONE, OTHER]).to_json()
    assert len(text.splitlines()) == 4
    assert json.loads(text)["format"] == 1
    assert Baseline.parse(Baseline().to_json()).count_fixed([]) == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"issues": [1]}'])
def test_another_file_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Baseline.parse(text)
