"""Baseline: the known issues of a site, which `digest check` does not report again.

An issue is identified by its code, file and message; its line may change. If the baseline holds an issue three times,
the fourth is new. The file is JSON, sorted, one issue a line, for version control.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from digest.issues import Issue


class _Known(NamedTuple):
    """The fields that identify an issue."""

    code: str
    file: str
    message: str


class _File(Struct, frozen=True):
    """The content of a baseline file."""

    issues: tuple[_Known, ...]
    format: int = 1


class Baseline:
    """A multiset of known issues."""

    def __init__(self, known: Iterable[_Known] = ()) -> None:
        self._known = Counter(known)

    @classmethod
    def from_issues(cls, issues: Iterable[Issue]) -> "Baseline":
        """Build a baseline of these issues."""
        return cls(map(_known, issues))

    @classmethod
    def parse(cls, text: str | bytes) -> "Baseline":
        """Parse a baseline file. Raises ValueError if it is not valid."""
        return cls(msgspec.json.decode(text, type=_File).issues)

    def to_json(self) -> str:
        """Return the text of a baseline file."""
        lines = [msgspec.json.encode(known).decode() for known in sorted(self._known.elements())]
        inner = ",\n".join(lines)
        return f'{{"format":1,"issues":[\n{inner}\n]}}\n' if lines else '{"format":1,"issues":[]}\n'

    def new_issues(self, issues: Iterable[Issue]) -> Iterator[Issue]:
        """Yield the issues that are not in the baseline."""
        remaining = self._known.copy()
        for issue in issues:
            known = _known(issue)
            if remaining[known] > 0:
                remaining[known] -= 1
            else:
                yield issue

    def count_fixed(self, issues: Iterable[Issue]) -> int:
        """Return how many issues of the baseline no longer occur."""
        return (self._known - Counter(map(_known, issues))).total()


def _known(issue: Issue) -> _Known:
    return _Known(issue.code, issue.place.file, issue.message)
