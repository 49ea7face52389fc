"""Bodies: HTML, first paragraph, blocks, images and word count."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content.markdown.body import (
    count_words,
    first_paragraph_of,
    html_of,
    images_in,
    paragraphs_of,
    parsed_html_of,
)
from digest.content.markdown.fast.wire import plain_blocks_of, plain_html_of, plain_text_of


def test_plain_and_rich_text_give_html() -> None:
    assert html_of("One.\n\n## Two\n") == "<p>One.</p>\n<h2>Two</h2>\n"
    assert html_of("*One.*\n\n# Two\n") == "<p><em>One.</em></p>\n<h2>Two</h2>\n"
    assert html_of("") == ""


def test_plain_text_does_not_import_the_parser() -> None:
    """The parser is imported only when a text needs it, so a site of wire text starts faster."""
    code = (
        "import sys, digest.content.markdown.body as m;"
        "m.html_of('One.'); m.first_paragraph_of('One.'); m.paragraphs_of('One.');"
        "print('markdown_it' in sys.modules); m.html_of('*One.'); print('markdown_it' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One.\n\nTwo.", "One."),
        ("## Heading\n\nOne\ntwo.", "One two."),
        ("\\*One\\* & \\<b>\n\nTwo.", "*One* & <b>"),
        ("## Heading", ""),
        ("", ""),
        ('*One* **two** `three` [four](/a/ "b") ~~five~~\n\nSix.', "One two three four five"),
        ("One  \ntwo\\\nthree &amp; four \\*", "One two three & four *"),
        ("# Heading\n\n- item\n\n> quote\n\n    code\n\nOne *two*.", "One two."),
        ("![a](b.png)\n\nOne.", "One."),
        ("![a](b.png) One.", "One."),
        ("[One][a] two.\n\n[a]: /b/", "One two."),
        ("[a]: /b/\n\nOne.", "One."),
        ("[One] two.\n\nThree.\n\n[one]: /b/", "One two."),
        ("[One] two.\n\nThree.", "[One] two."),
        ("\n\nOne.\n\nTwo.", "One."),
        ("One.\n===\n\nTwo.", "Two."),
        ("Head\n====\n\nOne.", "One."),
        ("a | b\n--|--\nc | d\n\nOne.", "One."),
        ("- item\n\n  still the item\n\nOne.", "One."),
        ("```\ncode\n\ncode\n```\nOne.", "One."),
        ("<b>One</b>\r\ntwo.\r\n\r\n*Three*", "<b>One</b> two."),
        ("*5\u00a0000*", "5\u00a0000"),
        ("- item", ""),
    ],
)
def test_the_first_paragraph(markdown: str, text: str) -> None:
    assert first_paragraph_of(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("", ()),
        ("\n\n", ()),
        ("One.\n\n\nTwo\nthree.\n", ("One.", "Two\nthree.")),
        ("## One\n\nTwo", ("## One", "Two")),
        ("# One\nTwo\n***\nThree *four*", ("# One", "Two", "***", "Three *four*")),
        ("- a\n\n  b\n- c\n\n\nd", ("- a\n\n  b\n- c", "d")),
        ("```\na\n\nb\n```\n\nc", ("```\na\n\nb\n```", "c")),
        ("    a\n\n    b\n\nc", ("    a\n\n    b", "c")),
        ("*a*\n\n[b]: /c/\n\nd", ("*a*", "[b]: /c/", "d")),
        ("> a\n\n> b\n\n| a |\n|---|\n| b |\n", ("> a", "> b", "| a |\n|---|\n| b |")),
        ("*a*\r\n\r\nb\r\n", ("*a*", "b")),
        ("*a*  \n  \n   b  ", ("*a*", "   b")),
    ],
)
def test_the_blocks(markdown: str, blocks: tuple[str, ...]) -> None:
    assert paragraphs_of(markdown) == blocks


LINES = st.sampled_from(
    ["One.", "Two *three* four.", "## Five", "# Six", "- a", "  b", "1. c", "> d", "```", "    e", "---", "", "", "",
     "[f]: /g/", "a | b", "--|--", "\\*h\\*", "<b>", " i", "j  "]
)  # fmt: skip
BODIES = st.lists(LINES, max_size=12).map("\n".join)


@given(BODIES)
def test_blocks_are_the_body_without_blank_lines(markdown: str) -> None:
    kept = [line for block in paragraphs_of(markdown) for line in block.split("\n") if line.strip()]
    assert [line.rstrip() for line in kept] == [line.rstrip() for line in markdown.split("\n") if line.strip()]


@given(BODIES.filter(lambda markdown: "```" not in markdown))
def test_joined_blocks_render_as_the_same_body(markdown: str) -> None:
    assert paragraphs_of("\n\n".join(paragraphs_of(markdown))) == paragraphs_of(markdown)


@given(BODIES)
def test_the_fast_path_gives_the_same_blocks_and_first_paragraph(markdown: str) -> None:
    """A target that nothing points to hides the text from the short cut, and shows nothing."""
    if plain_html_of(markdown) is None:
        return
    hidden = f"{markdown}\n\n[hidden]: /target/"
    assert plain_html_of(hidden) is None
    assert paragraphs_of(hidden) == (*paragraphs_of(markdown), "[hidden]: /target/")
    assert first_paragraph_of(hidden) == first_paragraph_of(markdown)
    assert parsed_html_of(hidden) == html_of(markdown)


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("One – two -- three * four & 5", 5),
        ("It's a well-known 5,000 km, he said.", 7),
        ("## One\n\n- two\n- three\n\n> four", 4),
        ('[One two](https://example.org/three/four "five") six', 3),
        ("![](a.png) one", 1),
        ("*One* \\*two\\*", 2),
        ("Été 港口", 2),
        ("***\n\n---", 0),
    ],
)
def test_words(markdown: str, count: int) -> None:
    assert count_words(markdown) == count


@given(st.text())
def test_any_text_is_accepted(markdown: str) -> None:
    assert html_of(markdown) == parsed_html_of(markdown)
    assert first_paragraph_of(markdown) == first_paragraph_of(markdown).strip()
    assert all(block.strip() for block in paragraphs_of(markdown))
    assert count_words(markdown) >= 0


@given(
    st.lists(
        st.sampled_from(["One", " ", "\n", "\n\n", "## ", "[a]", "]: /b", "*", "- ", "\\", "&amp;", "=="]), max_size=12
    )
)
def test_the_first_paragraph_equals_that_of_the_whole_text(parts: list[str]) -> None:
    markdown = "".join(parts)
    plain = plain_blocks_of(markdown)
    if plain is not None:
        found = next((plain_text_of(block) for block in plain if not block.startswith("## ")), "")
        assert first_paragraph_of(markdown) == found


@given(st.text(alphabet="ab_9é –—“”'*.,|#\n\t\u00a0\u2003-]()[", max_size=60))
def test_words_are_runs_with_a_letter_digit_or_underscore(text: str) -> None:
    runs = re.sub(r"\]\([^\s()]*(?:\s[^()]*)?\)", "]", text).split()
    assert count_words(text) == sum(any(c.isalnum() or c == "_" for c in run) for run in runs)


@pytest.mark.parametrize(
    ("markdown", "images"),
    [
        ("No picture.", ()),
        ('A ![cat & dog](/a.png) and ![b](c/d.jpg "e").', (("/a.png", "cat & dog", 0), ("c/d.jpg", "b", 0))),
        ("`![a](/b.png)`\n\n```\n![c](/d.png)\n```", ()),
        ("One.\n\n![](/a.png)\n\n![b](/c.png)", (("/a.png", "", 2), ("/c.png", "b", 4))),
        ("![a](/b.png?c=1&d=2)", (("/b.png?c=1&d=2", "a", 0),)),
        ("[![a](/b.png)](/c/)\n\n<b>", (("/b.png", "a", 0),)),
    ],
)
def test_the_pictures_of_a_body(markdown: str, images: tuple[tuple[str, str, int], ...]) -> None:
    assert images_in(markdown) == images
