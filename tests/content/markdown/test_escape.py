"""Escaping of wire text: escaped markup, unchanged prose, and the rendered result."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.markdown.body import html_of, parsed_html_of
from digest.content.markdown.escape import markdown_of
from digest.model import Block


def paragraph(text: str) -> str:
    """Return the Markdown of one paragraph."""
    return markdown_of([Block(text=text)]).removesuffix("\n")


class Reader(HTMLParser):
    """Collect the text of each element; any element but `<p>` and `<h2>` is unexpected."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.strays: list[str] = []
        self._open = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start a block."""
        if self._open or attrs or tag not in ("p", "h2"):
            self.strays.append(tag)
        else:
            self.blocks.append((tag, ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        self._open = self._open and tag != self.blocks[-1][0]

    def handle_data(self, data: str) -> None:
        """Add text to the open block."""
        if self._open:
            self.blocks[-1] = (self.blocks[-1][0], self.blocks[-1][1] + data)
        elif data.strip("\n"):
            self.strays.append(data)


@pytest.mark.parametrize(
    "text",
    [
        "“We will not yield,” she said – again – and left.",
        '"We lit every burner we had," said Ama Boateng, 51.',
        "It's the growers' third night; Smith & Sons paid $5 (or 4.50) for 3 * 4 metres.",
        "AT&T & R&D; fish&chips",
        "No. 1 seed beats No. 2",
        "3.5 million people",
        "2026 was cold",
        "#MeToo marches on",
        "-5 degrees",
        "+3 degrees",
        "The snake_case file and e_mail",
        "He [the minister] said so [sic]",
        "a < b > c, 5 <6, <3",
        "A C:\\folder and a \\ alone \\",
        "Q: why? A: because!",
        "~5 percent",
        "one | two | three",
        "e.g.: this = that",
        "5 * 3 * 2 ** 1",
        "a _ b __ c",
        "(c) (tm) -- ... --- and 1) later",
        "www.example.org, https://example.org/a_b and a@example.org",
        "= 5",
        "café 港口大桥 🚀",
    ],
)
def test_prose_is_not_escaped(text: str) -> None:
    assert paragraph(text) == text
    assert Reader(parsed_html_of(text)).blocks == [("p", text)]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("***", "\\***"),
        ("---", "\\---"),
        ("- - -", "\\- - -"),
        ("_ _ _", "\\_ _ _"),
        ("# One", "\\# One"),
        ("###### Six", "\\###### Six"),
        ("#", "\\#"),
        ("> quoted", "\\> quoted"),
        (">quoted", "\\>quoted"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("* item", "\\* item"),
        ("-", "\\-"),
        ("1. item", "1\\. item"),
        ("12) item", "12\\) item"),
        ("2026.", "2026\\."),
        ("*5 stars", "\\*5 stars"),
        ("*so*", "\\*so\\*"),
        ("**so**", "\\*\\*so\\*\\*"),
        ("_so_ and so_", "\\_so\\_ and so\\_"),
        ("~~so~~", "\\~\\~so\\~\\~"),
        ("~~~", "\\~\\~\\~"),
        ("`so`", "\\`so\\`"),
        ("```", "\\`\\`\\`"),
        ("[x](javascript:alert(1))", "[x\\](javascript:alert(1))"),
        ("![x](y)", "![x\\](y)"),
        ("[x]: https://example.org", "\\[x]: https://example.org"),
        ("<b>so</b>", "\\<b>so\\</b>"),
        ("<!-- so -->", "\\<!-- so -->"),
        ("<https://example.org>", "\\<https://example.org>"),
        ("<5@example.org>", "\\<5@example.org>"),
        ("&amp; &#35; &#x23; &copy;", "\\&amp; \\&#35; \\&#x23; \\&copy;"),
        ("\\*", "\\\\\\*"),
        ("\\\\", "\\\\\\"),
        ("a\\b", "a\\b"),
    ],
)
def test_markup_is_escaped(text: str, markdown: str) -> None:
    assert paragraph(text) == markdown
    assert Reader(parsed_html_of(markdown)).blocks == [("p", text)]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Late bloom", "## Late bloom"),
        ("- Late bloom", "## - Late bloom"),
        ("1. Late bloom", "## 1. Late bloom"),
        ("# Late bloom", "## # Late bloom"),
        ("C#", "## C#"),
        ("Late #", "## Late \\#"),
        ("Late ###", "## Late \\###"),
        ("#", "## \\#"),
        ("*Late*", "## \\*Late\\*"),
    ],
)
def test_a_sub_heading(text: str, markdown: str) -> None:
    assert markdown_of([Block(text=text, level=2)]) == markdown + "\n"
    assert Reader(parsed_html_of(markdown)).blocks == [("h2", text)]


def test_each_block_is_one_line_with_a_blank_line_between() -> None:
    blocks = [Block(text="One."), Block(text="Two", level=2), Block(text="Three."), Block(text="Four", level=3)]
    assert markdown_of(blocks) == "One.\n\n## Two\n\nThree.\n\n### Four\n"
    assert markdown_of(blocks[:1]) == "One.\n"
    assert markdown_of([]) == ""


def test_a_heading_is_never_the_title_and_never_too_low() -> None:
    assert markdown_of([Block(text="One", level=1), Block(text="Nine", level=9)]) == "## One\n\n###### Nine\n"


def test_a_block_is_one_line_whatever_is_in_it() -> None:
    assert paragraph(" \tOne\n\ntwo\r\nthree\u2028four  five \x0b") == "One two three four five"
    assert paragraph("5\u00a0000\u202f€") == "5\u00a0000\u202f€"
    assert markdown_of([Block(text=" \n"), Block(text="\u00a0")]) == ""


# --- the law ---------------------------------------------------------------------------------------------------------

PUNCTUATION = st.sampled_from("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t 1aé\u00a0")
SYNTAX = st.sampled_from(
    ["**", "__", "~~", "```", "](", "]: ", "![", "<b>", "</", "<a@b.c>", "http://x.y", "&amp;", "&#35;", "\\*", "1. ",
     "- ", "## ", " #", "\n", "\r", "\u2028", "\u3000", "\x1f", "“", "😀"]
)  # fmt: skip
MARKS = st.one_of(PUNCTUATION, SYNTAX)
TEXTS = st.one_of(st.lists(MARKS, max_size=25).map("".join), st.text(max_size=40))
BLOCKS = st.lists(st.builds(Block, text=TEXTS, level=st.sampled_from([0, 0, 2])), max_size=4)


def shown(block: Block) -> str:
    """Return the visible text of a block: collapsed space, and no NUL, which browsers do not show."""
    even = re.sub(r"[^\S\u00a0\u2007\u202f]+", " ", block.text)
    return even.strip().replace("\0", "\ufffd")


@given(BLOCKS)
def test_the_rendered_page_shows_the_wire_text(blocks: list[Block]) -> None:
    expected = [("h2" if block.level else "p", shown(block)) for block in blocks if shown(block)]
    for html in (html_of(markdown_of(blocks)), parsed_html_of(markdown_of(blocks))):
        page = Reader(html)
        assert page.blocks == expected
        assert page.strays == []


@given(BLOCKS)
def test_one_line_per_block(blocks: list[Block]) -> None:
    lines = markdown_of(blocks).split("\n")
    assert [bool(line) for line in lines[:-1]] == [n % 2 == 0 for n in range(len(lines) - 1)]
    assert all(line == line.strip() for line in lines)
