"""The command `digest`: `main()` runs it, `cli` is its click group. Commands are in `commands/`, one module each.

A command parses arguments, calls one function and reports the result. It decides nothing.
"""

from digest.cli.app import cli
from digest.cli.process.error_boundary import main

__all__ = ["cli", "main"]
