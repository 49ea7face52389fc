"""The Markdown parser as bodies need it. This module alone imports markdown-it-py, which takes its time to import.

CommonMark with tables and strikethrough; raw HTML is text; a link goes to http, https, mailto or tel, or somewhere on
the site, else it is text as well. A heading of a body starts at `<h2>`, since the page's title is its `<h1>`, and none
is more than one level below the one that it stands under.
"""

import re
from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_SCHEME = re.compile(r"[^/?#]*?:")
_SAFE_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_TITLE_LEVEL = 1
_LOWEST_LEVEL = 6


class Parser(MarkdownIt):
    """CommonMark for text that nobody has checked."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "xhtmlOut": False})
        self.enable(["table", "strikethrough"])
        self.core.ruler.push("body", _finish)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        """Whether a link or an image may go to `url`."""
        return not _SCHEME.match(url) or bool(_SAFE_SCHEME.match(url))


@cache
def parser() -> Parser:
    """The parser, built once: it keeps nothing between two texts."""
    return Parser()


def _finish(state: StateCore) -> None:
    """Set the levels of headings; let images load when they come into view."""
    above: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            above = [*(a for a in above if a < level), level]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_TITLE_LEVEL + len(above), _LOWEST_LEVEL)}"
        for image in _images(token.children or ()):
            image.attrSet("loading", "lazy")


def _images(tokens: Iterable[Token]) -> Iterable[Token]:
    return (token for token in tokens if token.type == "image")
