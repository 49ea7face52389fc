"""Chunks of lines: line ends, undecodable bytes, oversized lines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.wire import BytesSource
from digest.wire import lines as module
from digest.wire.encodings import Encoding
from digest.wire.lines import MAX_LINE_BYTES, Chunk, chunks, line_offsets

UTF8 = Encoding(codec="utf-8")
WIDE = Encoding(codec="utf-16-le", unit_bytes=2)


def read(data: bytes, encoding: Encoding = UTF8, *, first: int = 1, start: int = 0) -> list[Chunk]:
    """Return all chunks."""
    return list(chunks(BytesSource(data), encoding, first_line=first, start=start, stop=len(data)))


def lines_of(data: bytes, encoding: Encoding = UTF8) -> list[str]:
    """Return all lines."""
    return [line for chunk in read(data, encoding) for line in chunk.lines]


def test_line_ends() -> None:
    text = "a\nb\r\nc\rd\u2028e\x85f\x0cg\x0bh\x1ci\n\r\n\r\rj"
    expected = ["a", "b", "c", "d\u2028e\x85f\x0cg\x0bh\x1ci", "", "", "", "j"]
    assert lines_of(text.encode()) == expected
    assert lines_of(text.encode("utf-16-le"), WIDE) == expected


def test_a_final_line_feed_begins_no_line() -> None:
    assert lines_of(b"a\n") == lines_of(b"a") == ["a"]
    assert lines_of(b"") == []
    assert lines_of(b"\n") == [""]


def test_line_numbers_start_at_first_line() -> None:
    (chunk,) = read(b"a\nb\nc", first=7, start=2)
    assert (chunk.first_line, chunk.offset, chunk.lines) == (7, 2, ["b", "c"])


def test_undecodable_bytes_are_replaced_and_located() -> None:
    (chunk,) = read(b"fine\nca\xe9f\xe9\n\xff")
    assert chunk.lines == ["fine", "ca\ufffdf\ufffd", "\ufffd"]
    assert chunk.undecodable == ((2, 3), (3, 1))


def test_an_incomplete_character_is_undecodable() -> None:
    (chunk,) = read("ab\n".encode("utf-16-le") + b"x", WIDE)
    assert chunk.lines == ["ab", "\ufffd"]
    assert chunk.undecodable == ((2, 1),)


def test_a_replacement_character_in_the_text_is_no_error() -> None:
    (chunk,) = read("\ufffd\n".encode())
    assert chunk.undecodable == ()


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n", b""])
def test_lines_above_the_limit_are_oversized(ending: bytes) -> None:
    longest = b"x" * (MAX_LINE_BYTES - len(ending)) + ending
    for data in (longest, b"a\n" + longest, longest + b"a\n"):
        assert not any(chunk.oversized_bytes for chunk in read(data)) or (not ending and data.endswith(b"a\n"))
    if ending:
        first, second, third = read(b"a\nx" + longest + b"b")
        assert (second.oversized_bytes, second.first_line, second.offset) == (MAX_LINE_BYTES + 1, 2, 2)
        assert (first.lines, third.first_line, third.lines) == (["a"], 3, ["b"])


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_an_oversized_line_of_wide_characters(ending: str) -> None:
    text = "a\n" + "\u0a0d" * (3 * MAX_LINE_BYTES) + ending + "b\u0d0a"
    first, second, third = read(text.encode("utf-16-le"), WIDE)
    assert (first.lines, third.lines) == (["a"], ["b\u0d0a"])
    assert second.oversized_bytes == 2 * (3 * MAX_LINE_BYTES + len(ending))


def test_only_the_start_of_an_oversized_line_is_kept() -> None:
    (chunk,) = read(("é" * MAX_LINE_BYTES * 4).encode())
    assert chunk.oversized_bytes == MAX_LINE_BYTES * 8
    assert set(chunk.lines[0]) == {"é"}
    assert len(chunk.lines[0]) < 2_000


def test_a_source_that_is_shorter_than_expected() -> None:
    source = BytesSource(b"a\nb\n")
    assert [chunk.lines for chunk in chunks(source, UTF8, first_line=1, start=0, stop=1_000)] == [["a", "b"]]
    longer = BytesSource(b"x" * (MAX_LINE_BYTES + 5))
    assert [
        chunk.oversized_bytes for chunk in chunks(longer, UTF8, first_line=1, start=0, stop=MAX_LINE_BYTES * 9)
    ] == [MAX_LINE_BYTES + 5]


@given(
    st.text(st.sampled_from("ab\n\r é😀\u0a0d\u0d0a"), max_size=80),
    st.sampled_from(["utf-8", "utf-16-le", "utf-32-be"]),
)
def test_the_chunks_cover_all_bytes(text: str, codec: str) -> None:
    encoding = Encoding(codec=codec, unit_bytes=len("\n".encode(codec)))
    data = text.encode(codec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_LINE_BYTES", 16)
        read_chunks = read(data, encoding)
        assert sum(line_offsets(chunk, [len(chunk.lines)], encoding)[0] for chunk in read_chunks) == len(data)
        for chunk in read_chunks:
            lengths = line_offsets(chunk, range(len(chunk.lines) + 1), encoding)
            assert lengths == sorted(set(lengths))
            pieces = [data[chunk.offset + a : chunk.offset + b] for a, b in pairwise(lengths)]
            if not chunk.oversized_bytes:
                assert [piece.decode(codec).rstrip("\r\n") for piece in pieces] == chunk.lines


@given(st.text(st.sampled_from("ab\n\r é"), max_size=80))
def test_lines_do_not_depend_on_the_chunk_size(text: str) -> None:
    expected_lines = lines_of(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_LINE_BYTES", 16)
        numbers = [(chunk.first_line + i) for chunk in read(text.encode()) for i in range(len(chunk.lines))]
        assert numbers == list(range(1, len(expected_lines) + 1))
        short = [
            line for chunk in read(text.encode()) for line in (chunk.lines if not chunk.oversized_bytes else [None])
        ]
    assert [line for line, cut in zip(expected_lines, short, strict=True) if cut is not None] == [
        line for line in short if line is not None
    ]
