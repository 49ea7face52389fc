"""Wire text as Markdown: the page shows what the wire said and nothing that a wire could make of it.

A character is escaped only where CommonMark (https://spec.commonmark.org/0.31.2/) would see more than text in it, so
that an editor reads prose: `AT&T`, `5 * 3`, `snake_case`, `[sic]`, `No. 1` and `#MeToo` stay as they are.
"""

import re
from collections.abc import Sequence

from digest.model import Block

# Space as it is collapsed: all but the no-break kinds, which a writer put there on purpose.
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
    """One block a line, a blank line between two; blocks that show nothing are left out.

    A sub-heading of level 2 is written `## …`. The text ends with a line feed unless it is empty.
    """
    texts = ((_one_line(block.text), block.level) for block in blocks)
    lines = [_heading(text, level) if level else _paragraph(text) for text, level in texts if text]
    return "\n\n".join(lines) + "\n" if lines else ""


def _one_line(text: str) -> str:
    even = _SPACE.sub(" ", text) if _UNEVEN.search(text) else text
    return even.strip().replace("\0", "\ufffd")


def _heading(text: str, level: int) -> str:
    """What ends a heading is a run of `#` that stands alone."""
    return f"{'#' * min(max(level, 2), 6)} {_CLOSING.sub(_escaped, _inline(text))}"


def _paragraph(text: str) -> str:
    line = _inline(text)
    start = _START.match(line)
    return _escaped_start(start) + line[start.end() :] if start else line


def _inline(text: str) -> str:
    return _INLINE.sub(_escaped, text) if any(mark in text for mark in _MARKS) else text


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found.lastgroup == "harmless" else f"\\{found[0]}"


def _escaped_start(found: re.Match[str]) -> str:
    number = found["number"]
    return f"{number}\\{found[0][len(number) :]}"
