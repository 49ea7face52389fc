"""The short cut through Markdown written by hand: blocks that CommonMark can read in one way only.

Paragraphs, headings, flat tight lists, quotations of one paragraph, fenced code, pipe tables and rules, each between
blank lines, with the inline text that `inlines` is sure of. Byte for byte what the parser gives, or None.
Sources: https://spec.commonmark.org/0.31.2/#blocks-and-inlines, https://github.github.com/gfm/#tables-extension-
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from digest.content.markdown.fast_inlines import NeedsParserError, escape_html, inlines_html_of
from digest.content.markdown.fast_wire import mask_escapes, unmask_escapes

# Lines that are, or may be, more than a line of a paragraph. Emphasis may begin one: `*so*`, `**so**`.
_NO_PROSE = re.compile(
    r"\n(?:[^\S\n]|(?<=[^\S\n]\n)"
    r"|[-=:|>]|\+\s|\*(?:\s|\*[*\s])|_(?:\s|_[_\s])|~~~|```|[0-9]{1,9}[.)]\s|#{1,6}\s)"
)
_PRIVATE = b"\xee"
"""In UTF-8, the byte that each private-use character begins with: one byte is found much faster than any of many."""
_TEXT = "\ue001"
_STAND_IN = re.compile("[\ue000-\ue0ff]")
_FENCE = re.compile(r"```([A-Za-z0-9_+-]*)\n((?:(?!```)[^\n]*\n)*)```")
_HEADING = re.compile(r"(#{1,6}) (\S[^\n]*(?<![#\s])|[^#\s])(?:\n|\Z)")
_BULLET = re.compile(r"([-*+]) (?=\S)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)]) (?=\S)")
_QUOTED = re.compile("> ")
_RULES = frozenset(("---", "***", "___"))
_ALIGNED = re.compile(r"\s*(:?)-+(:?)\s*")
_ALIGNMENT = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}
_LOWEST_LEVEL = 6


def blocks_html_of(markdown: str) -> str | None:
    """The HTML of a body, or None where the parser has to look."""
    body = _Body()
    try:
        html = body.drawn(markdown)
        texts = inlines_html_of(body.texts)
    except NeedsParserError:
        return None
    html = "".join(chain.from_iterable(zip(("", *texts), html.split(_TEXT), strict=True)))
    return unmask_escapes(html) if "\\" in markdown else html


def texts_html_of(markdown: str, sign: str) -> str | None:
    """The HTML of those texts in the blocks of a body that hold a sign, or None where the parser has to look."""
    body = _Body()
    try:
        body.drawn(markdown)
        html = "\n".join(inlines_html_of([text for text in body.texts if sign in text]))
    except NeedsParserError:
        return None
    return unmask_escapes(html) if "\\" in markdown else html


class _Body:
    """One body: the headings above, and the marker of a list that has just ended, which another might go on with.

    `texts` is what stands in its blocks, to be drawn together; a stand-in marks the place of each in the HTML.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._above: list[int] = []
        self._marker = ""

    def drawn(self, markdown: str) -> str:
        """The HTML of the blocks. Raises UnsureError."""
        if "]:" in markdown or "\r" in markdown or "\0" in markdown or _is_private(markdown):
            raise NeedsParserError
        text = (mask_escapes(markdown) if "\\" in markdown else markdown).strip("\n")
        return "".join(self._blocks(text)) if text else ""

    def _blocks(self, text: str) -> Iterator[str]:
        for block in _blocks_in(text):
            draw = _DRAW.get(block[0])
            before, self._marker = self._marker, ""
            yield draw(self, block) if draw else self._paragraph(block)
            if before and self._marker == before:
                raise NeedsParserError

    def _inline(self, text: str) -> str:
        self.texts.append(text)
        return _TEXT

    def _paragraph(self, text: str) -> str:
        _prose(text)
        return f"<p>{self._inline(text)}</p>\n"

    def heading(self, block: str) -> str:
        found = _HEADING.match(block)
        if found is None:
            return self._paragraph(block)
        signs = len(found[1])
        self._above = [*(level for level in self._above if level < signs), signs]
        level = min(len(self._above) + 1, _LOWEST_LEVEL)
        html = f"<h{level}>{self._inline(found[2])}</h{level}>\n"
        rest = block[found.end() :]
        return html + (self.heading(rest) if rest.startswith("#") else self._paragraph(rest)) if rest else html

    def bullets(self, block: str) -> str:
        if block in _RULES:
            return "<hr>\n"
        marker = _BULLET.match(block)
        return self._items(block, re.escape(marker[1]) + " ", "ul", "") if marker else self._paragraph(block)

    def numbers(self, block: str) -> str:
        marker = _NUMBER.match(block)
        if marker is None:
            return self._paragraph(block)
        start = "" if int(marker[1]) == 1 else f' start="{int(marker[1])}"'
        return self._items(block, rf"[0-9]{{1,9}}{re.escape(marker[2])} ", "ol", start)

    def _items(self, block: str, marker: str, tag: str, start: str) -> str:
        self._marker = marker
        pattern = re.compile(marker)
        items = [_without(pattern, line) for line in block.split("\n")]
        _prose("\n".join(items))
        drawn = "".join(f"<li>{self._inline(item)}</li>\n" for item in items)
        return f"<{tag}{start}>\n{drawn}</{tag}>\n"

    def quotation(self, block: str) -> str:
        text = "\n".join(_without(_QUOTED, line) for line in block.split("\n"))
        return f"<blockquote>\n{self._paragraph(text)}</blockquote>\n"

    def table(self, block: str) -> str:
        head, marks, *rows = (_cells(line) for line in (block.split("\n") if "\n" in block else ("", "")))
        aligned = [_ALIGNED.fullmatch(mark) for mark in marks]
        styles = [_ALIGNMENT[found[1], found[2]] for found in aligned if found]
        if not len(head) == len(marks) == len(styles):
            raise NeedsParserError
        thead = self._row(head, styles, "th")
        body = "".join(self._row((*row, *[""] * (len(head) - len(row))), styles, "td") for row in rows)
        tbody = f"<tbody>\n{body}</tbody>\n" if rows else ""
        return f"<table>\n<thead>\n{thead}</thead>\n{tbody}</table>\n"

    def code(self, block: str) -> str:
        found = _FENCE.fullmatch(block)
        if found is None:
            return self._paragraph(block)
        if _STAND_IN.search(found[2]):  # in code a backslash is one
            raise NeedsParserError
        language = f' class="language-{found[1]}"' if found[1] else ""
        return f"<pre><code{language}>{escape_html(found[2])}</code></pre>\n"

    def _row(self, cells: Sequence[str], styles: Sequence[str], tag: str) -> str:
        drawn = (self._cell(cell.strip(), style, tag) for cell, style in zip(cells, styles, strict=False))
        return f"<tr>\n{''.join(drawn)}</tr>\n"

    def _cell(self, text: str, style: str, tag: str) -> str:
        aligned = f' style="text-align:{style}"' if style else ""
        return f"<{tag}{aligned}>{self._inline(text)}</{tag}>\n"


_Draw = Callable[[_Body, str], str]
_DRAW: dict[str, _Draw] = {
    "#": _Body.heading, "-": _Body.bullets, "*": _Body.bullets, "+": _Body.bullets, "_": _Body.bullets,
    ">": _Body.quotation, "|": _Body.table, "`": _Body.code, **dict.fromkeys("0123456789", _Body.numbers),
}  # fmt: skip


def _blocks_in(text: str) -> Iterator[str]:
    """What stands between blank lines; fenced code is one block, blank lines and all. Code has no escapes."""
    start = 0
    while start < len(text):
        fenced = _FENCE.match(text, start) if text.startswith("```", start) else None
        end = text.find("\n\n", fenced.end() if fenced else start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 2
        while text.startswith("\n", start):
            start += 1


def _is_private(text: str) -> bool:
    """Whether there is a character that stands in for others here."""
    return _PRIVATE in text.encode(errors="surrogatepass") and _STAND_IN.search(text) is not None


def _prose(text: str) -> None:
    if _NO_PROSE.search(f"\n{text}\n"):
        raise NeedsParserError


def _without(marker: re.Pattern[str], line: str) -> str:
    found = marker.match(line)
    if found is None or not line[found.end() :]:
        raise NeedsParserError
    return line[found.end() :]


def _cells(line: str) -> list[str]:
    if len(line) < 3 or line[0] != "|" or line[-1] != "|":
        raise NeedsParserError
    return line[1:-1].split("|")
