"""Fast path for wire text: supported and unsupported Markdown, and equality with the parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.markdown.body import parsed_html_of
from digest.content.markdown.escape import markdown_of
from digest.content.markdown.fast.wire import plain_blocks_of, plain_html_of, plain_text_of
from digest.model import Block


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        ("\n\n", ""),
        ("One.", "<p>One.</p>\n"),
        ("One.\n\nTwo.\n", "<p>One.</p>\n<p>Two.</p>\n"),
        ("\n\nOne.\n\n\n\nTwo.\n\n", "<p>One.</p>\n<p>Two.</p>\n"),
        ("One\ntwo.", "<p>One\ntwo.</p>\n"),
        ("## One\n\nTwo.\n\n## C#\n", "<h2>One</h2>\n<p>Two.</p>\n<h2>C#</h2>\n"),
        ('A & B < "C"', "<p>A &amp; B &lt; &quot;C&quot;</p>\n"),
        ('\\*so\\* \\& \\<b> \\"', "<p>*so* &amp; &lt;b&gt; &quot;</p>\n"),
        ("\\## One", "<p>## One</p>\n"),
        ("5 * 3, a_b, [sic], ~5, \\a \\", "<p>5 * 3, a_b, [sic], ~5, \\a \\</p>\n"),
        ("#MeToo\n\n2026 is 3.5", "<p>#MeToo</p>\n<p>2026 is 3.5</p>\n"),
    ],
)
def test_supported_markdown(markdown: str, html: str) -> None:
    assert plain_html_of(markdown) == html
    assert parsed_html_of(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "*so*", "_so_", "`so`", "~~so~~", "[x](y)", "[x]: y", "<https://example.org>", "&amp;", "&#35;", "- item",
        "1. item", "2) item", "+ item", "> quote", "# One", "### Three", "## One ##", "##", "## #", "One\n## Two",
        "## One\nTwo", "One\n===", "One\n---", "***", "    code", "```", "a | b\n- | -", "One  \ntwo", "One\\\ntwo",
        " One", "One\t\ntwo", "One\r\ntwo", "One\0", "\u00a0One", "One\u3000", "\ue02a \\*",
    ],
)  # fmt: skip
def test_unsupported_markdown_returns_none(markdown: str) -> None:
    assert plain_html_of(markdown) is None
    assert plain_blocks_of(markdown) is None


def test_the_blocks_are_the_source_between_blank_lines() -> None:
    assert plain_blocks_of("\nOne\ntwo.\n\n\n## Three\n\n\\*Four\n") == ("One\ntwo.", "## Three", "\\*Four")
    assert plain_blocks_of("") == ()
    assert plain_blocks_of("*One*") is None


def test_the_text_of_a_block_is_what_a_reader_sees() -> None:
    assert plain_text_of("\\*One\\* & \\\\ \\a\ntwo") == "*One* & \\ \\a two"


def test_escaped_wire_text_is_supported() -> None:
    blocks = [Block(text=text) for text in ("- - -", "# x", "<b>*so*</b>", "[x](y)", "1. x", "AT&T", "`a` ~~b~~ &amp;")]
    assert plain_html_of(markdown_of(blocks)) is not None


PUNCTUATION = st.sampled_from("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\t 1aé\u00a0\n")
SYNTAX = st.sampled_from(
    ["\n\n", "\n\n", "\n\n## ", "\n\nWords ", " words", "\\*", "\\&", "**", "~~", "](", "]:", "<a", "&amp;", "1. ",
     "\x1f", "\r", "\0", "\ue02a", "\u3000", "\u2028", "  \n", "\\\n", "---", "===", " #\n\n"]
)  # fmt: skip
MARKS = st.one_of(PUNCTUATION, SYNTAX)
TEXTS = st.lists(MARKS, max_size=30).map("".join)
PROSE = st.lists(
    st.sampled_from(["so ", "AT&T ", '"no" ', "a_b ", "5 * 3 ", "\\*x ", "[sic] ", "end.\n\n", "end\n", "## H\n\n"])
)


@given(st.one_of(TEXTS, PROSE.map("".join), st.text()))
def test_the_bytes_equal_those_of_the_parser(markdown: str) -> None:
    html = plain_html_of(markdown)
    if html is not None:
        assert html == parsed_html_of(markdown)


@given(PROSE.map("".join))
def test_blocks_and_elements_are_as_many(markdown: str) -> None:
    blocks = plain_blocks_of(markdown)
    if blocks is not None:
        assert len(blocks) == parsed_html_of(markdown).count("</p>") + parsed_html_of(markdown).count("</h2>")
