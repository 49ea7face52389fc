"""Issues as the overlay in the browser shows them: source line, caret below the column, and a link to the editor."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from digest.issues import Issue, Place, Severity

_MAX_EXCERPT_LENGTH = 160


def overlay_issues(issues: Iterable[Issue], site: Path, link_pattern: str) -> tuple[Mapping[str, Any], ...]:
    """Return the errors and warnings; notes appear in the terminal only."""
    return tuple(_overlay_issue(i, site, link_pattern) for i in issues if i.severity is not Severity.NOTE)


def _overlay_issue(issue: Issue, site: Path, link_pattern: str) -> Mapping[str, Any]:
    line, caret = excerpt_of(issue.place, site)
    return {
        "severity": str(issue.severity),
        "code": issue.code,
        "place": str(issue.place),
        "message": issue.message,
        "hint": issue.hint,
        "line": line,
        "caret": caret,
        "editor": editor_link(issue.place, site, link_pattern),
    }


def excerpt_of(place: Place, site: Path) -> tuple[str, str]:
    """Return the source line of an issue and a caret below its column; empty strings if there is no such line."""
    file = site / place.file
    if not place.line or not file.is_file():
        return "", ""
    lines = file.read_bytes().decode("utf-8", "replace").splitlines()
    if place.line > len(lines):
        return "", ""
    line = lines[place.line - 1].replace("\t", " ")
    start = max(0, place.column - _MAX_EXCERPT_LENGTH // 2)
    caret = " " * (place.column - 1 - start) + "^" if place.column else ""
    return line[start : start + _MAX_EXCERPT_LENGTH], caret


def editor_link(place: Place, site: Path, link_pattern: str) -> str:
    """Return the URL that opens a place in the editor, made from the `preview.editor` setting.

    Empty for a place without a file or a pattern that cannot be formatted.
    """
    if not place.file or not link_pattern:
        return ""
    parts = {"file": quote((site / place.file).as_posix()), "line": place.line or 1, "column": place.column or 1}
    try:
        return link_pattern.format_map(parts)
    except (KeyError, ValueError, IndexError):
        return ""
