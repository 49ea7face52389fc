"""Elements that are not closed as they were opened. End tags that HTML lets one leave out may be left out.

The rules of omission: HTML standard, 13.1.2.4 "Optional tags".
"""

from digest.check.html.tokenizer import VOID, Tag

_BLOCKS = (
    "address article aside blockquote details dialog div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hgroup hr main menu nav ol p pre search section table ul"
)
_BLOCK = frozenset(_BLOCKS.split())
_ROWS = frozenset({"tr", "td", "th"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
# What a start tag closes when it is the innermost open element.
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
    """The elements that are open while a page is read, and what is wrong with them: offset and message."""

    def __init__(self) -> None:
        self._open: list[Tag] = []
        self.wrong: list[tuple[int, str]] = []

    def take(self, tag: Tag) -> None:
        """Goes on by a tag."""
        if tag.closes:
            self._close(tag)
        else:
            left = self._open
            while left and left[-1].name in _CLOSED_BY and tag.name in _CLOSED_BY[left[-1].name]:
                left.pop()
            if tag.name not in VOID and not (tag.raw.endswith("/") and self._is_foreign()):
                left.append(tag)

    def _is_foreign(self) -> bool:
        """Return True in SVG and MathML, where `/>` closes an element."""
        return any(tag.name in ("svg", "math") for tag in self._open)

    def _close(self, tag: Tag) -> None:
        if self._open and self._open[-1].name == tag.name:
            self._open.pop()
            return
        depth = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name == tag.name), -1)
        if depth < 0:
            self.wrong.append((tag.start, f"`</{tag.name}>` closes nothing"))
            return
        self._unclosed(self._open[depth + 1 :])
        del self._open[depth:]

    def end(self) -> None:
        """The page has ended."""
        self._unclosed(self._open)

    def _unclosed(self, left: list[Tag]) -> None:
        self.wrong += [(t.start, f"`<{t.name}>` is never closed") for t in left if t.name not in _OPTIONAL]
