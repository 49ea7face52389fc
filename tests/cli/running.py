"""Runs a command line in this process, as `digest` would."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from digest.cli.process.error_boundary import run


class Ran(Struct, frozen=True):
    """What a command left: exit code, both streams apart, and both as a terminal shows them."""

    code: int
    out: str
    err: str
    output: str

    @property
    def document(self) -> Any:
        """What `--json` printed."""
        return msgspec.json.decode(self.out)


class _Both(io.StringIO):
    """Writes to the terminal as well."""

    def __init__(self, terminal: io.StringIO) -> None:
        super().__init__()
        self._terminal = terminal

    def write(self, text: str) -> int:
        self._terminal.write(text)
        return super().write(text)


def digest(*args: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Ran:
    """Runs `digest ARGS` in a folder."""
    terminal = io.StringIO()
    out, err = _Both(terminal), _Both(terminal)
    with redirect_stdout(out), redirect_stderr(err), _in(cwd or Path.cwd()), _reading(stdin):
        code = run([str(a) for a in args])
    return Ran(code, out.getvalue(), err.getvalue(), terminal.getvalue())


@contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _reading(data: bytes) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data))
    try:
        yield
    finally:
        sys.stdin = before
