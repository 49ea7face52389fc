"""Issues for machines: JSON, SARIF for code scanning, GitHub workflow commands. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from digest import __version__
from digest.issues import CODES, Issue, Severity

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def json_of(document: Any) -> str:
    """A document as indented JSON; structs by their field names, paths and times as text."""
    return msgspec.json.format(msgspec.json.encode(document, enc_hook=str), indent=2).decode()


def plain_of(issue: Issue) -> dict[str, Any]:
    """An issue as a flat table; `line` and `column` are 0 where they are not known."""
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "file": issue.place.file,
        "line": issue.place.line,
        "column": issue.place.column,
        "message": issue.message,
        "hint": issue.hint,
    }


def sarif_of(issues: Sequence[Issue]) -> str:
    """SARIF 2.1.0 (OASIS): one run, a rule for each code that occurs."""
    codes = sorted({i.code for i in issues})
    rules = [{"id": c, "shortDescription": {"text": CODES[c].meaning}} for c in codes]
    driver = {"name": "digest", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(i, codes) for i in issues],
    }
    return json_of({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(issue: Issue, codes: Sequence[str]) -> dict[str, Any]:
    text = f"{issue.message}\nhint: {issue.hint}" if issue.hint else issue.message
    result: dict[str, Any] = {
        "ruleId": issue.code,
        "ruleIndex": codes.index(issue.code),
        "level": _SARIF_LEVELS[issue.severity],
        "message": {"text": text},
        "partialFingerprints": {"digest/v1": _fingerprint(issue)},
    }
    if issue.place.file:
        region = {"startLine": issue.place.line, "startColumn": issue.place.column}
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(issue.place.file)}}
        if issue.place.line:
            location["region"] = {key: number for key, number in region.items() if number}
        result["locations"] = [{"physicalLocation": location}]
    return result


def _fingerprint(issue: Issue) -> str:
    """Return the fingerprint by which code scanning recognises an issue after its line has moved."""
    known = "\0".join((issue.code, issue.place.file, issue.message))
    return hashlib.blake2b(known.encode(), digest_size=16).hexdigest()


def github_of(issues: Iterable[Issue]) -> str:
    """A log command a line, such as `::error file=content/a.md,line=3,title=page-date::…`."""
    return "\n".join(_command(i) for i in issues)


def _command(issue: Issue) -> str:
    place = issue.place
    named: Mapping[str, str | int] = {"file": place.file, "line": place.line, "col": place.column, "title": issue.code}
    properties = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in named.items() if value)
    text = f"{issue.message}\nhint: {issue.hint}" if issue.hint else issue.message
    return f"::{_GITHUB_LEVELS[issue.severity]} {properties}::{_escape(text)}"


def _escape(text: str, also: str = "") -> str:
    """Escape like actions/toolkit (`command.ts`)."""
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
