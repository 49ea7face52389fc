"""Fast path for hand-written blocks: supported and unsupported Markdown, and equality with the parser."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.content.markdown.body import first_paragraph_of, html_of, images_in, paragraphs_of, parsed_html_of
from digest.content.markdown.fast.blocks import blocks_html_of, texts_html_of
from digest.speedups import VARIABLE

SPEEDUP = "markdown-fast-path"
SAMPLES = (
    "One.\n\n## Two\n\nThree & four.\n",
    "# A\n\n- *b* `c`\n- [d](/e/)\n\n> f\n\n![g](h.jpg)\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx < y\n```\n",
    "<b>raw</b> [ref]\n\n[ref]: https://example.org/\n",
)

BLOCKS = [
    "One.", "One\ntwo.", "*One* two", "**One**\n**two**", "# One", "###### One *two*", "## One\nTwo",
    "# One\n## Two\nThree",
    "- one\n- *two*", "* one", "+ one\n+ two", "1. one\n2. two", "0) one", "7. one\n7. two", "003. one",
    "> one", "> one\n> *two*", "```\na < b\n\n\n  c\n```", "```py\n```", "| a | b |\n| --- | :-: |\n| c | d |",
    "| a | b |\n|:--|--:|", "|a|\n|-|\n| b | c |", "| a | b |\n| - | - |\n| `c` |", "---", "***", "___",
    "\\*One\\* & \\<b\\>", "#MeToo", "2026 is a year", "",
]  # fmt: skip


@pytest.mark.parametrize("markdown", BLOCKS)
def test_supported_markdown(markdown: str) -> None:
    html = blocks_html_of(markdown)
    assert html is not None
    assert html == parsed_html_of(markdown)


def test_the_elements_of_a_body() -> None:
    body = "# One\n\n- a\n- b\n\n1. c\n\n> d\n\n| e |\n| - |\n\n---\n\n```\nf\n```\n"
    assert blocks_html_of(body) == (
        "<h2>One</h2>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n"
        "<blockquote>\n<p>d</p>\n</blockquote>\n"
        "<table>\n<thead>\n<tr>\n<th>e</th>\n</tr>\n</thead>\n</table>\n<hr>\n<pre><code>f\n</code></pre>\n"
    )


def test_levels_of_headings_follow_the_headings_above() -> None:
    assert blocks_html_of("### a\n\n# b\n\n### c\n\n## d") == "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n<h3>d</h3>\n"


@pytest.mark.parametrize(
    "markdown",
    [
        "- one\n\n- two", "- one\n  two", "- one\n\n  two", "- - one", "- # one", "- > one", "- ```\n  one\n  ```",
        "-", "- ",
        "- one\n* two", "1. one\n2) two", "1. one\n\n2. two", "- one\nlazy", "> one\nlazy", "> # one", "> - one",
        ">one",
        "    one", " one", "one\n    two", "one  \ntwo", "one\\\ntwo", "one\n- two", "one\n# two", "one\n> two",
        "one\n===",
        "one\n---", "# one #", "#", "```\none", "~~~\none\n~~~", "```a b\n```", "```\n\\*\n```", "one\n```\ntwo\n```",
        "a | b\n- | -", "| a |\n| b |", "| a |\n| - | - |", "| a |", "| a |\n| - |\nb", "[a]: /b", "a\rb", "a\0b",
        "a\ue000b",
        "* * *", "- - -", "__ __ __", "*a", "[a](", "<b>", "&amp;", "\u00a0one",
    ],
)  # fmt: skip
def test_unsupported_markdown_returns_none(markdown: str) -> None:
    assert blocks_html_of(markdown) is None
    assert html_of(markdown) == parsed_html_of(markdown)


SPANS = st.sampled_from(
    ["a", "b c", "Word", "*so*", "**so**", "_so_", "__so__", "`co de`", "~~no~~", "[a b](/c/)", '![p q](/b.png "t")',
     "[*a*](https://x.org/?a=1&b=2)", "<https://a.b/c>", "“x”", "*x.*", "**“x”**", "5 * 3", "a_b", "AT&T", "a < b",
     "\\*", "\\_", "x\ny", "x\n*y* z", "**a `b` [c](d/e)**", "é", "*a\nb*", "[a\nb](/c)", "$1", "(**x**)", "“*x*”,",
     "*", "_", "`", "[", "]", "](", "[sic]", "<b>", "&amp;", "|", "![*a*](b)", "***a***", "\\`", "~~", "!", "#"]
)  # fmt: skip
PHRASES = st.tuples(st.sampled_from(["", " "]), st.lists(SPANS, min_size=1, max_size=5)).map(
    lambda two: two[0].join(two[1])
)


def lines(marker: str) -> st.SearchStrategy[str]:
    """One to three lines that begin in one way."""
    return st.lists(PHRASES, min_size=1, max_size=3).map(lambda texts: "\n".join(marker + text for text in texts))


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Rows of cells, not always as many."""
    width = draw(st.integers(1, 3))
    cells = st.lists(PHRASES.map(lambda text: text.replace("\n", " ")), min_size=1, max_size=4)
    rows = draw(st.lists(cells, min_size=1, max_size=3))
    marks = draw(st.lists(st.sampled_from([" --- ", "--:", ":-", " :-: "]), min_size=width, max_size=width))
    head, *rest = ("|" + "|".join(row) + "|" for row in [[*rows[0], *"abc"][:width], *rows[1:]])
    return "\n".join((head, "|" + "|".join(marks) + "|", *rest))


CODE = st.lists(st.sampled_from(["x", "", "  y < z", "\\*", "~~~", "``"]), max_size=3).map(
    lambda code: "\n".join(("```py", *code, "```"))
)
BODIES = st.lists(
    st.one_of(
        PHRASES, *map(lines, ["# ", "### ", "- ", "* ", "+ ", "1. ", "2. ", "3) ", "> ", ""]), tables(), CODE,
        st.sampled_from(["---", "***", "- - -", "===", "    x", "- a\n\n- b", "> a\n\n> b", "- a\n  b"]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
BETWEEN = st.sampled_from(["\n\n", "\n\n\n", "\n"])


@given(BODIES, BETWEEN)
@example(["- a", "* b"], "\n\n")
@example(["1. a", "- b", "2. c"], "\n\n")
def test_the_bytes_equal_those_of_the_parser(blocks: list[str], between: str) -> None:
    markdown = between.join(blocks)
    html = blocks_html_of(markdown)
    if html is not None:
        assert html == parsed_html_of(markdown)


@given(BODIES, BETWEEN)
@example(["![a](/b.png)", "*c"], "\n\n")
def test_images_are_found_beside_unsupported_markdown(blocks: list[str], between: str) -> None:
    markdown = between.join(blocks)
    html = texts_html_of(markdown, "![")
    if html is not None:
        assert re.findall("<img .*?>", html) == re.findall("<img .*?>", parsed_html_of(markdown))


@given(
    st.lists(st.one_of(st.sampled_from("*_`~[]()!<>|#-+.:1a \n\t\\&\"'=”é\u00a0\ue000"), SPANS), max_size=30).map(
        "".join
    )
)
def test_any_text_gives_the_same_bytes_as_the_parser(markdown: str) -> None:
    html = blocks_html_of(markdown)
    if html is not None:
        assert html == parsed_html_of(markdown)


def test_the_switch_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SPEEDUP)
    slow = [results(text) for text in SAMPLES]
    monkeypatch.delenv(VARIABLE)
    assert slow == [results(text) for text in SAMPLES]


def results(markdown: str) -> tuple[object, ...]:
    """Everything that is read from a body; the line of an image with alternative text is not specified."""
    images = [(src, alt) for src, alt, _ in images_in(markdown)]
    return html_of(markdown), first_paragraph_of(markdown), paragraphs_of(markdown), images
