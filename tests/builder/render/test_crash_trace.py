"""Where processes write down what they are at."""

from pathlib import Path

import pytest

from digest.builder.render import crash_trace
from digest.builder.render.crash_trace import at, cleared, last_words, memory_of, noted, prepared


def test_who_does_not_finish_leaves_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepared(tmp_path / "at")
    assert last_words(folder) == ()
    with memory_of(folder / "1") as first, memory_of(folder / "2") as second:
        monkeypatch.setattr(crash_trace, "_FILE", [first])
        assert list(noted(["a page with a long name", "b"], str)) == ["a page with a long name", "b"]
        assert last_words(folder) == (), "it came to its end"
        names = noted(["a page with a long name", "b", "c"], str)
        assert [next(names), next(names)] == ["a page with a long name", "b"]
        assert last_words(folder) == ("b",)
        monkeypatch.setattr(crash_trace, "_FILE", [second])
        at("a\ud800")
        at("a" * 5000 + "b")
        at("a\ud800")
    assert last_words(folder) == ("a?", "b")
    cleared(folder)
    assert (last_words(folder), folder.exists()) == ((), False)


def test_where_nobody_would_read_it_nothing_is_written() -> None:
    assert list(noted([1, 2], str)) == [1, 2]
