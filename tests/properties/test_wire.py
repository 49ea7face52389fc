"""Properties of the wire parser: it never raises, covers every line, and reads dumps of every platform alike."""

import codecs
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Block, WireItem
from digest.wire import BytesSource, Dump, SegmentKind, items, lines, parse, parse_byline, scan, segments

# --- bytes of any kind, weighted towards what the parser looks for --------------------------------------------------

FRAGMENTS = st.sampled_from(
    [b"-\n", b"-", b"\n", b"\r", b"\r\n", b" ", b"\t", b"- Late bloom -\n", b"Frost returns", b"K.Adeyemi--NW-TST\n",
     b"--NWA\r\n", b"\0", b"\x01", b"\xff", b"\xfe", b"\xe2\x80", "’".encode(), b"\x85", b"\x93", codecs.BOM_UTF8,
     "\u2028é".encode(), b"x" * 40]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=60).map(b"".join)
WIDE = st.tuples(TEXTS, st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-32"]), st.binary(max_size=1)).map(
    lambda parts: parts[0].decode("latin-1").encode(parts[1]) + parts[2]
)
ANYTHING = st.one_of(TEXTS, WIDE, st.binary(max_size=300), st.tuples(TEXTS, st.binary()).map(b"".join))
CODECS = st.sampled_from([None, "utf-8", "cp1252", "utf-16", "utf-32-be", "shift_jis", "gb18030", "klingon", "idna"])
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
CHUNKS = st.sampled_from([16, 40, 64, lines.MAX_LINE_BYTES])


@given(ANYTHING, CODECS, CHUNKS)
def test_every_line_is_in_one_segment(data: bytes, encoding: str | None, max_line_bytes: int) -> None:
    """No bytes make the parser raise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "MAX_LINE_BYTES", max_line_bytes)
        source = BytesSource(data)
        outline = scan(source, name="dump.txt", encoding=encoding)
        found_segments = list(segments(source, outline))
        found_items = list(items(source, outline))
    assert not found_segments or found_segments[0].span.first == 1
    assert all(one.span.last + 1 == following.span.first for one, following in pairwise(found_segments))
    covered = found_segments[-1].span.last if found_segments else 0
    assert covered == (len(data.splitlines()) if outline.binary else lines_in(data, outline.encoding.codec))
    assert found_items[::-1] == [segment.item for segment in found_segments if segment.item]
    assert [item.position for item in found_items] == list(range(outline.items, 0, -1))
    for segment in found_segments:
        assert (segment.kind is SegmentKind.ITEM) == (segment.item is not None)
        assert segment.kind is not SegmentKind.ISSUE or segment.issues
        assert segment.item is None or segment.item.span == segment.span
        assert set(segment.issues) <= set(outline.issues)


def lines_in(data: bytes, codec: str) -> int:
    """Count the lines in another way. A byte order mark alone is no line."""
    text = data.removeprefix(MARKS.get(codec, b"")).decode(codec, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text.count("\n") + (text[-1:] not in ("", "\n"))


@given(ANYTHING)
def test_items_have_no_unsafe_characters(data: bytes) -> None:
    for item in parse(data, name="dump.txt").items:
        for text in (item.headline, item.byline, item.agency, *(block.text for block in item.body)):
            assert not {unicodedata.category(character) for character in text} & {"Cc", "Cs", "Zl", "Zp"}
            assert text == text.strip()
        assert item.headline
        assert all(block.text for block in item.body)


# --- dumps that an editor could have written ------------------------------------------------------------------------

WORD = st.sampled_from(["frost", "valley", "talks", "Été", "“bridge”", "–", "5%", "(again)", "no.", "it’s", "A&B"])
WORDS = st.lists(WORD, min_size=1)
LINES = WORDS.map(" ".join).filter(lambda line: parse_byline(line) is None and line not in "–-")
PARAGRAPHS = LINES.filter(lambda line: not (line.startswith("–") and line.endswith("–")))
HEADINGS = LINES.map(lambda line: Block(text=line, level=2))
BODIES = st.tuples(
    st.lists(st.one_of(PARAGRAPHS.map(lambda line: Block(text=line)), HEADINGS), max_size=6),
    PARAGRAPHS.map(lambda line: Block(text=line)),
).map(lambda parts: (*parts[0], parts[1]))
BYLINES = st.sampled_from([("", "NWA"), ("O. Salim", "SF-PST"), ("J.R. de la Cruz", "NW-TST")])

ItemValues = tuple[str, tuple[Block, ...], str, str]
BRIEFS = LINES.map(lambda line: (line, (), "", ""))
ARTICLES = st.tuples(LINES, BODIES, BYLINES).map(lambda parts: (parts[0], parts[1], *parts[2]))
DUMPS = st.lists(st.one_of(BRIEFS, ARTICLES), max_size=8)


def written(dump: list[ItemValues]) -> list[str]:
    """Return the lines of a dump with these items."""
    out: list[str] = []
    for headline, body, byline, agency in dump:
        out += [headline] if body else ["-", headline]
        out += [f"- {block.text} -" if block.level else block.text for block in body]
        out += [f"{byline}--{agency}"] if agency else []
    return out


def item_values(dump: Dump) -> list[ItemValues]:
    """Return the values of all items of a parsed dump."""
    return [values_of(item) for item in dump.items]


def values_of(item: WireItem) -> ItemValues:
    """Return the values of an item."""
    return item.headline, item.body, item.byline, item.agency


@given(DUMPS)
def test_writing_and_parsing_round_trip(dump: list[ItemValues]) -> None:
    parsed = parse("\n".join(written(dump)).encode(), name="dump.txt")
    assert item_values(parsed) == dump
    assert parsed.issues == () or not dump
    assert {segment.kind for segment in parsed.segments} <= {SegmentKind.ITEM}


@given(
    DUMPS.filter(bool),
    st.sampled_from(["\n", "\r\n", "\r", " \n", "\t\r\n", "\n\n", " \r \r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]),
    st.sampled_from(["", " ", "\t", "\u00a0", "\ufeff"]),
    st.booleans(),
)
def test_line_ends_and_encodings_do_not_matter(
    dump: list[ItemValues], ending: str, codec: str, indent: str, final: bool
) -> None:
    indent = indent.encode(codec, "ignore").decode(codec)
    text = ending.join(indent + line for line in written(dump)) + ending * final
    parsed = parse(text.encode(codec), name="dump.txt")
    assert item_values(parsed) == dump
    assert parsed.issues == ()


@given(DUMPS, DUMPS)
def test_concatenated_dumps_are_one_dump(first: list[ItemValues], second: list[ItemValues]) -> None:
    texts = ["".join(f"{line}\n" for line in written(dump)).encode() for dump in (first, second)]
    assert item_values(parse(b"".join(texts), name="dump.txt")) == first + second


@given(ANYTHING)
def test_the_same_bytes_give_the_same_dump(data: bytes) -> None:
    assert parse(data, name="dump.txt") == parse(bytes(bytearray(data)), name="dump.txt")
