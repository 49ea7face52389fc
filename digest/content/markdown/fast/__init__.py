"""Fast path for Markdown: HTML for texts that CommonMark can read in one way only, without markdown-it-py.

`wire` covers paragraphs and `## ` headings, `blocks` and `inlines` cover common hand-written Markdown. Every function
here returns None when it is not sure, and never returns other bytes than the parser. A body is rendered about 10 times
faster; delete the package and its calls in `body.py`, and every body goes through the parser.
"""

from digest.content.markdown.fast.blocks import blocks_html_of, texts_html_of
from digest.content.markdown.fast.wire import plain_blocks_of, plain_html_of, plain_text_of
from digest.speedups import is_enabled

__all__ = ["blocks_of", "html_of", "html_of_texts_with", "plain_text_of"]


def html_of(markdown: str) -> str | None:
    """Return the HTML of a body, or None when the parser has to decide."""
    if not is_enabled("markdown-fast-path"):
        return None
    html = plain_html_of(markdown)
    return blocks_html_of(markdown) if html is None else html


def blocks_of(markdown: str) -> tuple[str, ...] | None:
    """Return the source of each block of plain Markdown, or None when the parser has to decide."""
    return plain_blocks_of(markdown) if is_enabled("markdown-fast-path") else None


def html_of_texts_with(markdown: str, substring: str) -> str | None:
    """Return the HTML of the texts in a body that contain `substring`, or None when the parser has to decide."""
    return texts_html_of(markdown, substring) if is_enabled("markdown-fast-path") else None
