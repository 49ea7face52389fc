"""Statistics of a dump: items, agencies and issues. All are bounded: a hostile dump may contain a million of each."""

from collections import Counter

from digest.issues import Issue, Place, issue, sort_issues
from digest.wire.encodings import Encoding
from digest.wire.grammar import Segment
from digest.wire.lines import Chunk

MAX_ISSUES_PER_CODE = 1_000
MAX_AGENCIES = 1_000


class DumpStatistics:
    """Counts items, collects agencies (each once, in order) and the first `MAX_ISSUES_PER_CODE` issues of each code."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items = 0
        self.agencies: dict[str, None] = {}
        self._issues: list[Issue] = []
        self._counts: Counter[str] = Counter()
        self._guess_reported = False

    def add_issue(self, found: Issue) -> None:
        """Add an issue; if there are too many with its code, only count it."""
        self._counts[found.code] += 1
        if self._counts[found.code] <= MAX_ISSUES_PER_CODE:
            self._issues.append(found)

    def add_segment(self, segment: Segment) -> None:
        """Add a segment with its issues, its item and the item's agency."""
        for found in segment.issues:
            self.add_issue(found)
        if segment.item is None:
            return
        self.items += 1
        if segment.item.agency and len(self.agencies) < MAX_AGENCIES:
            self.agencies[segment.item.agency] = None

    def check_encoding(self, chunk: Chunk, encoding: Encoding) -> None:
        """Report undecodable bytes, and once the first line on which a guessed encoding matters."""
        for line, column in chunk.undecodable:
            message = f"bytes that are not valid {encoding.codec}; they are shown as U+FFFD"
            self.add_issue(
                issue("dump-encoding", Place(self.name, line, column), message, "give the right `--encoding`")
            )
        if not encoding.is_guess or self._guess_reported:
            return
        if place := _first_non_ascii(self.name, chunk):
            self._guess_reported = True
            message = f"the encoding is not certain; {encoding.codec} is used"
            self.add_issue(issue("dump-encoding", place, message, "check this line; if it is wrong, give `--encoding`"))

    def finish(self, binary: str) -> None:
        """Report the problems of the dump as a whole. `binary` is the kind of a file that is not text, or empty."""
        if binary:
            hint = "save it as plain text and import that"
            self.add_issue(issue("dump-binary", Place(self.name), f"not a text but {binary}", hint))
        elif not self.items:
            hint = "a brief is a line `-` and its headline on the next line"
            self.add_issue(issue("dump-empty", Place(self.name), "no item in this dump", hint))

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues in order. For a code with too many, one more issue has the number of the others."""
        more = (
            issue(code, Place(self.name), f"{count - MAX_ISSUES_PER_CODE:,} more of these, not listed")
            for code, count in self._counts.items()
            if count > MAX_ISSUES_PER_CODE
        )
        return sort_issues((*self._issues, *more))


def _first_non_ascii(name: str, chunk: Chunk) -> Place | None:
    for number, line in enumerate(chunk.lines, chunk.first_line):
        if not line.isascii():
            return Place(name, number, next(i for i, c in enumerate(line, 1) if not c.isascii()))
    return None
