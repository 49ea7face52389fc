"""Reporter: the only place that prints. Text for people, or one JSON document with `--json`."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from digest.cli.process.exit_codes import code_of
from digest.cli.terminal.issue_formats import json_of, plain_of
from digest.issues import Issue, Severity, in_order, with_severities

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


class Reporter:
    """Prints results to stdout and issues to stderr; with `machine` one JSON document to stdout."""

    def __init__(self, *, machine: bool = False) -> None:
        self.machine = machine

    def say(self, text: str) -> None:
        """Print a line of the result; with `--json` nothing."""
        if not self.machine:
            click.echo(text)

    def tell(self, text: str) -> None:
        """Print a remark to stderr."""
        if not self.machine:
            click.echo(text, err=True)

    def end(
        self,
        issues: Iterable[Issue] = (),
        *,
        summary: str = "",
        data: Mapping[str, Any] | None = None,
        severities: Mapping[str, str] | None = None,
        strict: bool = False,
    ) -> int:
        """Print issues and summary. Return the exit code."""
        shown = in_order(with_severities(issues, severities or {}))
        code = code_of(shown, strict=strict)
        if self.machine:
            self.document({"ok": code == 0, "exit": code, "issues": [plain_of(i) for i in shown], **(data or {})})
        else:
            self.issues(shown)
            if summary:
                click.echo(summary)
        return code

    def end_as(self, text: str, issues: Sequence[Issue], *, strict: bool = False) -> int:
        """Print issues that are formatted already. Return the exit code."""
        click.echo(text)
        return code_of(issues, strict=strict)

    def issues(self, issues: Sequence[Issue], *, err: bool = True) -> None:
        """Print each issue as `file:line:col: error[code]: message` with its hint."""
        paint = colours(err=err)
        for issue in issues:
            click.echo(_painted(issue) if paint else str(issue), err=err, color=paint)

    def document(self, document: Any) -> None:
        """Print one JSON document."""
        click.echo(json_of(document))


def colours(*, err: bool = False) -> bool:
    """Return True when a stream supports colours: a terminal, unless NO_COLOR (no-color.org) or TERM forbids them."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 page`, `2 pages`, `1,234 pages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _painted(issue: Issue) -> str:
    place = click.style(str(issue.place), bold=True)
    kind = click.style(f"{issue.severity}[{issue.code}]", fg=_COLOURS[issue.severity], bold=True)
    line = f"{place}: {kind}: {issue.message}"
    return f"{line}\n  {click.style('hint:', fg='cyan')} {issue.hint}" if issue.hint else line
