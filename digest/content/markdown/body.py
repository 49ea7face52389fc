"""Markdown bodies: HTML, first paragraph, blocks, images and word count.

Each function asks the fast path first (`fast`). The parser of `commonmark` is imported only for the bodies that the
fast path does not cover.
"""

import re
import string
from collections.abc import Iterable
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.content.markdown import fast

if TYPE_CHECKING:
    from markdown_it.token import Token

    from digest.content.markdown.commonmark import Parser

_WORD = re.compile(r"\w\S*")
_SIGNS = string.punctuation.replace("_", "").encode()
# The common punctuation beyond ASCII, with its size in UTF-8.
_MARKS = {mark: len(mark.encode()) for mark in "“”‘’«»–—…•"}
_ALL_MARKS = _SIGNS + "".join(_MARKS).encode()
_TARGET = re.compile(r"\]\([^\s()]*(?:\s[^()]*)?\)")
_LINE_END = re.compile(r"\r\n?")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+|\s+\Z")
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"')
_SPACE = re.compile(r"[ \t\n]+")
_TEXTS = frozenset(("text", "text_special", "code_inline"))
_BREAKS = frozenset(("softbreak", "hardbreak"))


def html_of(markdown: str) -> str:
    """Return the HTML of a body: block elements, each followed by a line feed."""
    html = fast.html_of(markdown)
    return html if html is not None else parsed_html_of(markdown)


def parsed_html_of(markdown: str) -> str:
    """Return the HTML of a body from the parser; the fast path must give the same bytes."""
    return str(_parser().render(markdown))


def first_paragraph_of(markdown: str) -> str:
    """Return the first non-empty paragraph outside lists, quotes and tables as plain text on one line, or ""."""
    first = markdown.partition("\n\n")[0]
    # A block does not depend on later text, except for link references.
    has_references = "]" in markdown and "]:" in markdown
    if first and not first.startswith("## ") and not has_references and fast.blocks_of(first) == (first,):
        return fast.plain_text_of(first)
    plain = fast.blocks_of(markdown)
    if plain is not None:
        return next((fast.plain_text_of(block) for block in plain if not block.startswith("## ")), "")
    parser, (tokens, env) = _parser(), _blocks(markdown)
    for before, inline in pairwise(tokens):
        if before.type == "paragraph_open" and before.level == 0:
            children: list[Token] = []
            parser.inline.parse(inline.content, parser, env, children)
            if text := _SPACE.sub(" ", "".join(_texts(children))).strip():
                return text
    return ""


def paragraphs_of(markdown: str) -> tuple[str, ...]:
    """Return the source of each top-level block, in order, without the blank lines around it.

    Link reference definitions count as blocks, so that only blank lines are left out.
    """
    plain = fast.blocks_of(markdown)
    if plain is not None:
        return plain
    tokens, _ = _blocks(markdown)
    lines = _LINE_END.sub("\n", markdown).split("\n")
    edges = {0, len(lines)}.union(*(token.map for token in tokens if token.level == 0 and token.map))
    blocks = (_BLANK_LINES.sub("", "\n".join(lines[start:stop])) for start, stop in pairwise(sorted(edges)))
    return tuple(block for block in blocks if block)


def images_in(markdown: str) -> tuple[tuple[str, str, int], ...]:
    """Return the images of a body in order: URL as in the HTML, alternative text, line of its block counted from 0.

    The line is 0 unless some image of the body lacks an alternative text: only then is it needed, for an issue.
    """
    if "]" not in markdown or "![" not in markdown:
        return ()
    html = fast.html_of_texts_with(markdown, "![")
    if html is not None:
        images = [(unescape(image[1]), unescape(image[2]).strip(), 0) for image in _IMAGE.finditer(html)]
        if all(alt for _, alt, _ in images):
            return tuple(images)
    return tuple(
        (str(token.attrs["src"]), token.content.strip(), block.map[0] if block.map else 0)
        for block in _parser().parse(markdown)
        for token in block.children or ()
        if token.type == "image"
    )


def count_words(markdown: str) -> int:
    """Return the approximate number of words in a body: runs with a letter or digit. Link targets do not count."""
    text = _TARGET.sub("]", markdown) if "]" in markdown and "](" in markdown else markdown
    data = text.encode(errors="surrogatepass")
    extra_bytes = len(data) - len(text)
    if extra_bytes and extra_bytes != sum(
        text.count(mark) * (size - 1) for mark, size in _MARKS.items() if mark in text
    ):
        return len(_WORD.findall(text))
    # Remove punctuation and split: much faster than a regular expression, with the same count for these characters.
    return len(data.translate(None, _ALL_MARKS if extra_bytes else _SIGNS).split())


def _parser() -> "Parser":
    from digest.content.markdown.commonmark import parser  # noqa: PLC0415 - most runs need no parser, and it imports slowly

    return parser()


def _blocks(markdown: str) -> "tuple[list[Token], dict[str, object]]":
    """Return the block tokens of a text with unparsed inline content, and the environment with the link references."""
    parser, tokens = _parser(), list["Token"]()
    env: dict[str, object] = {}
    parser.block.parse(_LINE_END.sub("\n", markdown).replace("\0", "\ufffd"), parser, env, tokens)
    return tokens, env


def _texts(tokens: "Iterable[Token]") -> Iterable[str]:
    for token in tokens:
        if token.type in _TEXTS:
            yield token.content
        elif token.type in _BREAKS:
            yield " "
