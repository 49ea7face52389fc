"""`digest check`: every issue of the site, in one run."""

import os
from pathlib import Path

import click

from digest.build import BuildRequest, build
from digest.build.links import broken_links
from digest.cli.adoption import adopted
from digest.cli.clock import now_of
from digest.cli.formats import github_of, sarif_of
from digest.cli.library import library
from digest.cli.options import takes_site
from digest.cli.progress import Told, progress
from digest.cli.report import Reporter, count
from digest.cli.sites import STATE, Site, site_of
from digest.ingest import conflicts
from digest.issues import Issue, in_order, with_severities

_FOLDER = "check"


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="Default: text."
)
@click.option("--fix", is_flag=True, help="First complete hand-made pages, as `digest adopt` does.")
@click.option("--strict", is_flag=True, help="Warnings fail the check too.")
@takes_site
@click.pass_obj
def command(out: Reporter, form: str, fix: bool, strict: bool, site: Path | None) -> int:
    """List every issue of configuration, pages and theme, and every internal link that leads nowhere.

    The site is built apart for that, under `.digest`; the output stays as it is.
    """
    out.machine = out.machine or form == "json"
    here = site_of(site)
    mended = _mend(here) if fix else ()
    with progress(machine=out.machine) as told:
        found = _issues(here, told)
    issues = in_order(with_severities(found, here.severities))
    if form in ("sarif", "github") and not out.machine:
        return out.end_as(sarif_of(issues) if form == "sarif" else github_of(issues), issues, strict=strict)
    summary = f"{count(len(issues), 'issue')}." if issues else "Nothing is wrong."
    summary = f"{count(len(mended), 'page')} completed. {summary}" if fix else summary
    return out.end(issues, summary=summary, data={"completed": mended} if fix else {}, strict=strict)


def _mend(site: Site) -> tuple[str, ...]:
    """Completes hand-made pages; what import wrote is complete."""
    with library(site) as archive:
        paths = [i.path for i in archive.items(row.path for row in archive.rows()) if i.origin is None]
    return adopted(site, paths, now_of(None, site.config.zone))[0]


def _issues(site: Site, told: Told | None) -> tuple[Issue, ...]:
    apart = site.folder / STATE / _FOLDER
    output = apart / "output"
    request = BuildRequest(
        site=site.folder,
        output=output,
        now=now_of(None, site.config.zone),
        jobs=os.cpu_count() or 1,
        cache=apart,
    )
    report = build(request, told)
    return (
        *report.issues,
        *_offers(site),
        *(broken_links(output, site.config.site.base_url) if report.ok else ()),
    )


def _offers(site: Site) -> tuple[Issue, ...]:
    """What the wire says of pages that an editor has changed, and has said differently."""
    with library(site) as archive:
        items = archive.items(row.path for row in archive.rows())
        return tuple(conflicts(site.folder, (item.path for item in items if item.origin and item.origin.seals)))
