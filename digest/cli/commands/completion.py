"""`digest completion`: the script that lets a shell complete commands."""

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from digest.cli.options import takes_site
from digest.cli.terminal.reporter import Reporter

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@takes_site
@click.pass_context
def command(ctx: click.Context, shell: str, site: Path | None) -> int:  # noqa: ARG001 - every command takes a site
    """Print the completion script of a shell, for its start file."""
    out: Reporter = ctx.obj
    kind = get_completion_class(shell)
    if kind is None:
        raise KeyError(shell)
    script = kind(ctx.find_root().command, {}, "digest", "_DIGEST_COMPLETE").source()
    return out.end(summary=script, data={"script": script})
