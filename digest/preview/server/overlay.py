"""Issues as the overlay shows them: with the line of the file, a caret under the place, and a link to the editor."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from digest.issues import Issue, Place, Severity

_LONGEST = 160


def overlay_issues(issues: Iterable[Issue], site: Path, link_pattern: str) -> tuple[Mapping[str, Any], ...]:
    """What fails the build, and what warns; notes stay in the terminal. `editor` is the pattern of a link."""
    return tuple(_shown(i, site, link_pattern) for i in issues if i.severity is not Severity.NOTE)


def _shown(issue: Issue, site: Path, editor: str) -> Mapping[str, Any]:
    line, caret = excerpt_of(issue.place, site)
    return {
        "severity": str(issue.severity),
        "code": issue.code,
        "place": str(issue.place),
        "message": issue.message,
        "hint": issue.hint,
        "line": line,
        "caret": caret,
        "editor": editor_link(issue.place, site, editor),
    }


def excerpt_of(place: Place, site: Path) -> tuple[str, str]:
    """The line that an issue is about, and a caret under its place; empty where there is none."""
    file = site / place.file
    if not place.line or not file.is_file():
        return "", ""
    lines = file.read_bytes().decode("utf-8", "replace").splitlines()
    if place.line > len(lines):
        return "", ""
    line = lines[place.line - 1].replace("\t", " ")
    start = max(0, place.column - _LONGEST // 2)
    caret = " " * (place.column - 1 - start) + "^" if place.column else ""
    return line[start : start + _LONGEST], caret


def editor_link(place: Place, site: Path, link_pattern: str) -> str:
    """The address that opens the place in an editor; empty for an issue without a file, or a pattern that is none."""
    if not place.file or not link_pattern:
        return ""
    parts = {"file": quote((site / place.file).as_posix()), "line": place.line or 1, "column": place.column or 1}
    try:
        return link_pattern.format_map(parts)
    except (KeyError, ValueError, IndexError):
        return ""
