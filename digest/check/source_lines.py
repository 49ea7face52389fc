"""From a place in the output to the line of content that an editor can change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import msgspec

from digest.check.finding import Finding
from digest.issues import Issue, Place, issue

MAX_SHOWN_PLACES = 3
"""Places of one mistake that are named one by one; a template's stands on every page."""


class SourceLocator:
    """`content` names for files of the output the pages that they were made of, relative to the content folder."""

    def __init__(self, site: Path, output: str, base_path: str, content: Mapping[str, Sequence[str]]) -> None:
        self._site, self._output, self._base, self._content = site, output, base_path, content
        self._lines = lru_cache(maxsize=256)(self._read)

    def issues(self, findings: Iterable[Finding]) -> Iterator[Issue]:
        """Each with its place. What a template says on many pages is said a few times, and how many more there are."""
        rest: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            if place := self._origin(finding):
                yield issue(finding.code, place, finding.message, finding.hint)
            else:
                rest[finding.code, finding.message].append(finding)
        for same in rest.values():
            for n, finding in enumerate(same[:MAX_SHOWN_PLACES]):
                more = len(same) - MAX_SHOWN_PLACES if n == MAX_SHOWN_PLACES - 1 else 0
                message = f"{finding.message} (and on {more:,} more pages)" if more > 0 else finding.message
                place = Place(f"{self._output}/{finding.file}", finding.line, finding.column)
                yield issue(finding.code, place, message, finding.hint)

    def at_field(self, found: Issue, field: str) -> Issue:
        """An issue with a page of the content, at the line where the field is written."""
        path = found.place.file.removeprefix("content/")
        lines = (n for n, line in enumerate(self._lines(path), 1) if line.startswith(field))
        return msgspec.structs.replace(found, place=Place(found.place.file, next(lines, 1), 1))

    def _origin(self, finding: Finding) -> Place | None:
        if not finding.source_text:
            return None
        bare = finding.source_text.removeprefix(self._base.rstrip("/"))
        needles = dict.fromkeys((finding.source_text, unquote(finding.source_text), bare, unquote(bare)))
        for path in self._content.get(finding.file, ()):
            for number, line in enumerate(self._lines(path), 1):
                for needle in needles:
                    if needle and needle in line:
                        return Place(f"content/{path}", number, line.index(needle) + 1)
        return None

    def _read(self, path: str) -> list[str]:
        try:
            return (self._site / "content" / path).read_text("utf-8-sig", "replace").splitlines()
        except OSError:
            return []
