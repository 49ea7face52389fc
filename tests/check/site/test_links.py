"""Checks of a single page: well-formedness, headings, images, language."""

import pytest

from digest.check.html.page import HtmlPage
from digest.check.html.tokenizer import attributes_of, tags
from digest.check.site.page_checks import page_findings
from tests.check.pages import HEAD, codes_in, found_in, page_of

VALID = (
    "<p>words",
    "<p>one<p>two<div>three</div>",
    "<ul><li>one<li>two</ul>",
    "<table><caption>c<thead><tr><th>a<th>b<tbody><tr><td>1<td>2</table>",
    "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
    "<select><option>a<option>b</select>",
    "<br><hr><img src=x alt=y width=1 height=1>",
    '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
    "<script>if (1 < 2) document.write('<b>')</script>",
    "<!-- <b> --><p>words</p>",
    '<p title="a > b">words</p>',
    "<textarea><b></textarea>",
    "<p>1 < 2</p>",
)


@pytest.mark.parametrize("body", VALID)
def test_valid_html_has_no_finding(body: str) -> None:
    assert codes_in(body) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<div>words", "`<div>` is never closed"),
        ("words</div>", "`</div>` closes no open element"),
        ("<p><b>words</p>", "`<b>` is never closed"),
        ("<p><div>words</div></p>", "`</p>` closes no open element"),
        ("<div/>words", "`<div>` is never closed"),
        ('<p id="a" id="b">words</p>', "`<p>` has the attribute `id` twice"),
        ('<p id="a">one</p><p id=a>two</p>', "the id `a` is already used by another element"),
    ],
)
def test_invalid_html_is_found_with_its_place(body: str, message: str) -> None:
    (found,) = found_in(body)
    assert (found.code, found.message) == ("html-malformed", message)
    page = page_of(body)
    assert page.text.splitlines()[found.line - 1][found.column - 1] == "<"


def test_a_page_needs_a_doctype_and_a_title() -> None:
    found = page_findings(HtmlPage("x.html", '<html lang="en"><h1>x</h1></html>'))
    assert [f.message for f in found] == [
        "the page does not begin with `<!doctype html>`",
        "the page has no title",
    ]


def test_tag_and_attribute_names_are_case_insensitive() -> None:
    (tag, end) = tags("<P ID=a Class='b c' Hidden data-x=\"&amp;\">words</p>")
    assert (tag.name, end.name, end.closes) == ("p", "p", True)
    assert attributes_of(tag.raw).values == {"id": "a", "class": "b c", "hidden": "", "data-x": "&"}


def test_an_unterminated_tag_is_ignored() -> None:
    assert list(tags("words <p class='x")) == []
    assert [t.name for t in tags("<title>never ends <b>")] == ["title"]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("<h2>a</h2><h3>b</h3><h2>c</h2>", []),
        ("<h3>a</h3>", ["heading-order"]),
        ("<h2>a</h2><h4>b</h4>", ["heading-order"]),
        ("<h1>again</h1>", ["heading-order"]),
        ("<h2> <span></span></h2>", ["heading-empty"]),
    ],
)
def test_headings_form_an_outline(body: str, codes: list[str]) -> None:
    assert codes_in(body) == codes


def test_a_page_without_an_h1() -> None:
    assert [f.code for f in page_findings(HtmlPage("x.html", HEAD + "<body><p>x</body></html>"))] == ["heading-order"]


def test_a_redirect_needs_no_heading() -> None:
    page = HtmlPage("x.html", HEAD.replace("<title>", '<meta http-equiv="refresh" content="0; url=/"><title>'))
    assert list(page_findings(page)) == []


@pytest.mark.parametrize(
    ("image", "codes"),
    [
        ('src="a.png" alt="A hen" width="3" height="2"', []),
        ('src="a.png" width="3" height="2"', ["image-alt"]),
        ('src="a.png" alt="" width="3" height="2"', []),
        ('src="a.png" alt="A hen"', ["image-size"]),
        ('src="a.png" alt="A hen" width="3"', ["image-size"]),
    ],
)
def test_images_need_alt_and_size(image: str, codes: list[str]) -> None:
    assert codes_in(f"<img {image}>") == codes


@pytest.mark.parametrize(
    ("root", "wrong"),
    [
        ('lang="en"', False),
        ('lang="pt-BR" dir="ltr"', False),
        ('lang="ar" dir="rtl"', False),
        ('lang="ar"', True),
        ('lang="fr" dir="rtl"', True),
        ("", True),
        ('lang="english"', True),
    ],
)
def test_a_page_has_a_language_and_direction(root: str, wrong: bool) -> None:
    page = HtmlPage(
        "x.html", f"<!doctype html><html {root}><head><title>x</title></head><body><h1>x</h1></body></html>"
    )
    assert [f.code for f in page_findings(page)] == (["html-language"] if wrong else [])


def test_hreflang_is_a_language_tag() -> None:
    link = '<link rel="alternate" hreflang="{}" href="/fr/"><title>'
    for language, codes in (("fr", []), ("x-default", []), ("french!", ["html-language"])):
        page = HtmlPage("x.html", HEAD.replace("<title>", link.format(language)) + "<body><h1>x</h1></body></html>")
        assert [f.code for f in page_findings(page)] == codes
