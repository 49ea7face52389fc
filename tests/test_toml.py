"""A TOML document beside its types: all mistakes at once, each with its place."""

from typing import Literal

import msgspec
import pytest
from msgspec import Struct

from digest.issues import Place
from digest.toml import MistakeKind, decode, find_mistakes, place_of, remove_paths

TEXT = """\
name = "evening"
  front.second = 4
[parameters.accent]
default = "#111111"
[ parameters . "look" ]
  'default' = "x"
# [comment]
choices = ["[front]", "a = b"]
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("name",), 1, 1),
        (("front", "second"), 2, 3),
        (("parameters", "accent"), 3, 2),
        (("parameters", "accent", "default"), 4, 1),
        (("parameters", "look", "default"), 6, 3),
        (("parameters", "look", "choices"), 8, 1),
        (("parameters", "look", "nothing"), 5, 3),
        (("front",), 0, 0),
        ((), 0, 0),
    ],
)
def test_place_of_a_path(path: tuple[str, ...], line: int, column: int) -> None:
    assert place_of(TEXT, "theme.toml", path) == Place("theme.toml", line, column)


class Table(Struct, frozen=True, kw_only=True):
    """What a table of `Whole` is to hold."""

    size: int = 1
    kind: Literal["small", "large"] = "small"


class Whole(Struct, frozen=True, kw_only=True):
    """What a document is to hold."""

    name: str
    words: tuple[str, ...] = ()
    table: Table = Table()
    tables: dict[str, Table] = {}
    rows: tuple[Table, ...] = ()


RIGHT = """
name = "x"
words = ["a"]
[table]
size = 2
[tables.one]
kind = "large"
[[rows]]
size = 3
"""
WRONG = """
words = ["a", 1]
nmae = "x"
[table]
size = "two"
kind = "larg"
[tables.one]
szie = 1
[[rows]]
[[rows]]
size = true
"""


def test_valid_document_has_no_mistakes() -> None:
    written, broken = decode(RIGHT, "a.toml")
    assert broken is None
    assert list(find_mistakes(written, Whole)) == []


def test_all_mistakes_are_found_at_once() -> None:
    written, _ = decode(WRONG, "a.toml")
    found = {".".join(m.path): (m.kind, m.hint) for m in find_mistakes(written, Whole)}
    assert found == {
        "words": (MistakeKind.TYPE, 'write a list, each text in "quotes"'),
        "nmae": (MistakeKind.UNKNOWN, "did you mean `name`?"),
        "table.size": (MistakeKind.TYPE, "write a whole number"),
        "table.kind": (MistakeKind.VALUE, "did you mean `large`?"),
        "tables.one.szie": (MistakeKind.UNKNOWN, "did you mean `size`?"),
        "rows.1.size": (MistakeKind.TYPE, "write a whole number"),
        "": (MistakeKind.VALUE, "add name = …"),
    }


def test_each_mistake_has_its_place() -> None:
    written, _ = decode(WRONG, "a.toml")
    lines = {".".join(m.path): place_of(WRONG, "a.toml", m.path).line for m in find_mistakes(written, Whole)}
    assert lines == {
        "words": 2, "nmae": 3, "table.size": 5, "table.kind": 6, "tables.one.szie": 8, "rows.1.size": 11, "": 0,
    }  # fmt: skip


def test_document_without_mistakes_is_valid() -> None:
    written, _ = decode(WRONG, "a.toml")
    good = remove_paths(written, {m.path for m in find_mistakes(written, Whole)})
    whole = msgspec.convert({**good, "name": "x"}, Whole)
    assert whole.table == Table()
    assert whole.tables == {"one": Table()}
    assert whole.rows == ()


def test_control_character_is_a_mistake() -> None:
    written, _ = decode('name = "a\\u0007b"', "a.toml")
    [found] = find_mistakes(written, Whole)
    assert "U+0007" in found.message


def test_syntax_error_has_a_place() -> None:
    written, broken = decode("a = 1\nb = [", "a.toml")
    assert written == {}
    assert broken is not None
    place, said = broken
    assert place.file == "a.toml"
    assert said[0].islower()
