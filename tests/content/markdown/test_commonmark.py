"""The CommonMark parser: output, rejected markup, and heading levels."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.markdown.commonmark import parser

TAGS = frozenset(
    ["p", "h2", "h3", "h4", "h5", "h6", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br",
     "a", "img", "table", "thead", "tbody", "tr", "th", "td"]
)  # fmt: skip


def html(markdown: str) -> str:
    """Return the HTML of the parser."""
    return str(parser().render(markdown))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("~~a~~", "<p><s>a</s></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>\n"),
        ("---", "<hr>\n"),
        ("```py\na < b\n```", '<pre><code class="language-py">a &lt; b\n</code></pre>\n'),
        ('[a](/b/ "c")', '<p><a href="/b/" title="c">a</a></p>\n'),
        ("[a]\n\n[a]: /b/", '<p><a href="/b/">a</a></p>\n'),
        ("<https://example.org/>", '<p><a href="https://example.org/">https://example.org/</a></p>\n'),
        ("![a *b*](c.png)", '<p><img src="c.png" alt="a b" loading="lazy"></p>\n'),
        ("[![a](b.png)](/c/)", '<p><a href="/c/"><img src="b.png" alt="a" loading="lazy"></a></p>\n'),
    ],
)
def test_supported_markdown(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


def test_a_table() -> None:
    drawn = html("a | b\n--|-:\nc | d")
    assert drawn.startswith("<table>\n<thead>\n<tr>\n<th>a</th>\n<th")
    assert "<td>c</td>" in drawn


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>\n"),
        ("<div>\n\na\n\n</div>", "<p>&lt;div&gt;</p>\n<p>a</p>\n<p>&lt;/div&gt;</p>\n"),
        ("<!-- a -->", "<p>&lt;!-- a --&gt;</p>\n"),
        ("https://example.org", "<p>https://example.org</p>\n"),
        ("\"a\" -- 'b' (c) ...", "<p>&quot;a&quot; -- 'b' (c) ...</p>\n"),
    ],
)
def test_unsupported_markup_stays_text(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "java&#115;cript:alert(1)", "&#x6A;avascript:alert(1)",
        "javascript&colon;alert(1)", "<javascript:alert(1)>", "< javascript:alert(1)>", "vbscript:a",
        "data:text/html,a",
        "data:image/png;base64,AAAA", "file:///etc/passwd", "blob:a", "intent:a", "a:b",
    ],
)  # fmt: skip
def test_a_link_with_an_unsafe_scheme_is_text(target: str) -> None:
    for markdown in (f"[a]({target})", f"![a]({target})", f"[a]\n\n[a]: {target}"):
        assert "href" not in html(markdown)
        assert "src" not in html(markdown)


def test_an_autolink_that_is_not_safe_is_text() -> None:
    assert html("<javascript:alert(1)>") == "<p>&lt;javascript:alert(1)&gt;</p>\n"


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a:b", "HTTP://example.org", "//example.org", "mailto:a@example.org", "tel:+123", "/a/",
     "a/b:c", "?a=b:c", "#a:b", "../a.png", ""],
)  # fmt: skip
def test_safe_links(target: str) -> None:
    assert re.search(r"<a href=", html(f"[a]({target})"))


@pytest.mark.parametrize(
    ("levels", "drawn"),
    [
        ([1], [2]),
        ([2], [2]),
        ([6], [2]),
        ([1, 2, 3], [2, 3, 4]),
        ([2, 3, 3, 2], [2, 3, 3, 2]),
        ([1, 1, 2], [2, 2, 3]),
        ([2, 4, 4, 3], [2, 3, 3, 3]),
        ([4, 2, 3], [2, 2, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
        ([3, 1, 3, 2], [2, 2, 3, 3]),
    ],
)
def test_levels_of_headings(levels: list[int], drawn: list[int]) -> None:
    assert levels_of("\n".join(f"{'#' * level} a" for level in levels)) == drawn


def levels_of(markdown: str) -> list[int]:
    """Return the levels of rendered headings; start and end tags must match."""
    found = re.findall(r"<h([1-6])>.*?</h([1-6])>", html(markdown))
    assert all(begin == end for begin, end in found)
    return [int(begin) for begin, _ in found]


@given(st.lists(st.integers(1, 6)))
def test_no_level_is_skipped_and_none_is_the_title(levels: list[int]) -> None:
    drawn = levels_of("\n\n".join(f"{'#' * level} a" for level in levels))
    assert len(drawn) == len(levels)
    assert all(level >= 2 for level in drawn)
    assert all(there <= here + 1 for here, there in zip([1, *drawn], drawn, strict=False))


def test_headings_in_quotes_and_underlined_ones_count() -> None:
    assert levels_of("a\n===\n\n> ### b\n\nc\n---") == [2, 3, 3]


def test_the_parser_keeps_no_state() -> None:
    html("[a]: /b/\n\n# c\n\n## d")
    assert html("[a]\n\n### e") == "<p>[a]</p>\n<h2>e</h2>\n"


@given(st.text(st.sampled_from("<>&\"'ab:/()[]!*_`~#\n \\|-1.")))
def test_no_tag_comes_from_the_text(markdown: str) -> None:
    """Every rendered tag is one of Markdown."""
    tags = set(re.findall(r"</?([a-zA-Z0-9]+)", html(markdown)))
    assert tags <= TAGS
