"""Source locations: map a finding in the output to the line of content that an editor can change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

import msgspec

from digest.check.finding import Finding
from digest.issues import Issue, Place, issue

MAX_SHOWN_PLACES = 3
"""Maximum number of places reported for one problem; a mistake in a template occurs on every page."""


class SourceLocator:
    """Turns findings into issues with a place in the content if possible, else in the output.

    `content` maps a file of the output to the content pages it was made from, relative to the content folder.
    """

    def __init__(self, site: Path, output: str, base_path: str, content: Mapping[str, Sequence[str]]) -> None:
        self._site, self._output, self._base, self._content = site, output, base_path, content
        self._lines = lru_cache(maxsize=256)(self._read)

    def issues(self, findings: Iterable[Finding]) -> Iterator[Issue]:
        """Yield the issue of each finding. A problem that many pages have is reported a few times, with a count."""
        in_output: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings:
            if place := self._origin(finding):
                yield issue(finding.code, place, finding.message, finding.hint)
            else:
                in_output[finding.code, finding.message].append(finding)
        for same in in_output.values():
            for n, finding in enumerate(same[:MAX_SHOWN_PLACES]):
                more = len(same) - MAX_SHOWN_PLACES if n == MAX_SHOWN_PLACES - 1 else 0
                message = f"{finding.message} (and on {more:,} more pages)" if more > 0 else finding.message
                place = Place(f"{self._output}/{finding.file}", finding.line, finding.column)
                yield issue(finding.code, place, message, finding.hint)

    def at_field(self, item_issue: Issue, field: str) -> Issue:
        """Return an issue of a content page with the line of the front-matter field."""
        path = item_issue.place.file.removeprefix("content/")
        lines = (n for n, line in enumerate(self._lines(path), 1) if line.startswith(field))
        return msgspec.structs.replace(item_issue, place=Place(item_issue.place.file, next(lines, 1), 1))

    def _origin(self, finding: Finding) -> Place | None:
        if not finding.source_text:
            return None
        path_in_site = finding.source_text.removeprefix(self._base.rstrip("/"))
        candidates = dict.fromkeys(
            (finding.source_text, unquote(finding.source_text), path_in_site, unquote(path_in_site))
        )
        for path in self._content.get(finding.file, ()):
            for number, line in enumerate(self._lines(path), 1):
                for text in candidates:
                    if text and text in line:
                        return Place(f"content/{path}", number, line.index(text) + 1)
        return None

    def _read(self, path: str) -> list[str]:
        try:
            return (self._site / "content" / path).read_text("utf-8-sig", "replace").splitlines()
        except OSError:
            return []
