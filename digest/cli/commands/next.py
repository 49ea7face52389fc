"""`digest next`: the next instant at which the output changes by itself."""

from pathlib import Path

import click

from digest.builder import BuildRequest, next_change
from digest.cli.actions.schedule import FORMATS
from digest.cli.options import takes_site
from digest.cli.process.clock import now_of
from digest.cli.sites import OUTPUT, site_of
from digest.cli.terminal.reporter import Reporter


@click.command()
@click.option("--now", metavar="T", help="Counted from this moment (ISO 8601). Default: now.")
@click.option(
    "--format", "form", type=click.Choice(["time", *FORMATS]), default="time", help="Or a line that builds then."
)
@takes_site
@click.pass_obj
def command(out: Reporter, now: str | None, form: str, site: Path | None) -> int:
    """Say when the output changes by itself: an embargo or a schedule ends, a copy must come off."""
    here = site_of(site)
    moment = now_of(now, here.config.zone)
    change = next_change(BuildRequest(site=here.folder, output=here.folder / OUTPUT, now=moment))
    if change is None:
        return out.end(
            summary="never" if form == "time" else "# the output does not change by itself", data={"next": None}
        )
    local = change.astimezone(here.config.zone).isoformat(timespec="seconds")
    line = FORMATS[form](change, str(here.folder.resolve())) if form in FORMATS else local
    return out.end(summary=line, data={"next": local} | ({"line": line} if form in FORMATS else {}))
