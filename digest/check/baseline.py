"""The issues that an old site is known to have: only others are new.

An issue is known by its code, its file and its message; the line may move. A file with three equal issues in the
baseline may have three; a fourth is new. The file is JSON, an issue a line, sorted: it is made to be kept in version
control and to get shorter.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from digest.issues import Issue


class _Known(NamedTuple):
    """Identity of an issue in a baseline."""

    code: str
    file: str
    message: str


class _File(Struct, frozen=True):
    """Content of a baseline file."""

    issues: tuple[_Known, ...]
    format: int = 1


class Baseline:
    """Issues that are known."""

    def __init__(self, known: Iterable[_Known] = ()) -> None:
        self._known = Counter(known)

    @classmethod
    def from_issues(cls, issues: Iterable[Issue]) -> "Baseline":
        """Return the baseline of these issues."""
        return cls(map(_known, issues))

    @classmethod
    def parse(cls, text: str | bytes) -> "Baseline":
        """A baseline file. Raises ValueError when it is none."""
        return cls(msgspec.json.decode(text, type=_File).issues)

    def to_json(self) -> str:
        """Return the text of a baseline file."""
        lines = [msgspec.json.encode(known).decode() for known in sorted(self._known.elements())]
        inner = ",\n".join(lines)
        return f'{{"format":1,"issues":[\n{inner}\n]}}\n' if lines else '{"format":1,"issues":[]}\n'

    def new_issues(self, issues: Iterable[Issue]) -> Iterator[Issue]:
        """The issues that are not known."""
        left = self._known.copy()
        for issue in issues:
            known = _known(issue)
            if left[known] > 0:
                left[known] -= 1
            else:
                yield issue

    def count_fixed(self, issues: Iterable[Issue]) -> int:
        """Return the number of known issues that no longer occur."""
        return (self._known - Counter(map(_known, issues))).total()


def _known(issue: Issue) -> _Known:
    return _Known(issue.code, issue.place.file, issue.message)
