"""Escape wire text for Markdown, so that the page shows exactly the text of the wire.

A character is escaped only where CommonMark (https://spec.commonmark.org/0.31.2/) would read it as markup. Prose stays
readable for editors: `AT&T`, `5 * 3`, `snake_case`, `[sic]`, `No. 1` and `#MeToo` are not changed.
"""

import re
from collections.abc import Sequence

from digest.model import Block

# Collapsible space: every kind except no-break spaces, which writers use on purpose.
_SPACE = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_UNEVEN = re.compile(r"[^\S \u00a0\u2007\u202f]|  ")

_MARKS = "*_`~]<&\\"
_INLINE = re.compile(
    r"(?P<harmless>(?<![^ ])(?:\*+|_+)(?![^ ])|(?<=[^\W_])_+(?=[^\W_]))"  # between spaces; inside a word
    r"|[*_`]"
    r"|~(?=~)|(?<=~)~"
    r"|\](?=\()"  # from a link's words to its target
    r"|<(?=[A-Za-z/!?]|[^\s<>]*@)"  # a tag or an autolink
    r"|&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"  # a character reference
    r"|\\(?=[!-/:-@\[-`{-~])"  # a backslash that would itself escape
)
_START = re.compile(
    r"(?P<number>[0-9]{0,9})"
    r"(?:(?<=[0-9])[.)](?= |$)|(?<![0-9])(?:#{1,6}(?= |$)|>|[-+*](?= |$)|([-*_]) *(?:\2 *){2,}$|\[(?=.*\]:)))"
)
_CLOSING = re.compile(r"(?<![^ ])#+$")


def markdown_of(blocks: Sequence[Block]) -> str:
    """Return Markdown with one line per block and blank lines between; empty blocks are left out.

    A sub-heading of level 2 is written as `## …`. The text ends with a line feed unless it is empty.
    """
    texts = ((_collapsed(block.text), block.level) for block in blocks)
    lines = [_heading(text, level) if level else _paragraph(text) for text, level in texts if text]
    return "\n\n".join(lines) + "\n" if lines else ""


def _collapsed(text: str) -> str:
    even = _SPACE.sub(" ", text) if _UNEVEN.search(text) else text
    return even.strip().replace("\0", "\ufffd")


def _heading(text: str, level: int) -> str:
    """Return a heading; a closing run of `#` is escaped, because CommonMark would drop it."""
    return f"{'#' * min(max(level, 2), 6)} {_CLOSING.sub(_escaped, _inline(text))}"


def _paragraph(text: str) -> str:
    line = _inline(text)
    start = _START.match(line)
    return _escaped_start(start) + line[start.end() :] if start else line


def _inline(text: str) -> str:
    return _INLINE.sub(_escaped, text) if any(mark in text for mark in _MARKS) else text


def _escaped(mark: re.Match[str]) -> str:
    return mark[0] if mark.lastgroup == "harmless" else f"\\{mark[0]}"


def _escaped_start(mark: re.Match[str]) -> str:
    number = mark["number"]
    return f"{number}\\{mark[0][len(number) :]}"
