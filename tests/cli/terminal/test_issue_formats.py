"""Issues as text, JSON, SARIF and log commands; what fails a run."""

import json
import sys
from typing import Any

import pytest

from digest.cli.process.exit_codes import code_of
from digest.cli.terminal import reporter
from digest.cli.terminal.issue_formats import github_of, plain_of, sarif_of
from digest.cli.terminal.reporter import Reporter, count
from digest.issues import CODES, Issue, Place, Severity, issue

ERROR = issue("page-date", Place("content/a b.md", 3, 7), "`2026-02-30` is no date", "write a day")
WARNING = issue("source-unknown", Place("digest.toml"), "the source `X` has no entry")
NOTE = issue("output-foreign", Place("output/x"), "no build made this file")


def test_json_is_flat() -> None:
    assert plain_of(ERROR) == {
        "code": "page-date",
        "severity": "error",
        "file": "content/a b.md",
        "line": 3,
        "column": 7,
        "message": "`2026-02-30` is no date",
        "hint": "write a day",
    }


def test_sarif_names_rules_levels_and_places() -> None:
    document: dict[str, Any] = json.loads(sarif_of([ERROR, WARNING, NOTE, ERROR]))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["output-foreign", "page-date", "source-unknown"]
    first, second, third, _ = run["results"]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert (first["level"], second["level"], third["level"]) == ("error", "warning", "note")
    assert first["message"]["text"] == "`2026-02-30` is no date\nhint: write a day"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/a%20b.md"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_code_scanning_knows_an_issue_again_when_its_line_has_moved() -> None:
    moved = issue("page-date", Place("content/a b.md", 9, 1), ERROR.message)
    (run,) = json.loads(sarif_of([ERROR, moved, WARNING]))["runs"]
    first, second, third = (r["partialFingerprints"]["digest/v1"] for r in run["results"])
    assert first == second != third


def test_sarif_of_an_issue_without_a_file_has_no_place() -> None:
    (run,) = json.loads(sarif_of([issue("usage", Place(), "no")]))["runs"]
    assert "locations" not in run["results"][0]


def test_log_commands_are_escaped() -> None:
    odd = issue("page-date", Place("a,b:c%.md", 1), "50%\nof it")
    assert github_of([odd, WARNING]) == (
        "::error file=a%2Cb%3Ac%25.md,line=1,title=page-date::50%25%0Aof it\n"
        "::warning file=digest.toml,title=source-unknown::the source `X` has no entry"
    )


@pytest.mark.parametrize(
    ("issues", "strict", "code"),
    [
        ([], False, 0),
        ([NOTE], True, 0),
        ([WARNING], False, 0),
        ([WARNING], True, 1),
        ([ERROR], False, 1),
        ([ERROR, issue("config-type", "digest.toml", "x")], False, 2),
        ([issue("theme-missing", "digest.toml", "x")], False, 2),
        ([issue("page-not-found", "", "x")], False, 2),
    ],
)
def test_exit_codes(issues: list[Issue], strict: bool, code: int) -> None:
    assert code_of(issues, strict=strict) == code


def test_a_configuration_issue_that_the_site_made_a_note_is_no_misuse() -> None:
    eased = Issue("config-value", Severity.NOTE, Place("digest.toml"), "x")
    assert code_of([eased], strict=True) == 0


def test_the_end_prints_in_order_once_and_as_the_site_weighs_them(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = {"source-unknown": "error", "output-foreign": "off"}
    code = Reporter().end([WARNING, ERROR, NOTE, ERROR], summary="Done.", severities=chosen)
    printed = capsys.readouterr()
    assert code == 1
    assert printed.out == "Done.\n"
    assert printed.err == (
        "content/a b.md:3:7: error[page-date]: `2026-02-30` is no date\n"
        "  hint: write a day\n"
        "digest.toml: error[source-unknown]: the source `X` has no entry\n"
    )


def test_for_machines_there_is_one_document_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    out = Reporter(machine=True)
    out.say("a line")
    out.tell("a remark")
    out.end([WARNING], summary="Done.", data={"pages": 3})
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert (document["ok"], document["exit"], document["pages"], printed.err) == (True, 0, 3, "")


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not reporter.colours(err=True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert reporter.colours(err=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not reporter.colours(err=True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not reporter.colours(err=True)


def test_colours_change_no_letter(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(reporter, "colours", lambda **_: True)
    Reporter().issues([ERROR])
    printed = capsys.readouterr().err
    assert "\x1b[" in printed
    plain = "".join(part.partition("m")[2] if n else part for n, part in enumerate(printed.split("\x1b[")))
    assert plain == f"{ERROR}\n"


def test_counts() -> None:
    assert [count(1, "page"), count(2, "page"), count(1234, "entry", "entries")] == [
        "1 page",
        "2 pages",
        "1,234 entries",
    ]


def test_every_code_of_ours_is_known() -> None:
    assert {"usage", "internal", "file-failed", "folder-not-empty", "target-unknown"} <= CODES.keys()
