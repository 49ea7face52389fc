"""The command `digest`: parses arguments, calls one function, prints what came of it. One module a command."""

from digest.cli.app import cli
from digest.cli.process.error_boundary import main

__all__ = ["cli", "main"]
