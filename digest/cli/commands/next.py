"""`digest next`: the next instant at which the output changes by itself."""

from datetime import datetime
from pathlib import Path

import click

from digest.build import BuildRequest, next_change
from digest.cli.clock import now_of
from digest.cli.options import takes_site
from digest.cli.report import Reporter
from digest.cli.sites import OUTPUT, site_of


@click.command()
@click.option("--now", metavar="T", help="Counted from this moment (ISO 8601). Default: now.")
@takes_site
@click.pass_obj
def command(out: Reporter, now: str | None, site: Path | None) -> int:
    """Say when the output changes by itself: an embargo or a schedule ends, a copy must come off."""
    here = site_of(site)
    moment = now_of(now, here.config.zone)
    change = next_change(BuildRequest(site=here.folder, output=here.folder / OUTPUT, now=moment))
    local = (
        datetime.fromisoformat(change).astimezone(here.config.zone).isoformat(timespec="seconds") if change else None
    )
    return out.end(summary=local or "never", data={"next": local})
