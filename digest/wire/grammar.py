"""The grammar of a dump: lines in, pieces out, every line in exactly one piece.

    dump     = { brief | article | blank }
    brief    = "-" headline
    article  = headline { paragraph | "- " text " -" } [ byline | "-" ]

Each on a line of its own; blank lines may stand anywhere and mean nothing. A lone dash behind an article ends it and
introduces a brief at once; where no headline follows, it has only ended the article. See `bylines` for the byline.
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
_CUT_HEADLINE = 160
_QUOTED = 60
_DASHES = frozenset("-‐‑–—−")
_SUB_HEADING = re.compile(r"[-‐‑–—−] (.*\S) [-‐‑–—−]")


class SegmentKind(StrEnum):
    """What some lines of a dump are."""

    ITEM = "item"
    MARKER = "marker"
    BLANK = "blank"
    ISSUE = "issue"


class Segment(Struct, frozen=True, kw_only=True):
    """Lines side by side and what they are. Only an `ITEM` has an item; any piece may have issues, an `ISSUE` must."""

    kind: SegmentKind
    span: Span
    item: WireItem | None = None
    issues: tuple[Issue, ...] = ()


class _State(Enum):
    GROUND = auto()
    DASHED = auto()
    ARTICLE = auto()


class DumpParser:
    """Reads chunk after chunk of the dump `name`; `first` is the number of the first line, `items` how many precede it.

    It holds the pieces of one chunk and the one item that is open, never more.
    """

    def __init__(self, name: str, *, first_line: int = 1, items_before: int = 0) -> None:
        self._name = name
        self._items = items_before
        self._covered = first_line - 1
        self._state = _State.GROUND
        self._ends_article = False
        self._first = self._last = 0
        self._headline = ""
        self._blocks: list[Block] = []
        self._issues: list[Issue] = []
        self._done: list[Segment] = []

    def feed(self, chunk: Chunk) -> list[Segment]:
        """The pieces that end in this chunk."""
        if chunk.oversized_bytes:
            self._huge(chunk)
        else:
            for number, raw in enumerate(chunk.lines, chunk.first_line):
                if line := sanitize_line(raw):
                    self._line(number, line)
        return self._taken()

    def close(self, lines: int) -> list[Segment]:
        """What is open when the dump ends behind line number `lines`."""
        if self._state is _State.ARTICLE:
            self._article(None)
        elif self._state is _State.DASHED:
            self._dash_alone()
        if self._covered < lines:
            self._done.append(Segment(kind=SegmentKind.BLANK, span=Span(first=self._covered + 1, last=lines)))
        return self._taken()

    def _taken(self) -> list[Segment]:
        done, self._done = self._done, []
        return done

    def _line(self, number: int, line: str) -> None:
        if line in _DASHES:
            self._dash(number)
        elif self._state is _State.DASHED:
            self._last = number
            self._open(line)
            self._item(None)
        elif self._state is _State.ARTICLE:
            self._last = number
            self._body(line)
        elif byline := parse_byline(line):
            self._first = self._last = number
            self._byline_alone(byline)
        else:
            self._state = _State.ARTICLE
            self._first = self._last = number
            self._open(line)

    def _open(self, line: str) -> None:
        """Take a line as the headline; one that is far too long is the first paragraph and gives its first words."""
        self._headline = line
        if len(line) > MAX_HEADLINE_CHARS:
            self._headline = truncate(line, _CUT_HEADLINE)
            self._blocks.append(Block(text=line))
            self._complain(
                "dump-line-long",
                f"a headline of {len(line):,} characters: {self._quoted()}",
                "it was kept as a paragraph; its first words became the headline",
            )

    def _dash(self, number: int) -> None:
        ends_article = self._state is _State.ARTICLE
        if ends_article:
            self._article(None)
        elif self._state is _State.DASHED:
            self._dash_alone()
        self._state, self._ends_article = _State.DASHED, ends_article
        self._first = self._last = number

    def _body(self, line: str) -> None:
        if byline := parse_byline(line):
            self._article(byline)
        elif line[0] in _DASHES and (found := _SUB_HEADING.fullmatch(line)):
            self._blocks.append(Block(text=found[1].strip(), level=2))
        else:
            self._blocks.append(Block(text=line))

    def _article(self, byline: Byline | None) -> None:
        """End the open article; its last line is the byline's, if there is one."""
        if all(block.level for block in self._blocks):
            self._complain(
                "dump-article-empty",
                f"a headline without a paragraph: {self._quoted()}",
                "if it is a brief, put a `-` on the line before it",
                self._first,
            )
        elif byline is None:
            self._complain(
                "dump-byline-missing",
                f"an article without a byline: {self._quoted()}",
                "end it with a line such as `O.Salim--SF-PST`",
            )
        self._item(byline)

    def _item(self, byline: Byline | None) -> None:
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
        self._piece(SegmentKind.ITEM, item)

    def _dash_alone(self) -> None:
        """A lone dash that no headline follows: it has ended an article, or it is a mistake."""
        if self._ends_article:
            self._piece(SegmentKind.MARKER)
            return
        hint = "write the headline on the next line, or delete the `-`"
        self._complain("dump-headline-missing", "a `-` without a headline after it", hint)
        self._piece(SegmentKind.ISSUE)

    def _byline_alone(self, byline: Byline) -> None:
        hint = "write headline and paragraphs before it, or delete it"
        self._complain("dump-byline-alone", f"a byline of {byline.agency} without an article before it", hint)
        self._piece(SegmentKind.ISSUE)

    def _huge(self, chunk: Chunk) -> None:
        """A line that is too long for any page: an article goes on without it, elsewhere it is no item."""
        if self._state is _State.GROUND:
            self._first = chunk.first_line
        self._last = chunk.first_line
        place = Place(self._name, chunk.first_line, 1)
        message = f"a line of {chunk.oversized_bytes:,} bytes: {truncate(sanitize_line(chunk.lines[0]), _QUOTED)!r}"
        hint = "no page shows it; break it into lines and import the dump again"
        self._issues.append(Issue("dump-line-long", Severity.ERROR, place, message, hint))
        if self._state is not _State.ARTICLE:
            self._piece(SegmentKind.ISSUE)

    def _piece(self, what: SegmentKind, item: WireItem | None = None) -> None:
        """A piece of the lines that were open, after the blank ones before it; then nothing is open."""
        first, last = self._first, self._last
        if first > self._covered + 1:
            self._done.append(Segment(kind=SegmentKind.BLANK, span=Span(first=self._covered + 1, last=first - 1)))
        span = item.span if item else Span(first=first, last=last)
        self._done.append(Segment(kind=what, span=span, item=item, issues=tuple(self._issues)))
        self._covered, self._state = last, _State.GROUND
        self._issues.clear()

    def _complain(self, code: str, message: str, hint: str, line: int = 0) -> None:
        self._issues.append(issue(code, Place(self._name, line or self._last, 1), message, hint))

    def _quoted(self) -> str:
        return repr(truncate(self._headline, _QUOTED))
