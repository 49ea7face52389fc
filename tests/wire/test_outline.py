"""The two passes over a dump: items, memory, issues."""

import itertools

import pytest

from digest.issues import Issue, Severity
from digest.wire import BytesSource, SegmentKind, items, parse, scan, segments
from digest.wire.grammar import MAX_HEADLINE_CHARS
from digest.wire.lines import MAX_LINE_BYTES

ARTICLE = b"Orchard growers count the cost\nGrowers woke to white fields.\nK.Adeyemi--NW-TST\n"


class RecordingSource:
    """A source that records its reads."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.reads: list[tuple[int, int]] = []

    @property
    def size(self) -> int:
        """Number of bytes."""
        return len(self._data)

    def read(self, offset: int, length: int) -> bytes:
        """Return bytes and record the read."""
        self.reads.append((offset, length))
        return self._data[offset : offset + length]


def briefs(count: int) -> bytes:
    """Return a dump of briefs, numbered from the top."""
    return b"".join(b"-\nBrief number %d of a long day\n" % number for number in range(1, count + 1))


def text_of(issues: tuple[Issue, ...]) -> str:
    """Return the issues as text."""
    return "".join(f"{one}\n" for one in issues)


def codes(issues: tuple[Issue, ...]) -> list[str]:
    """Return the codes of the issues."""
    return [one.code for one in issues]


def test_items_are_in_reverse_order() -> None:
    source = BytesSource(briefs(3))
    outline = scan(source, name="dump.txt")
    one = [(item.position, item.headline, str(item.span)) for item in items(source, outline)]
    assert one == [
        (3, "Brief number 3 of a long day", "5-6"),
        (2, "Brief number 2 of a long day", "3-4"),
        (1, "Brief number 1 of a long day", "1-2"),
    ]
    assert (outline.items, outline.lines, outline.name, outline.issues) == (3, 6, "dump.txt", ())


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_a_long_dump_is_read_in_chunks_both_ways(codec: str) -> None:
    source = RecordingSource((briefs(20_000) + ARTICLE * 2_000).decode().encode(codec))
    outline = scan(source, name="dump.txt")
    assert outline.items == 22_000
    assert len(outline.checkpoints) >= source.size // MAX_LINE_BYTES
    forwards = len(source.reads)
    positions = [item.position for item in items(source, outline)]
    assert positions == list(range(22_000, 0, -1))
    backwards = [offset for offset, _ in source.reads[forwards:]]
    assert backwards[0] > backwards[-1]
    assert sum(there < here for here, there in itertools.pairwise(backwards)) > len(backwards) // 3
    assert max(length for _, length in source.reads) <= 1 << 20


def test_the_last_item_needs_only_the_end_of_the_dump() -> None:
    source = RecordingSource(briefs(50_000))
    outline = scan(source, name="dump.txt")
    source.reads.clear()
    assert next(items(source, outline)).position == 50_000
    assert sum(length for _, length in source.reads) < 3 * MAX_LINE_BYTES


def test_an_article_may_be_longer_than_a_chunk() -> None:
    body = b"".join(b"Paragraph number %d of a very long report from the valley.\n" % n for n in range(20_000))
    dump = parse(briefs(9) + b"A very long report\n" + body + b"K.Adeyemi--NW-TST\n" + briefs(9), name="dump.txt")
    assert len(dump.items) == 19
    assert len(dump.items[9].body) == 20_000
    assert dump.items[9].agency == "NW-TST"


def test_agencies_are_listed_once_in_order() -> None:
    data = ARTICLE + ARTICLE.replace(b"NW-TST", b"AB") + ARTICLE
    assert scan(BytesSource(data), name="dump.txt").agencies == ("NW-TST", "AB")


def test_blank_lines_may_fill_chunks() -> None:
    data = briefs(1) + b"\n" * (3 * MAX_LINE_BYTES) + ARTICLE + b"\n" * (3 * MAX_LINE_BYTES) + briefs(1)
    dump = parse(data, name="dump.txt")
    assert [item.headline for item in dump.items][1] == "Orchard growers count the cost"
    assert [item.position for item in dump.items] == [1, 2, 3]
    assert dump.segments[-1].span.last == 2 + 3 + 2 + 6 * MAX_LINE_BYTES


def test_an_unknown_encoding_is_an_issue_and_the_dump_is_read() -> None:
    dump = parse("-\nCafé\n".encode(), name="dump.txt", encoding="klingon")
    assert [item.headline for item in dump.items] == ["Café"]
    assert text_of(dump.issues) == (
        "dump.txt: warning[dump-encoding]: there is no encoding 'klingon' for text with lines\n"
        "  hint: omit it, and the encoding is detected\n"
    )


def test_the_chosen_encoding_is_used() -> None:
    data = "-\nМост закрыт\n".encode("koi8-r")
    dump = parse(data, name="dump.txt", encoding="koi8-r")
    assert [item.headline for item in dump.items] == ["Мост закрыт"]
    assert dump.issues == ()


def test_undecodable_bytes_are_an_issue() -> None:
    dump = parse("-\nCafé\n-\n".encode() + b"Na\xefve\n", name="dump.txt")
    assert [item.headline for item in dump.items] == ["Café", "Na\ufffdve"]
    assert text_of(dump.issues) == (
        "dump.txt:4:3: warning[dump-encoding]: bytes that are not valid utf-8; they are shown as U+FFFD\n"
        "  hint: give the right `--encoding`\n"
    )


class TestLongLines:
    """Long headlines and oversized lines."""

    def test_a_long_headline_is_kept_as_a_paragraph(self) -> None:
        line = "Growers woke to white fields " * 40
        dump = parse(f"-\n{line}\n".encode(), name="dump.txt")
        (item,) = dump.items
        assert item.headline.startswith("Growers woke to white fields Growers")
        assert item.headline.endswith("…")
        assert len(item.headline) < 200
        assert [block.text for block in item.body] == [line.strip()]
        assert text_of(dump.issues) == (
            "dump.txt:2:1: warning[dump-line-long]: a headline of 1,159 characters: "
            "'Growers woke to white fields Growers woke to white fields…'\n"
            "  hint: the line is kept as a paragraph, its first words as the headline\n"
        )

    def test_a_headline_of_the_maximum_length(self) -> None:
        dump = parse(b"-\n" + b"x" * MAX_HEADLINE_CHARS, name="dump.txt")
        assert len(dump.items[0].headline) == MAX_HEADLINE_CHARS
        assert dump.issues == ()

    def test_a_dump_of_one_line_of_fifty_megabytes(self) -> None:
        source = RecordingSource(b"Growers woke to white fields. " * 1_700_000)
        outline = scan(source, name="dump.txt")
        assert max(length for _, length in source.reads) <= 1 << 20
        assert list(items(source, outline)) == []
        (segment,) = segments(source, outline)
        assert (segment.kind, str(segment.span)) == (SegmentKind.ISSUE, "1-1")
        assert [one.severity for one in outline.issues] == [Severity.WARNING, Severity.ERROR]
        assert str(outline.issues[1]) == (
            "dump.txt:1:1: error[dump-line-long]: a line of 51,000,000 bytes: "
            "'Growers woke to white fields. Growers woke to white…'\n"
            "  hint: it is on no page; break it into lines and import the dump again"
        )

    def test_an_oversized_line_is_left_out(self) -> None:
        huge = b"x" * (MAX_LINE_BYTES + 1) + b"\n"
        data = b"-\n" + huge + b"Orchards\nWhite fields.\n" + huge + b"Late bloom.\nK.Adeyemi--NW-TST\n"
        dump = parse(data, name="dump.txt")
        assert [[block.text for block in item.body] for item in dump.items] == [["White fields.", "Late bloom."]]
        assert [(str(segment.span), segment.kind) for segment in dump.segments] == [("1-2", "issue"), ("3-7", "item")]
        assert codes(dump.issues) == ["dump-line-long", "dump-line-long"]
        assert [one.place.line for one in dump.issues] == [2, 5]


class TestMany:
    """The report of a hostile dump with very many errors is bounded."""

    def test_issues_of_a_code_are_only_counted_after_a_thousand(self) -> None:
        source = BytesSource(b"-\n" * 5_000)
        outline = scan(source, name="dump.txt")
        assert len(outline.issues) == 1_000 + len(["how many more", "dump-empty"])
        more = tuple(one for one in outline.issues if "more of these" in one.message)
        assert text_of(more) == ("dump.txt: warning[dump-headline-missing]: 4,000 more of these, not listed\n")

    def test_the_segments_have_all_issues(self) -> None:
        source = BytesSource(b"-\n" * 5_000)
        outline = scan(source, name="dump.txt")
        assert sum(len(segment.issues) for segment in segments(source, outline)) == 5_000

    def test_the_number_of_agencies_is_bounded(self) -> None:
        data = b"".join(b"Headline\nText.\n--A%d\n" % number for number in range(3_000))
        assert len(scan(BytesSource(data), name="dump.txt").agencies) == 1_000


class TestBinary:
    """A file that is not text has one issue and no items."""

    DATA = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50

    def test_a_binary_file_is_one_issue(self) -> None:
        dump = parse(self.DATA, name="picture.txt")
        assert dump.items == ()
        assert text_of(dump.issues) == (
            "picture.txt: error[dump-binary]: not a text but a picture\n  hint: save it as plain text and import that\n"
        )

    def test_a_binary_file_is_one_segment(self) -> None:
        (segment,) = parse(self.DATA, name="picture.txt").segments
        assert (segment.kind, segment.span.first, segment.span.last) == (
            SegmentKind.ISSUE,
            1,
            len(self.DATA.splitlines()),
        )
        assert segment.issues == parse(self.DATA, name="picture.txt").issues
