"""The text fixtures of `tests/cases/wire`: dumps with their expected segments and issues.

A case is a title, a dump and the expected listing, each ended by a line with a lone full stop. A title may end in the
encoding of the dump, such as `[utf-16]`. In a dump, ␍ is a carriage return, ⇥ a tab, ␠ a space that an editor might
trim, ␀ a NUL, ⎵ a byte order mark inside the text, and a final ∅ removes the last line feed.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.wire import Dump, Segment, parse

FOLDER = Path(__file__).parent.parent / "cases" / "wire"
SIGNS = {"␍": "\r", "⇥": "\t", "␠": " ", "␀": "\0", "⎵": "\ufeff", "∅\n": ""}


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield the name, the dump and the expected listing of every case."""
    for path in sorted(FOLDER.glob("*.txt")):
        parts = re.split(r"(?m)^\.\n", path.read_text(encoding="utf-8"))
        assert len(parts) % 3 == 1, path
        assert not parts[-1].strip(), path
        for title, dump, expected in zip(parts[0::3], parts[1::3], parts[2::3], strict=False):
            yield f"{path.stem}: {title.strip()}", dump, expected


def bytes_of(name: str, dump: str) -> bytes:
    """Encode a dump in the encoding in its name, else in UTF-8."""
    for sign, character in SIGNS.items():
        dump = dump.replace(sign, character)
    encoding = re.search(r"\[(.*)\]$", name)
    return dump.encode(encoding[1] if encoding else "utf-8")


def listing_of(dump: Dump) -> str:
    """Return the segments, then all issues."""
    lines = [line for segment in dump.segments for line in segment_lines(segment)]
    return "".join(f"{line}\n" for line in [*lines, *map(str, dump.issues)])


def segment_lines(segment: Segment) -> Iterator[str]:
    """Yield `1-2 brief 1: headline`, then the body and the byline."""
    if segment.item is None:
        yield f"{segment.span} {segment.kind}"
        return
    item = segment.item
    yield f"{segment.span} {item.kind} {item.position}: {item.headline}"
    yield from (f"  {'#' * block.level or '|'} {block.text}" for block in item.body)
    if item.agency:
        yield f"  by {item.byline or 'nobody'} for {item.agency}"


@pytest.mark.parametrize(("name", "dump", "expected"), [pytest.param(*case, id=case[0]) for case in cases()])
def test_a_case(name: str, dump: str, expected: str) -> None:
    """The listing of the dump equals the expected one."""
    assert listing_of(parse(bytes_of(name, dump), name="dump.txt")) == expected


def test_the_cases_are_found() -> None:
    """Without cases, the test above would pass silently."""
    assert len(list(cases())) >= 30
