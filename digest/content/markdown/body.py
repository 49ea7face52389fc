"""Markdown bodies: their HTML, their first paragraph, their words, their blocks.

What the wire said is paragraphs and sub-headings; these take the short cut of `plain`. What an editor wrote mostly
takes that of `blocks`. For all else there is the parser of `commonmark`, which is imported only then.
"""

import re
import string
from collections.abc import Iterable
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.content.markdown.fast_blocks import blocks_html_of, texts_html_of
from digest.content.markdown.fast_wire import plain_blocks_of, plain_html_of, plain_text_of

if TYPE_CHECKING:
    from markdown_it.token import Token

    from digest.content.markdown.commonmark import Parser

_WORD = re.compile(r"\w\S*")
_SIGNS = string.punctuation.replace("_", "").encode()
# Beyond ASCII, marks that most texts have, and no other such character; each takes so many bytes in UTF-8.
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
    """The HTML of a body: block elements, each with a line feed behind it."""
    html = plain_html_of(markdown)
    if html is None:
        html = blocks_html_of(markdown)
    return html if html is not None else parsed_html_of(markdown)


def parsed_html_of(markdown: str) -> str:
    """The same by the parser alone: the measure of the short cuts."""
    return str(_parser().render(markdown))


def first_paragraph_of(markdown: str) -> str:
    """The first paragraph with a text, standing in no list, quote or table: plain text on one line, or empty."""
    first = markdown.partition("\n\n")[0]
    # A block is what it is whatever follows, unless a link in it finds its target further down.
    further = "]" in markdown and "]:" in markdown
    if first and not first.startswith("## ") and not further and plain_blocks_of(first) == (first,):
        return plain_text_of(first)
    plain = plain_blocks_of(markdown)
    if plain is not None:
        return next((plain_text_of(block) for block in plain if not block.startswith("## ")), "")
    parser, (tokens, env) = _parser(), _blocks(markdown)
    for before, inline in pairwise(tokens):
        if before.type == "paragraph_open" and before.level == 0:
            children: list[Token] = []
            parser.inline.parse(inline.content, parser, env, children)
            if text := _SPACE.sub(" ", "".join(_texts(children))).strip():
                return text
    return ""


def paragraphs_of(markdown: str) -> tuple[str, ...]:
    """The source of each top-level block, in order, without the blank lines around it.

    Link targets stand between blocks and show nothing; they are blocks here too, so that nothing but blank lines is
    left out.
    """
    plain = plain_blocks_of(markdown)
    if plain is not None:
        return plain
    tokens, _ = _blocks(markdown)
    lines = _LINE_END.sub("\n", markdown).split("\n")
    edges = {0, len(lines)}.union(*(token.map for token in tokens if token.level == 0 and token.map))
    blocks = (_BLANK_LINES.sub("", "\n".join(lines[start:stop])) for start, stop in pairwise(sorted(edges)))
    return tuple(block for block in blocks if block)


def images_in(markdown: str) -> tuple[tuple[str, str, int], ...]:
    """The pictures of a body in order: address as the HTML has it, the words for it, line from 0 of its block.

    The line is looked for, and is other than 0, only in a body with a picture that has no words.
    """
    if "]" not in markdown or "![" not in markdown:
        return ()
    html = texts_html_of(markdown, "![")
    if html is not None:
        found = [(unescape(image[1]), unescape(image[2]).strip(), 0) for image in _IMAGE.finditer(html)]
        if all(words for _, words, _ in found):
            return tuple(found)
    return tuple(
        (str(token.attrs["src"]), token.content.strip(), block.map[0] if block.map else 0)
        for block in _parser().parse(markdown)
        for token in block.children or ()
        if token.type == "image"
    )


def count_words(markdown: str) -> int:
    """How many words a body has, roughly: runs with a letter or a digit in them; the targets of links do not count."""
    text = _TARGET.sub("]", markdown) if "]" in markdown and "](" in markdown else markdown
    data = text.encode(errors="surrogatepass")
    more = len(data) - len(text)
    if more and more != sum(text.count(mark) * (size - 1) for mark, size in _MARKS.items() if mark in text):
        return len(_WORD.findall(text))
    # A run of nothing but marks is not there at all without them: splitting is much faster than looking for words.
    return len(data.translate(None, _ALL_MARKS if more else _SIGNS).split())


def _parser() -> "Parser":
    from digest.content.markdown.commonmark import parser  # noqa: PLC0415 - most runs need no parser, and it imports slowly

    return parser()


def _blocks(markdown: str) -> "tuple[list[Token], dict[str, object]]":
    """The block tokens of a text, its inline content not yet parsed, and the environment with its link targets."""
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
