"""Baselines: known issues are not reported again."""

import json

import pytest

from digest.check import Baseline
from digest.issues import Place, issue

ONE = issue("link-broken", Place("content/a.md", 3), "`/x/` leads nowhere")
MOVED = issue("link-broken", Place("content/a.md", 9), "`/x/` leads nowhere")
OTHER = issue("link-broken", Place("content/b.md", 3), "`/x/` leads nowhere")


def test_only_unknown_issues_are_new() -> None:
    known = Baseline.parse(Baseline.from_issues([ONE]).to_json())
    assert list(known.new_issues([MOVED, OTHER])) == [OTHER]
    assert list(known.new_issues([ONE, MOVED])) == [MOVED], "one is known, not two"
    assert list(Baseline().new_issues([ONE])) == [ONE]


def test_fixed_issues_are_counted() -> None:
    known = Baseline.from_issues([ONE, ONE, OTHER])
    assert (known.count_fixed([ONE]), known.count_fixed([ONE, MOVED, OTHER]), known.count_fixed([])) == (2, 0, 3)


def test_the_file_is_sorted_with_one_issue_a_line() -> None:
    text = Baseline.from_issues([OTHER, ONE]).to_json()
    assert text == Baseline.from_issues([ONE, OTHER]).to_json()
    assert len(text.splitlines()) == 4
    assert json.loads(text)["format"] == 1
    assert Baseline.parse(Baseline().to_json()).count_fixed([]) == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"issues": [1]}'])
def test_an_invalid_file_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Baseline.parse(text)
