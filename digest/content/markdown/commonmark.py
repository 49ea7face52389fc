"""Configuration of markdown-it-py for bodies. No other module imports markdown-it-py, which is slow to import.

The dialect is CommonMark with tables and strikethrough. Raw HTML is shown as text. Links may use http, https, mailto or
tel, or lead to a path of the site; any other link is shown as text. Headings of a body start at `<h2>`, because the
page's title is its `<h1>`, and skip no level.
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
    """Parser of CommonMark from untrusted sources."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "xhtmlOut": False})
        self.enable(["table", "strikethrough"])
        self.core.ruler.push("body", _finish)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        """Return whether a link or an image may use `url`."""
        return not _SCHEME.match(url) or bool(_SAFE_SCHEME.match(url))


@cache
def parser() -> Parser:
    """Return the shared parser; it has no state between two texts."""
    return Parser()


def _finish(state: StateCore) -> None:
    """Set heading levels, and `loading="lazy"` on images."""
    open_levels: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            open_levels = [*(upper for upper in open_levels if upper < level), level]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_TITLE_LEVEL + len(open_levels), _LOWEST_LEVEL)}"
        for image in _images(token.children or ()):
            image.attrSet("loading", "lazy")


def _images(tokens: Iterable[Token]) -> Iterable[Token]:
    return (token for token in tokens if token.type == "image")
