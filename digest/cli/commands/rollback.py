"""`digest rollback`: makes a target what it was before its last shipment."""

from pathlib import Path

import click

from digest.cli.actions.deploy import chosen, ended
from digest.cli.options import takes_site
from digest.cli.sites import site_of
from digest.cli.terminal.reporter import Reporter
from digest.deploy import rollback


@click.command()
@click.argument("target", metavar="[TARGET]", required=False)
@click.option("--dry-run", is_flag=True, help="Only say what would be put and deleted.")
@takes_site
@click.pass_obj
def command(out: Reporter, target: str | None, dry_run: bool, site: Path | None) -> int:
    """Go back to the release before the one that a target has now."""
    here = site_of(site)
    place = chosen(here, target)
    return ended(out, here, place, rollback(place, dry_run=dry_run), dry_run=dry_run)
