"""What a pass over a dump adds up, within bounds: a hostile dump may hold a million faults and agencies."""

from collections import Counter
from collections.abc import Iterable

from digest.issues import Issue, Place, in_order, issue
from digest.wire.encodings import Encoding
from digest.wire.grammar import Segment
from digest.wire.lines import Chunk

MAX_ISSUES_PER_CODE = 1_000
MAX_AGENCIES = 1_000


class DumpStatistics:
    """Counts items, collects agencies (each once, in their order) and, of each code, the first `MOST_ISSUES` issues."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items = 0
        self.agencies: dict[str, None] = {}
        self._issues: list[Issue] = []
        self._counts: Counter[str] = Counter()
        self._guess_told = False

    def add_issue(self, found: Issue) -> None:
        """Keep an issue, or only count it when there are enough of its code."""
        self._counts[found.code] += 1
        if self._counts[found.code] <= MAX_ISSUES_PER_CODE:
            self._issues.append(found)

    def add_segment(self, piece: Segment) -> None:
        """Add up a piece."""
        for found in piece.issues:
            self.add_issue(found)
        if piece.item is None:
            return
        self.items += 1
        if piece.item.agency and len(self.agencies) < MAX_AGENCIES:
            self.agencies[piece.item.agency] = None

    def check_encoding(self, chunk: Chunk, encoding: Encoding) -> None:
        """Tell of bytes that are not of the encoding, and once where a guessed encoding makes a difference."""
        for line, column in chunk.undecodable:
            message = f"bytes that are not {encoding.codec}; they are shown as U+FFFD"
            self.add_issue(
                issue("dump-encoding", Place(self.name, line, column), message, "say the right `--encoding`")
            )
        if not encoding.is_guess or self._guess_told:
            return
        for place in _beyond_ascii(self.name, chunk):
            self._guess_told = True
            message = f"the encoding is not certain; {encoding.codec} was taken"
            self.add_issue(
                issue("dump-encoding", place, message, "look at this line; if it is wrong, say `--encoding`")
            )

    def finish(self, binary: str) -> None:
        """What is wrong with the dump as a whole."""
        if binary:
            hint = "save it as plain text and import that"
            self.add_issue(issue("dump-binary", Place(self.name), f"not a text but {binary}", hint))
        elif not self.items:
            hint = "a brief is a line `-` and its headline on the next"
            self.add_issue(issue("dump-empty", Place(self.name), "no item in this dump", hint))

    def issues(self) -> tuple[Issue, ...]:
        """The issues in order; where some were only counted, one more of their code says how many."""
        more = (
            issue(code, Place(self.name), f"{count - MAX_ISSUES_PER_CODE:,} more of these, not listed")
            for code, count in self._counts.items()
            if count > MAX_ISSUES_PER_CODE
        )
        return in_order((*self._issues, *more))


def _beyond_ascii(name: str, chunk: Chunk) -> Iterable[Place]:
    """The first character of a chunk that is not ASCII, if there is one."""
    for number, line in enumerate(chunk.lines, chunk.first_line):
        if not line.isascii():
            return [Place(name, number, next(i for i, c in enumerate(line, 1) if not c.isascii()))]
    return []
