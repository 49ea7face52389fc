"""Error boundary: every end of a command becomes a few lines and an exit code, never a traceback."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from digest.cli.app import cli
from digest.cli.options import asks_json
from digest.cli.process.abort import Stop
from digest.cli.process.exit_codes import BUG, INTERRUPTED, OK, USAGE
from digest.cli.terminal.reporter import Reporter
from digest.issues import Issue, Place, issue

COMPLETION = "_DIGEST_COMPLETE"
"""Environment variable by which the completion script of a shell asks for completions."""


def main() -> None:
    """Run `digest` and exit with its exit code."""
    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: skip the last garbage collection
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at exit; redirect that to /dev/null (docs.python.org, "Note on SIGPIPE").
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(args: Sequence[str]) -> int:  # noqa: PLR0911 - one return for each way in which a command ends
    """Run one command line and return its exit code. Never raises."""
    arguments = list(args)
    out = Reporter(machine=asks_json(arguments))
    try:
        return _called(arguments, out)
    except click.exceptions.Exit as end:
        return end.exit_code
    except Stop as stop:
        return out.end(stop.issues)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else error.format_message())
        return USAGE
    except click.ClickException as error:
        return out.end([_misuse(error)])
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return OK  # the reader of the output closed the pipe
    except Exception as error:  # noqa: BLE001 - the error boundary: nothing may pass it
        return _failed(error, arguments, out)


def _called(args: list[str], out: Reporter) -> int:
    """Do the same as click's `main`, except for closed pipes and interrupts."""
    if asked := os.environ.get(COMPLETION):
        from click.shell_completion import shell_complete  # noqa: PLC0415 - only completion needs it

        return shell_complete(cli, {}, "digest", COMPLETION, asked)
    with cli.make_context("digest", args, obj=out) as context:
        result = cli.invoke(context)
    return result if isinstance(result, int) else OK


def _misuse(error: click.ClickException) -> Issue:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "digest"
    message = error.format_message().rstrip(".")
    return issue("usage", Place(), message[:1].lower() + message[1:], f"see `{command} --help`")


def _failed(error: Exception, args: list[str], out: Reporter) -> int:
    if isinstance(error, OSError) and error.filename is not None and not isinstance(error, ConnectionError):
        file = Path(os.fsdecode(error.filename)).as_posix()
        hint = "check that it exists, and that you may read and write it"
        return out.end([issue("file-failed", Place(file), (error.strerror or "it failed").lower(), hint)])
    from digest.cli.process.crash_log import save_crash  # noqa: PLC0415 - only a crash needs it

    log = save_crash(error, args)
    said = f"{type(error).__name__}: {error}".splitlines()[0]
    out.end(
        [issue("internal", Place(), f"this is our bug, not yours: {said}", f"please report it, with {log}")],
    )
    return BUG
