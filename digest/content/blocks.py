"""The short cut through Markdown written by hand: blocks that CommonMark can read in one way only.

Paragraphs, headings, flat tight lists, quotations of one paragraph, fenced code, pipe tables and rules, each between
blank lines, with the inline text that `inlines` is sure of. Byte for byte what the parser gives, or None.
Sources: https://spec.commonmark.org/0.31.2/#blocks-and-inlines, https://github.github.com/gfm/#tables-extension-
"""

import re
from collections.abc import Callable, Iterator, Sequence

from digest.content.inlines import UnsureError, escaped, inline_html_of
from digest.content.plain import hidden, shown

# Lines that are, or may be, more than a line of a paragraph. Emphasis may begin one: `*so*`, `**so**`.
_NO_PROSE = re.compile(
    r"\n(?:[^\S\n]|(?<=[^\S\n]\n)"
    r"|[-=:|>]|\+\s|\*(?:\s|\*[*\s])|_(?:\s|_[_\s])|~~~|```|[0-9]{1,9}[.)]\s|#{1,6}\s)"
)
_UNSURE = re.compile("\\]:|[\r\0\ue000-\ue0ff]")
_STAND_IN = re.compile("[\ue000-\ue0ff]")
_GAP = re.compile(r"\n{2,}")
_FENCE = re.compile(r"```([A-Za-z0-9_+-]*)\n((?:(?!```)[^\n]*\n)*)```")
_HEADING = re.compile(r"(#{1,6}) (\S[^\n]*(?<![#\s])|[^#\s])(?:\n|\Z)")
_BULLET = re.compile(r"([-*+]) (?=\S)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)]) (?=\S)")
_RULES = frozenset(("---", "***", "___"))
_ALIGNED = re.compile(r"\s*(:?)-+(:?)\s*")
_ALIGNMENT = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
_LOWEST_LEVEL = 6


def blocks_html_of(markdown: str) -> str | None:
    """The HTML of a body, or None where the parser has to look."""
    if _UNSURE.search(markdown):
        return None
    text = (hidden(markdown) if "\\" in markdown else markdown).strip("\n")
    try:
        html = "".join(_Body().drawn(text)) if text else ""
    except UnsureError:
        return None
    return shown(html) if "\\" in markdown else html


class _Body:
    """One body: the headings above, and the marker of a list that has just ended, which another might go on with."""

    def __init__(self) -> None:
        self._above: list[int] = []
        self._marker = ""

    def drawn(self, text: str) -> Iterator[str]:
        for block in _blocks_in(text):
            draw = _DRAW.get(block[0])
            before, self._marker = self._marker, ""
            yield draw(self, block) if draw else _paragraph(block)
            if before and self._marker == before:
                raise UnsureError

    def heading(self, block: str) -> str:
        found = _HEADING.match(block)
        if found is None:
            return _paragraph(block)
        signs = len(found[1])
        self._above = [*(level for level in self._above if level < signs), signs]
        level = min(len(self._above) + 1, _LOWEST_LEVEL)
        html = f"<h{level}>{inline_html_of(found[2])}</h{level}>\n"
        rest = block[found.end() :]
        return html + (self.heading(rest) if rest.startswith("#") else _paragraph(rest)) if rest else html

    def bullets(self, block: str) -> str:
        if block in _RULES:
            return "<hr>\n"
        marker = _BULLET.match(block)
        return self._items(block, re.escape(marker[1]) + " ", "ul", "") if marker else _paragraph(block)

    def numbers(self, block: str) -> str:
        marker = _NUMBER.match(block)
        if marker is None:
            return _paragraph(block)
        start = "" if int(marker[1]) == 1 else f' start="{int(marker[1])}"'
        return self._items(block, rf"[0-9]{{1,9}}{re.escape(marker[2])} ", "ol", start)

    def _items(self, block: str, marker: str, tag: str, start: str) -> str:
        self._marker = marker
        items = [_without(marker, line) for line in block.split("\n")]
        _prose("\n".join(items))
        drawn = "".join(f"<li>{inline_html_of(item)}</li>\n" for item in items)
        return f"<{tag}{start}>\n{drawn}</{tag}>\n"

    def quotation(self, block: str) -> str:
        text = "\n".join(_without("> ", line) for line in block.split("\n"))
        return f"<blockquote>\n{_paragraph(text)}</blockquote>\n"

    def table(self, block: str) -> str:
        head, marks, *rows = (_cells(line) for line in (block.split("\n") if "\n" in block else ("", "")))
        aligned = [_ALIGNED.fullmatch(mark) for mark in marks]
        styles = [_ALIGNMENT[found[1], found[2]] for found in aligned if found]
        if not len(head) == len(marks) == len(styles):
            raise UnsureError
        body = "".join(_row((*row, *[""] * (len(head) - len(row))), styles, "td") for row in rows)
        tbody = f"<tbody>\n{body}</tbody>\n" if rows else ""
        return f"<table>\n<thead>\n{_row(head, styles, 'th')}</thead>\n{tbody}</table>\n"

    def code(self, block: str) -> str:
        found = _FENCE.fullmatch(block)
        if found is None:
            return _paragraph(block)
        if _STAND_IN.search(found[2]):  # in code a backslash is one
            raise UnsureError
        language = f' class="language-{found[1]}"' if found[1] else ""
        return f"<pre><code{language}>{escaped(found[2])}</code></pre>\n"


_Draw = Callable[[_Body, str], str]
_DRAW: dict[str, _Draw] = {
    "#": _Body.heading, "-": _Body.bullets, "*": _Body.bullets, "+": _Body.bullets, "_": _Body.bullets,
    ">": _Body.quotation, "|": _Body.table, "`": _Body.code, **dict.fromkeys("0123456789", _Body.numbers),
}  # fmt: skip


def _blocks_in(text: str) -> Iterator[str]:
    """What stands between blank lines; fenced code is one block, blank lines and all. Code has no escapes."""
    if "```" not in text:
        yield from _GAP.split(text)
        return
    end = 0
    while end < len(text):
        fenced = _FENCE.match(text, end) if text.startswith("```", end) else None
        gap = _GAP.search(text, fenced.end() if fenced else end)
        stop, start = gap.span() if gap else (len(text), len(text))
        yield text[end:stop]
        end = start if gap is None else gap.end()


def _prose(text: str) -> None:
    if _NO_PROSE.search(f"\n{text}\n"):
        raise UnsureError


def _paragraph(text: str) -> str:
    _prose(text)
    return f"<p>{inline_html_of(text)}</p>\n"


def _without(marker: str, line: str) -> str:
    found = re.match(marker, line)
    if found is None or not line[found.end() :]:
        raise UnsureError
    return line[found.end() :]


def _cells(line: str) -> list[str]:
    if len(line) < 3 or line[0] != "|" or line[-1] != "|":
        raise UnsureError
    return line[1:-1].split("|")


def _row(cells: Sequence[str], styles: Sequence[str], tag: str) -> str:
    drawn = (_cell(cell.strip(), style, tag) for cell, style in zip(cells, styles, strict=False))
    return f"<tr>\n{''.join(drawn)}</tr>\n"


def _cell(text: str, style: str, tag: str) -> str:
    aligned = f' style="text-align:{style}"' if style else ""
    return f"<{tag}{aligned}>{inline_html_of(text)}</{tag}>\n"
