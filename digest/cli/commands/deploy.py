"""`digest deploy`: ships the output to where it is served from."""

from pathlib import Path

import click

from digest.cli.actions.deploy import chosen, ended
from digest.cli.options import takes_site
from digest.cli.sites import OUTPUT, site_of
from digest.cli.terminal.reporter import Reporter
from digest.deploy import ship


@click.command()
@click.argument("target", metavar="[TARGET]", required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would be put and deleted.")
@takes_site
@click.pass_obj
def command(out: Reporter, target: str | None, dry_run: bool, site: Path | None) -> int:
    """Ship the output to a target of digest.toml; without one, to the only target there is."""
    here = site_of(site)
    place = chosen(here, target)
    return ended(out, here, place, ship(here.folder / OUTPUT, place, dry_run=dry_run), dry_run=dry_run)
