"""Grammar of a dump: lines in, segments out; every line is in exactly one segment.

    dump     = { brief | article | blank }
    brief    = "-" headline
    article  = headline { paragraph | "- " text " -" } [ byline | "-" ]

Each part is a line of its own. Blank lines are allowed everywhere and mean nothing. A lone dash after an article ends
the article and also begins a brief; if no headline follows, it only ends the article. See `bylines` for the byline.
"""

import re
from enum import Enum, StrEnum, auto

from msgspec import Struct

from digest.issues import Issue, Place, Severity, issue
from digest.model import Block, Span, WireItem
from digest.wire.bylines import Byline, parse_byline
from digest.wire.lines import Chunk
from digest.wire.sanitize import sanitize_line, truncate

MAX_HEADLINE_CHARS = 500
_CUT_HEADLINE_CHARS = 160
_QUOTED_CHARS = 60
_DASHES = frozenset("-‐‑–—−")
_SUB_HEADING = re.compile(r"[-‐‑–—−] (.*\S) [-‐‑–—−]")


class SegmentKind(StrEnum):
    """Kind of a segment. A `MARKER` is a lone dash that only ends an article."""

    ITEM = "item"
    MARKER = "marker"
    BLANK = "blank"
    ISSUE = "issue"


class Segment(Struct, frozen=True, kw_only=True):
    """Consecutive lines of one kind. Only an `ITEM` has an item; any segment may have issues, an `ISSUE` has some."""

    kind: SegmentKind
    span: Span
    item: WireItem | None = None
    issues: tuple[Issue, ...] = ()


class _State(Enum):
    START = auto()
    AFTER_DASH = auto()
    IN_ARTICLE = auto()


class DumpParser:
    """State machine over the lines of a dump. It holds the segments of one chunk and one open item, never more.

    `name` is used in issues; `first_line` is the number of the first line, `items_before` the number of items above it.
    """

    def __init__(self, name: str, *, first_line: int = 1, items_before: int = 0) -> None:
        self._name = name
        self._items = items_before
        self._covered = first_line - 1
        self._state = _State.START
        self._dash_ends_article = False
        self._first = self._last = 0
        self._headline = ""
        self._blocks: list[Block] = []
        self._issues: list[Issue] = []
        self._segments: list[Segment] = []

    def feed(self, chunk: Chunk) -> list[Segment]:
        """Return the segments that end in this chunk."""
        if chunk.oversized_bytes:
            self._oversized_line(chunk)
        else:
            for number, raw in enumerate(chunk.lines, chunk.first_line):
                if line := sanitize_line(raw):
                    self._line(number, line)
        return self._take_segments()

    def close(self, lines: int) -> list[Segment]:
        """Return the segments that are open when the dump ends after line number `lines`."""
        if self._state is _State.IN_ARTICLE:
            self._end_article(None)
        elif self._state is _State.AFTER_DASH:
            self._end_lone_dash()
        if self._covered < lines:
            blank = Span(first=self._covered + 1, last=lines)
            self._segments.append(Segment(kind=SegmentKind.BLANK, span=blank))
        return self._take_segments()

    def _take_segments(self) -> list[Segment]:
        segments, self._segments = self._segments, []
        return segments

    def _line(self, number: int, line: str) -> None:
        if line in _DASHES:
            self._dash(number)
        elif self._state is _State.AFTER_DASH:
            self._last = number
            self._start_item(line)
            self._end_item(None)
        elif self._state is _State.IN_ARTICLE:
            self._last = number
            self._article_line(line)
        elif byline := parse_byline(line):
            self._first = self._last = number
            self._lone_byline(byline)
        else:
            self._state = _State.IN_ARTICLE
            self._first = self._last = number
            self._start_item(line)

    def _start_item(self, line: str) -> None:
        """Use a line as the headline. One that is far too long becomes the first paragraph, its start the headline."""
        self._headline = line
        if len(line) > MAX_HEADLINE_CHARS:
            self._headline = truncate(line, _CUT_HEADLINE_CHARS)
            self._blocks.append(Block(text=line))
            self._add_issue(
                "dump-line-long",
                f"a headline of {len(line):,} characters: {self._quoted_headline()}",
                "the line is kept as a paragraph, its first words as the headline",
            )

    def _dash(self, number: int) -> None:
        ends_article = self._state is _State.IN_ARTICLE
        if ends_article:
            self._end_article(None)
        elif self._state is _State.AFTER_DASH:
            self._end_lone_dash()
        self._state, self._dash_ends_article = _State.AFTER_DASH, ends_article
        self._first = self._last = number

    def _article_line(self, line: str) -> None:
        if byline := parse_byline(line):
            self._end_article(byline)
        elif line[0] in _DASHES and (match := _SUB_HEADING.fullmatch(line)):
            self._blocks.append(Block(text=match[1].strip(), level=2))
        else:
            self._blocks.append(Block(text=line))

    def _end_article(self, byline: Byline | None) -> None:
        """End the open article; with a byline, that is its last line."""
        if all(block.level for block in self._blocks):
            self._add_issue(
                "dump-article-empty",
                f"a headline without a paragraph: {self._quoted_headline()}",
                "if it is a brief, put a `-` on the line before it",
                self._first,
            )
        elif byline is None:
            self._add_issue(
                "dump-byline-missing",
                f"an article without a byline: {self._quoted_headline()}",
                "end it with a line such as `O.Salim--SF-PST`",
            )
        self._end_item(byline)

    def _end_item(self, byline: Byline | None) -> None:
        self._items += 1
        item = WireItem(
            headline=self._headline,
            position=self._items,
            span=Span(first=self._first, last=self._last),
            body=tuple(self._blocks),
            byline=byline.person if byline else "",
            agency=byline.agency if byline else "",
        )
        self._blocks.clear()
        self._end_segment(SegmentKind.ITEM, item)

    def _end_lone_dash(self) -> None:
        """End a dash without a headline after it: it has ended an article, or it is a mistake."""
        if self._dash_ends_article:
            self._end_segment(SegmentKind.MARKER)
            return
        hint = "write the headline on the next line, or delete the `-`"
        self._add_issue("dump-headline-missing", "a `-` without a headline after it", hint)
        self._end_segment(SegmentKind.ISSUE)

    def _lone_byline(self, byline: Byline) -> None:
        hint = "write headline and paragraphs before it, or delete it"
        self._add_issue("dump-byline-alone", f"a byline of {byline.agency} without an article before it", hint)
        self._end_segment(SegmentKind.ISSUE)

    def _oversized_line(self, chunk: Chunk) -> None:
        """Report a line that is too long for any page. It is left out of an article; elsewhere it is no item."""
        if self._state is _State.START:
            self._first = chunk.first_line
        self._last = chunk.first_line
        place = Place(self._name, chunk.first_line, 1)
        start = truncate(sanitize_line(chunk.lines[0]), _QUOTED_CHARS)
        message = f"a line of {chunk.oversized_bytes:,} bytes: {start!r}"
        hint = "it is on no page; break it into lines and import the dump again"
        self._issues.append(Issue("dump-line-long", Severity.ERROR, place, message, hint))
        if self._state is not _State.IN_ARTICLE:
            self._end_segment(SegmentKind.ISSUE)

    def _end_segment(self, kind: SegmentKind, item: WireItem | None = None) -> None:
        """Append a segment of the open lines, and before it one of the blank lines above them."""
        first, last = self._first, self._last
        if first > self._covered + 1:
            blank = Span(first=self._covered + 1, last=first - 1)
            self._segments.append(Segment(kind=SegmentKind.BLANK, span=blank))
        span = item.span if item else Span(first=first, last=last)
        self._segments.append(Segment(kind=kind, span=span, item=item, issues=tuple(self._issues)))
        self._covered, self._state = last, _State.START
        self._issues.clear()

    def _add_issue(self, code: str, message: str, hint: str, line: int = 0) -> None:
        self._issues.append(issue(code, Place(self._name, line or self._last, 1), message, hint))

    def _quoted_headline(self) -> str:
        return repr(truncate(self._headline, _QUOTED_CHARS))
