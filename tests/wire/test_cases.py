"""The text fixtures of `tests/cases/wire`: what each dump is, piece by piece, and every word of its issues.

A case is a title, a dump and what comes of it, each ended by a line with a lone full stop. A title may end in the
encoding of the dump, `[utf-16]`. In the dump ␍ is a carriage return, ⇥ a tab, ␠ a space that an editor might trim,
␀ a NUL, ⎵ a byte order mark inside the text, and a final ∅ takes away the last line feed.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.wire import Dump, Segment, parse

FOLDER = Path(__file__).parent.parent / "cases" / "wire"
SIGNS = {"␍": "\r", "⇥": "\t", "␠": " ", "␀": "\0", "⎵": "\ufeff", "∅\n": ""}


def cases() -> Iterator[tuple[str, str, str]]:
    """Every case as its name, its dump and what is expected of it."""
    for path in sorted(FOLDER.glob("*.txt")):
        parts = re.split(r"(?m)^\.\n", path.read_text(encoding="utf-8"))
        assert len(parts) % 3 == 1, path
        assert not parts[-1].strip(), path
        for title, dump, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            yield f"{path.stem}: {title.strip()}", dump, expected


def bytes_of(name: str, dump: str) -> bytes:
    """A dump in the encoding that its name says, UTF-8 if it says none."""
    for sign, character in SIGNS.items():
        dump = dump.replace(sign, character)
    encoding = re.search(r"\[(.*)\]$", name)
    return dump.encode(encoding[1] if encoding else "utf-8")


def listing_of(dump: Dump) -> str:
    """The account, then all issues."""
    lines = [line for piece in dump.segments for line in piece_lines(piece)]
    return "".join(f"{line}\n" for line in [*lines, *map(str, dump.issues)])


def piece_lines(piece: Segment) -> Iterator[str]:
    """`1-2 brief 1: headline`, and below it the body and the byline."""
    if piece.item is None:
        yield f"{piece.span} {piece.kind}"
        return
    item = piece.item
    yield f"{piece.span} {item.kind} {item.position}: {item.headline}"
    yield from (f"  {'#' * block.level or '|'} {block.text}" for block in item.body)
    if item.agency:
        yield f"  by {item.byline or 'nobody'} for {item.agency}"


@pytest.mark.parametrize(("name", "dump", "expected"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_a_case(name: str, dump: str, expected: str) -> None:
    """The dump is what the case says, and nothing else is."""
    assert listing_of(parse(bytes_of(name, dump), name="dump.txt")) == expected


def test_there_are_cases() -> None:
    """A reader that finds nothing would pass."""
    assert len(list(cases())) >= 30
