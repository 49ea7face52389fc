"""Where processes write down what they are at."""

from pathlib import Path

import pytest

from digest.builder.render import crash_trace
from digest.builder.render.crash_trace import (
    create_folder,
    mapped_file,
    record_places,
    remove_folder,
    set_place,
    unfinished_places,
)


def test_who_does_not_finish_leaves_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = create_folder(tmp_path / "at")
    assert unfinished_places(folder) == ()
    with mapped_file(folder / "1") as first, mapped_file(folder / "2") as second:
        monkeypatch.setattr(crash_trace, "_FILE", [first])
        assert list(record_places(["a page with a long name", "b"], str)) == ["a page with a long name", "b"]
        assert unfinished_places(folder) == (), "it came to its end"
        names = record_places(["a page with a long name", "b", "c"], str)
        assert [next(names), next(names)] == ["a page with a long name", "b"]
        assert unfinished_places(folder) == ("b",)
        monkeypatch.setattr(crash_trace, "_FILE", [second])
        set_place("a\ud800")
        set_place("a" * 5000 + "b")
        set_place("a\ud800")
    assert unfinished_places(folder) == ("a?", "b")
    remove_folder(folder)
    assert (unfinished_places(folder), folder.exists()) == ((), False)


def test_where_nobody_would_read_it_nothing_is_written() -> None:
    assert list(record_places([1, 2], str)) == [1, 2]
