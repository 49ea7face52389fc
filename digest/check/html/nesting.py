"""Nesting of elements: finds unclosed elements and stray end tags. Optional end tags may be missing.

Rules: HTML standard, 13.1.2.4 "Optional tags".
"""

from digest.check.html.tokenizer import VOID, Tag

_BLOCKS = (
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hgroup hr main menu nav ol p pre search section table ul"
)
_BLOCK = frozenset(_BLOCKS.split())
_ROWS = frozenset({"tr", "td", "th"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
# innermost open element → start tags that close it
_CLOSED_BY = {
    "p": _BLOCK,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option", "optgroup"}),
    "td": frozenset({"td", "th", "tr"}) | _PARTS,
    "th": frozenset({"td", "th", "tr"}) | _PARTS,
    "tr": frozenset({"tr"}) | _PARTS,
    "thead": _PARTS,
    "tbody": _PARTS,
    "caption": _ROWS | _PARTS | {"colgroup"},
    "colgroup": _ROWS | _PARTS,
    "head": frozenset({"body"}),
}
_OPTIONAL = frozenset(_CLOSED_BY) | {"tfoot", "body", "html", "optgroup", "rt", "rp"}


class Nesting:
    """The stack of open elements while a page is read, and the errors found: offset and message."""

    def __init__(self) -> None:
        self._open: list[Tag] = []
        self.errors: list[tuple[int, str]] = []

    def handle_tag(self, tag: Tag) -> None:
        """Update the stack for a start or end tag."""
        if tag.closes:
            self._close(tag)
        else:
            stack = self._open
            while stack and stack[-1].name in _CLOSED_BY and tag.name in _CLOSED_BY[stack[-1].name]:
                stack.pop()
            if tag.name not in VOID and not (tag.raw.endswith("/") and self._is_foreign()):
                stack.append(tag)

    def _is_foreign(self) -> bool:
        """Return True inside SVG and MathML, where `/>` closes an element."""
        return any(tag.name in ("svg", "math") for tag in self._open)

    def _close(self, tag: Tag) -> None:
        if self._open and self._open[-1].name == tag.name:
            self._open.pop()
            return
        depth = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name == tag.name), -1)
        if depth < 0:
            self.errors.append((tag.start, f"`</{tag.name}>` closes no open element"))
            return
        self._report_unclosed(self._open[depth + 1 :])
        del self._open[depth:]

    def finish(self) -> None:
        """Report the elements that are still open at the end of the page."""
        self._report_unclosed(self._open)

    def _report_unclosed(self, unclosed: list[Tag]) -> None:
        self.errors += [(t.start, f"`<{t.name}>` is never closed") for t in unclosed if t.name not in _OPTIONAL]
