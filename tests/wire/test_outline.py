"""The two ways through a dump: what each reads, holds and tells."""

import itertools

import pytest

from digest.issues import Issue, Severity
from digest.wire import BytesSource, SegmentKind, items, parse, scan, segments
from digest.wire.grammar import MAX_HEADLINE_CHARS
from digest.wire.lines import MAX_LINE_BYTES

ARTICLE = b"Orchard growers count the cost\nGrowers woke to white fields.\nK.Adeyemi--NW-TST\n"


class Watched:
    """A source that remembers what was read of it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.reads: list[tuple[int, int]] = []

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return len(self._data)

    def read(self, offset: int, length: int) -> bytes:
        """The bytes, and a note of them."""
        self.reads.append((offset, length))
        return self._data[offset : offset + length]


def briefs(count: int) -> bytes:
    """A dump of briefs that are numbered from the top."""
    return b"".join(b"-\nBrief number %d of a long day\n" % number for number in range(1, count + 1))


def told(issues: tuple[Issue, ...]) -> str:
    """Their words, a line each and one for each hint."""
    return "".join(f"{found}\n" for found in issues)


def codes(issues: tuple[Issue, ...]) -> list[str]:
    """Their codes."""
    return [found.code for found in issues]


def test_items_come_from_the_last_to_the_first() -> None:
    source = BytesSource(briefs(3))
    outline = scan(source, name="dump.txt")
    found = [(item.position, item.headline, str(item.span)) for item in items(source, outline)]
    assert found == [
        (3, "Brief number 3 of a long day", "5-6"),
        (2, "Brief number 2 of a long day", "3-4"),
        (1, "Brief number 1 of a long day", "1-2"),
    ]
    assert (outline.items, outline.lines, outline.name, outline.issues) == (3, 6, "dump.txt", ())


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_a_long_dump_is_read_in_pieces_both_ways(codec: str) -> None:
    source = Watched((briefs(20_000) + ARTICLE * 2_000).decode().encode(codec))
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


def test_the_first_item_comes_without_reading_the_rest() -> None:
    source = Watched(briefs(50_000))
    outline = scan(source, name="dump.txt")
    source.reads.clear()
    assert next(items(source, outline)).position == 50_000
    assert sum(length for _, length in source.reads) < 3 * MAX_LINE_BYTES


def test_an_article_longer_than_a_chunk_is_whole() -> None:
    body = b"".join(b"Paragraph number %d of a very long report from the valley.\n" % n for n in range(20_000))
    dump = parse(briefs(9) + b"A very long report\n" + body + b"K.Adeyemi--NW-TST\n" + briefs(9), name="dump.txt")
    assert len(dump.items) == 19
    assert len(dump.items[9].body) == 20_000
    assert dump.items[9].agency == "NW-TST"


def test_agencies_are_told_once_in_their_order() -> None:
    data = ARTICLE + ARTICLE.replace(b"NW-TST", b"AB") + ARTICLE
    assert scan(BytesSource(data), name="dump.txt").agencies == ("NW-TST", "AB")


def test_blank_lines_between_chunks_do_not_matter() -> None:
    data = briefs(1) + b"\n" * (3 * MAX_LINE_BYTES) + ARTICLE + b"\n" * (3 * MAX_LINE_BYTES) + briefs(1)
    dump = parse(data, name="dump.txt")
    assert [item.headline for item in dump.items][1] == "Orchard growers count the cost"
    assert [item.position for item in dump.items] == [1, 2, 3]
    assert dump.segments[-1].span.last == 2 + 3 + 2 + 6 * MAX_LINE_BYTES


def test_an_encoding_that_does_not_exist_is_an_issue_and_the_dump_is_read_all_the_same() -> None:
    dump = parse("-\nCafé\n".encode(), name="dump.txt", encoding="klingon")
    assert [item.headline for item in dump.items] == ["Café"]
    assert told(dump.issues) == (
        "dump.txt: warning[dump-encoding]: there is no encoding 'klingon' that reads lines\n"
        "  hint: leave it out, and the dump's own is found\n"
    )


def test_the_encoding_that_is_said_is_taken() -> None:
    data = "-\nМост закрыт\n".encode("koi8-r")
    dump = parse(data, name="dump.txt", encoding="koi8-r")
    assert [item.headline for item in dump.items] == ["Мост закрыт"]
    assert dump.issues == ()


def test_bytes_that_are_none_of_the_encoding_are_placed() -> None:
    dump = parse("-\nCafé\n-\n".encode() + b"Na\xefve\n", name="dump.txt")
    assert [item.headline for item in dump.items] == ["Café", "Na\ufffdve"]
    assert told(dump.issues) == (
        "dump.txt:4:3: warning[dump-encoding]: bytes that are not utf-8; they are shown as U+FFFD\n"
        "  hint: say the right `--encoding`\n"
    )


class TestLongLines:
    """Lines that are too long for a headline, or for anything."""

    def test_a_long_headline_is_kept_as_a_paragraph(self) -> None:
        line = "Growers woke to white fields " * 40
        dump = parse(f"-\n{line}\n".encode(), name="dump.txt")
        (item,) = dump.items
        assert item.headline.startswith("Growers woke to white fields Growers")
        assert item.headline.endswith("…")
        assert len(item.headline) < 200
        assert [block.text for block in item.body] == [line.strip()]
        assert told(dump.issues) == (
            "dump.txt:2:1: warning[dump-line-long]: a headline of 1,159 characters: "
            "'Growers woke to white fields Growers woke to white fields…'\n"
            "  hint: it was kept as a paragraph; its first words became the headline\n"
        )

    def test_a_headline_of_the_greatest_length_is_one(self) -> None:
        dump = parse(b"-\n" + b"x" * MAX_HEADLINE_CHARS, name="dump.txt")
        assert len(dump.items[0].headline) == MAX_HEADLINE_CHARS
        assert dump.issues == ()

    def test_a_dump_that_is_one_line_of_fifty_megabytes(self) -> None:
        source = Watched(b"Growers woke to white fields. " * 1_700_000)
        outline = scan(source, name="dump.txt")
        assert max(length for _, length in source.reads) <= 1 << 20
        assert list(items(source, outline)) == []
        (piece,) = segments(source, outline)
        assert (piece.kind, str(piece.span)) == (SegmentKind.ISSUE, "1-1")
        assert [found.severity for found in outline.issues] == [Severity.WARNING, Severity.ERROR]
        assert str(outline.issues[1]) == (
            "dump.txt:1:1: error[dump-line-long]: a line of 51,000,000 bytes: "
            "'Growers woke to white fields. Growers woke to white…'\n"
            "  hint: no page shows it; break it into lines and import the dump again"
        )

    def test_a_huge_line_is_left_out_of_its_article_and_its_brief(self) -> None:
        huge = b"x" * (MAX_LINE_BYTES + 1) + b"\n"
        data = b"-\n" + huge + b"Orchards\nWhite fields.\n" + huge + b"Late bloom.\nK.Adeyemi--NW-TST\n"
        dump = parse(data, name="dump.txt")
        assert [[block.text for block in item.body] for item in dump.items] == [["White fields.", "Late bloom."]]
        assert [(str(piece.span), piece.kind) for piece in dump.segments] == [("1-2", "issue"), ("3-7", "item")]
        assert codes(dump.issues) == ["dump-line-long", "dump-line-long"]
        assert [found.place.line for found in dump.issues] == [2, 5]


class TestMany:
    """A hostile dump has no end of faults; what is told of them has."""

    def test_issues_of_one_code_are_counted_after_the_first_thousand(self) -> None:
        source = BytesSource(b"-\n" * 5_000)
        outline = scan(source, name="dump.txt")
        assert len(outline.issues) == 1_000 + len(["how many more", "dump-empty"])
        more = tuple(found for found in outline.issues if "more of these" in found.message)
        assert told(more) == ("dump.txt: warning[dump-headline-missing]: 4,000 more of these, not listed\n")

    def test_the_account_tells_them_all(self) -> None:
        source = BytesSource(b"-\n" * 5_000)
        outline = scan(source, name="dump.txt")
        assert sum(len(piece.issues) for piece in segments(source, outline)) == 5_000

    def test_agencies_have_an_end_too(self) -> None:
        data = b"".join(b"Headline\nText.\n--A%d\n" % number for number in range(3_000))
        assert len(scan(BytesSource(data), name="dump.txt").agencies) == 1_000


class TestBinary:
    """What is no text has no items, and one issue."""

    DATA = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50

    def test_it_gives_one_issue(self) -> None:
        dump = parse(self.DATA, name="picture.txt")
        assert dump.items == ()
        assert told(dump.issues) == (
            "picture.txt: error[dump-binary]: not a text but a picture\n  hint: save it as plain text and import that\n"
        )

    def test_its_lines_are_accounted_for(self) -> None:
        (piece,) = parse(self.DATA, name="picture.txt").segments
        assert (piece.kind, piece.span.first, piece.span.last) == (SegmentKind.ISSUE, 1, len(self.DATA.splitlines()))
        assert piece.issues == parse(self.DATA, name="picture.txt").issues
