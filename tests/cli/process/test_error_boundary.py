"""Every way in which a command can end."""

import sys
import tempfile
from pathlib import Path

import click
import pytest

from digest.cli.app import COMMANDS, cli
from digest.cli.commands import completion
from digest.cli.process import crash_log, error_boundary
from tests.cli.running import digest


def _ends_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the command `completion` end with an exception."""

    def fails(_self: object, _context: object) -> None:
        raise error

    monkeypatch.setattr(type(completion.command), "invoke", fails)


def test_a_bug_is_exit_3_with_a_log_and_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "digest.toml").touch()
    _ends_with(ZeroDivisionError("of ours"), monkeypatch)
    ran = digest("completion", "bash", cwd=tmp_path)
    log = tmp_path / ".digest" / "crash.log"
    assert ran.code == 3
    assert ran.err == (
        "digest: error[internal]: this is our bug, not yours: ZeroDivisionError: of ours\n"
        f"  hint: please report it, with {log}\n"
    )
    text = log.read_text()
    assert "Traceback" in text
    assert "command: digest completion bash" in text


def test_a_log_names_no_home() -> None:
    text = crash_log.log_of(ValueError(f"in {Path.home()}/site"), ["build"])
    assert str(Path.home()) not in text or str(Path.home()) == "/"
    assert "in ~/site" in text


def test_a_log_goes_where_the_site_is_said_to_be(tmp_path: Path) -> None:
    log = crash_log.save_crash(ValueError("x"), ["build", "--site", str(tmp_path)])
    assert log == tmp_path / ".digest" / "crash.log"


def test_without_a_site_the_log_goes_to_the_folder_for_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    log = crash_log.save_crash(ValueError("x"), ["build"])
    assert log == tmp_path / "temporary" / "digest" / "crash.log"
    assert "ValueError: x" in log.read_text()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_is_exit_130_and_says_nothing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    _ends_with(error, monkeypatch)
    ran = digest("completion", "bash")
    assert (ran.code, ran.output.strip()) == (130, "")


def test_a_reader_who_has_had_enough_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    _ends_with(BrokenPipeError(), monkeypatch)
    ran = digest("completion", "bash")
    assert (ran.code, ran.output) == (0, "")


def test_what_the_system_refuses_is_an_issue_about_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _ends_with(PermissionError(13, "Permission denied", "/srv/www/news"), monkeypatch)
    ran = digest("completion", "bash")
    assert ran.code == 1
    assert ran.err == (
        "/srv/www/news: error[file-failed]: permission denied\n"
        "  hint: check that it exists, and that you may read and write it\n"
    )


def test_an_error_of_the_system_that_names_no_file_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ends_with(OSError(5, "Input/output error"), monkeypatch)
    (tmp_path / "digest.toml").touch()
    assert digest("completion", "bash", cwd=tmp_path).code == 3


def test_without_a_command_the_help_is_shown() -> None:
    ran = digest()
    assert ran.code == 2
    assert "Usage: digest" in ran.out


def test_a_command_line_that_cannot_be_parsed_is_answered_in_json_too() -> None:
    ran = digest("build", "--nonsense", "--json")
    assert ran.code == 2
    assert not ran.err
    document = ran.document
    assert (document["ok"], document["exit"], document["issues"][0]["code"]) == (False, 2, "usage")


def test_json_behind_two_dashes_is_a_file() -> None:
    ran = digest("build", "--nonsense", "--", "--json")
    assert ran.err.startswith("digest: error[usage]: ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_takes_a_site_and_json(name: str) -> None:
    assert digest(name, "--help").code == 0
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name
    children = command.commands.values() if isinstance(command, click.Group) else [command]
    for child in children:
        options = {option for parameter in child.params for option in parameter.opts}
        assert {"--site", "--json"} <= options, child.name
        assert child.help


def test_the_list_of_commands_is_the_table_and_imports_none() -> None:
    listed = digest("--help").out
    for name, text in COMMANDS.items():
        assert f"{name} " in listed
        assert text in listed


def test_the_boundary_is_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["digest", "--version"])
    with pytest.raises(SystemExit) as end:
        error_boundary.main()
    assert end.value.code == 0
