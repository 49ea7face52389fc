"""Block structure of hand-written Markdown, for blocks that CommonMark can read in one way only.

Covers paragraphs, headings, flat tight lists, quotations of one paragraph, fenced code, pipe tables and rules, each
between blank lines. Inline text goes to `inlines`. The result is the same bytes as from the parser, or None.
Sources: https://spec.commonmark.org/0.31.2/#blocks-and-inlines, https://github.github.com/gfm/#tables-extension-
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from digest.content.markdown.fast.inlines import NeedsParserError, escape_html, inlines_html_of
from digest.content.markdown.fast.wire import mask_escapes, unmask_escapes

# Lines that are, or may be, more than paragraph text. Emphasis may start a paragraph line: `*so*`, `**so**`.
_NO_PROSE = re.compile(
    r"\n(?:[^\S\n]|(?<=[^\S\n]\n)"
    r"|[-=:|>]|\+\s|\*(?:\s|\*[*\s])|_(?:\s|_[_\s])|~~~|```|[0-9]{1,9}[.)]\s|#{1,6}\s)"
)
_PRIVATE = b"\xee"
"""First byte of every private-use character in UTF-8: searching one byte is much faster than a character class."""
_TEXT = "\ue001"
_MASK = re.compile("[\ue000-\ue0ff]")
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
    """Return the HTML of a body, or None when the parser has to decide."""
    body = _Body()
    try:
        html = body.blocks_html(markdown)
        texts = inlines_html_of(body.texts)
    except NeedsParserError:
        return None
    html = "".join(chain.from_iterable(zip(("", *texts), html.split(_TEXT), strict=True)))
    return unmask_escapes(html) if "\\" in markdown else html


def texts_html_of(markdown: str, substring: str) -> str | None:
    """Return the HTML of the inline texts of a body that contain `substring`, or None when the parser has to decide."""
    body = _Body()
    try:
        body.blocks_html(markdown)
        html = "\n".join(inlines_html_of([text for text in body.texts if substring in text]))
    except NeedsParserError:
        return None
    return unmask_escapes(html) if "\\" in markdown else html


class _Body:
    """Renderer of one body. Keeps the levels of open headings and the marker of a list that a next list may continue.

    `texts` collects the inline texts, which are rendered together; `_TEXT` marks the place of each in the HTML.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._open_levels: list[int] = []
        self._marker = ""

    def blocks_html(self, markdown: str) -> str:
        """Return the HTML of the blocks. Raises NeedsParserError."""
        if "]:" in markdown or "\r" in markdown or "\0" in markdown or _is_private(markdown):
            raise NeedsParserError
        text = (mask_escapes(markdown) if "\\" in markdown else markdown).strip("\n")
        return "".join(self._blocks(text)) if text else ""

    def _blocks(self, text: str) -> Iterator[str]:
        for block in _blocks_in(text):
            render = _RENDERERS.get(block[0])
            previous_marker, self._marker = self._marker, ""
            yield render(self, block) if render else self._paragraph(block)
            if previous_marker and self._marker == previous_marker:
                raise NeedsParserError  # CommonMark continues the list

    def _inline(self, text: str) -> str:
        self.texts.append(text)
        return _TEXT

    def _paragraph(self, text: str) -> str:
        _check_prose(text)
        return f"<p>{self._inline(text)}</p>\n"

    def heading(self, block: str) -> str:
        line = _HEADING.match(block)
        if line is None:
            return self._paragraph(block)
        hashes = len(line[1])
        self._open_levels = [*(level for level in self._open_levels if level < hashes), hashes]
        level = min(len(self._open_levels) + 1, _LOWEST_LEVEL)
        html = f"<h{level}>{self._inline(line[2])}</h{level}>\n"
        rest = block[line.end() :]
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
        items = [_without_marker(pattern, line) for line in block.split("\n")]
        _check_prose("\n".join(items))
        items_html = "".join(f"<li>{self._inline(item)}</li>\n" for item in items)
        return f"<{tag}{start}>\n{items_html}</{tag}>\n"

    def quotation(self, block: str) -> str:
        text = "\n".join(_without_marker(_QUOTED, line) for line in block.split("\n"))
        return f"<blockquote>\n{self._paragraph(text)}</blockquote>\n"

    def table(self, block: str) -> str:
        head, marks, *rows = (_cells(line) for line in (block.split("\n") if "\n" in block else ("", "")))
        aligned = [_ALIGNED.fullmatch(mark) for mark in marks]
        styles = [_ALIGNMENT[cell[1], cell[2]] for cell in aligned if cell]
        if not len(head) == len(marks) == len(styles):
            raise NeedsParserError
        thead = self._row(head, styles, "th")
        body = "".join(self._row((*row, *[""] * (len(head) - len(row))), styles, "td") for row in rows)
        tbody = f"<tbody>\n{body}</tbody>\n" if rows else ""
        return f"<table>\n<thead>\n{thead}</thead>\n{tbody}</table>\n"

    def code(self, block: str) -> str:
        code = _FENCE.fullmatch(block)
        if code is None:
            return self._paragraph(block)
        if _MASK.search(code[2]):  # a backslash in code is not an escape
            raise NeedsParserError
        language = f' class="language-{code[1]}"' if code[1] else ""
        return f"<pre><code{language}>{escape_html(code[2])}</code></pre>\n"

    def _row(self, cells: Sequence[str], styles: Sequence[str], tag: str) -> str:
        items_html = (self._cell(cell.strip(), style, tag) for cell, style in zip(cells, styles, strict=False))
        return f"<tr>\n{''.join(items_html)}</tr>\n"

    def _cell(self, text: str, style: str, tag: str) -> str:
        aligned = f' style="text-align:{style}"' if style else ""
        return f"<{tag}{aligned}>{self._inline(text)}</{tag}>\n"


_Renderer = Callable[[_Body, str], str]
_RENDERERS: dict[str, _Renderer] = {
    "#": _Body.heading, "-": _Body.bullets, "*": _Body.bullets, "+": _Body.bullets, "_": _Body.bullets,
    ">": _Body.quotation, "|": _Body.table, "`": _Body.code, **dict.fromkeys("0123456789", _Body.numbers),
}  # fmt: skip


def _blocks_in(text: str) -> Iterator[str]:
    """Split a text at blank lines; fenced code with its blank lines is one block."""
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
    """Return whether a text has a character that is used as a mask here."""
    return _PRIVATE in text.encode(errors="surrogatepass") and _MASK.search(text) is not None


def _check_prose(text: str) -> None:
    if _NO_PROSE.search(f"\n{text}\n"):
        raise NeedsParserError


def _without_marker(marker: re.Pattern[str], line: str) -> str:
    start = marker.match(line)
    if start is None or not line[start.end() :]:
        raise NeedsParserError
    return line[start.end() :]


def _cells(line: str) -> list[str]:
    if len(line) < 3 or line[0] != "|" or line[-1] != "|":
        raise NeedsParserError
    return line[1:-1].split("|")
