"""Options of every command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])

_site = click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The site's folder. Default: the nearest one with a digest.toml, from here upwards.",
)
# The error boundary looks for `--json` itself, so that even an invalid command line is answered in JSON.
_json = click.option("--json", is_flag=True, expose_value=False, help="One JSON document for machines.")


def takes_site(function: _F) -> _F:
    """Add `--site` (parameter `site`) and `--json` to a command."""
    return _site(_json(function))


def asks_json(args: list[str]) -> bool:
    """Return True when `--json` occurs before any `--`."""
    options = args[: args.index("--")] if "--" in args else args
    return "--json" in options
