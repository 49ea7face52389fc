"""Fast path for inline Markdown: supported and ambiguous spans."""

import pytest

from digest.content.markdown.body import parsed_html_of
from digest.content.markdown.fast.inlines import NeedsParserError, escape_html, inline_html_of, inlines_html_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** _c_ __d__ ~~e~~ `f`",
         "<em>a</em> <strong>b</strong> <em>c</em> <strong>d</strong> <s>e</s> <code>f</code>"),
        ("**a _b_ `*c*`**", None),
        ("**a _b_ `c`**", "<strong>a <em>b</em> <code>c</code></strong>"),
        ("[a *b*](/c/)", '<a href="/c/">a <em>b</em></a>'),
        ('[a](/c/ "d < e")', '<a href="/c/" title="d &lt; e">a</a>'),
        ("![a & b](c.png)", None),
        ("![a b](/c.png)", '<img src="/c.png" alt="a b" loading="lazy">'),
        ("[a](https://example.org/?b=1&c=2#d)", '<a href="https://example.org/?b=1&amp;c=2#d">a</a>'),
        ("[a](https://example.org)", '<a href="https://example.org">a</a>'),
        ("[a](mailto:b@example.org)", '<a href="mailto:b@example.org">a</a>'),
        ("[a](b/c_d_e)", '<a href="b/c_d_e">a</a>'),
        ("<https://example.org/a>", '<a href="https://example.org/a">https://example.org/a</a>'),
        ("“*a*,” (**b**); _c_!", "“<em>a</em>,” (<strong>b</strong>); <em>c</em>!"),
        ('5 * 3 < "20" & a_b [sic]', "5 * 3 &lt; &quot;20&quot; &amp; a_b [sic]"),
        ("`a < b`", "<code>a &lt; b</code>"),
    ],
)  # fmt: skip
def test_supported_spans(text: str, html: str | None) -> None:
    if html is None:
        with pytest.raises(NeedsParserError):
            inline_html_of(text)
    else:
        assert inline_html_of(text) == html
        assert parsed_html_of(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "*a", "a*", "a*b*", "*a*b", "*a *", "* a*", "***a***", "*a **b** c*", "**a*", "_a b", "~~a", "`a", "``a``",
        "` a `",
        "[a](javascript:b)", "[a](b c)", "[a]( b )", "[a](<b>)", "[a](b", "[a](//b)", "[a](b:c)", "[a](https://B.org/)",
        "[a](/b%zz)", "[a](/b&amp;c)", "[[a](/b)]", "[a [b](/c) d](/e)", "[![a](b.png)](/c)", "![*a*](/b.png)",
        "![a](x:y)",
        "[<https://a.b/c>](/d)", "<b>", "</b>", "<!-- a -->", "<a@b.c>", "&amp;", "&#42;", "a\\\nb", "[a]: b",
        "*a [b* c](/d)",
        "[a](/b 'c')", "*a `b* c`", "**[a]**(/b)](/c)",
    ],
)  # fmt: skip
def test_ambiguous_spans_raise(text: str) -> None:
    with pytest.raises(NeedsParserError):
        inline_html_of(text)


def test_texts_of_several_blocks_are_rendered_together() -> None:
    assert inlines_html_of(["*a*", "", "b < c", "[d](/e/)"]) == ["<em>a</em>", "", "b &lt; c", '<a href="/e/">d</a>']
    assert inlines_html_of(["[a](/b/)", "[sic]"]) == ['<a href="/b/">a</a>', "[sic]"]
    assert inlines_html_of([]) == []


@pytest.mark.parametrize("texts", [["*a", "b*"], ["[a", "b](/c/)"], ["`a", "b`"], ["**a", "b** *c*"], ["[a](/b/) [c]"]])
def test_no_span_crosses_blocks(texts: list[str]) -> None:
    with pytest.raises(NeedsParserError):
        inlines_html_of(texts)


def test_escaping() -> None:
    assert escape_html('<a href="b">&c</a>') == "&lt;a href=&quot;b&quot;&gt;&amp;c&lt;/a&gt;"
    assert escape_html("a 'b'") == "a 'b'"
