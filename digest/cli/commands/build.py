"""`digest build`: build the site into the folder `output`."""

from pathlib import Path
from typing import Any

import click

from digest import builder as building
from digest import config
from digest.builder import BuildRequest, Report, available_cpus, build
from digest.cli.options import takes_site
from digest.cli.process.abort import misuse
from digest.cli.process.clock import now_of
from digest.cli.sites import OUTPUT, folder_of
from digest.cli.terminal.progress import progress
from digest.cli.terminal.reporter import Reporter, count
from digest.issues import Issue, fails


@click.command()
@click.option("--full", is_flag=True, help="Discard the state of earlier builds, and examine everything.")
@click.option("--verify", "verifying", is_flag=True, help="Then make a clean build elsewhere, and compare every byte.")
@click.option("--why", "asked", metavar="URL", help="Print why a build would render a page; build nothing.")
@click.option("--now", metavar="T", help="Build as of this moment (ISO 8601; in the site's zone unless it names one).")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of processes. Default: the number of usable processors.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@takes_site
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - a parameter an option
    out: Reporter, full: bool, verifying: bool, asked: str | None, now: str | None, jobs: int | None,
    strict: bool, site: Path | None,
) -> int:  # fmt: skip
    """Build the site into the folder `output`; unchanged pages are kept."""
    folder = folder_of(site)
    read, _ = config.load(folder)
    request = BuildRequest(
        site=folder,
        output=folder / OUTPUT,
        now=now_of(now, read.zone),
        jobs=jobs or available_cpus(),
        full=full,
    )
    if asked is not None:
        return _explain(out, request, asked, full or verifying)
    with progress(machine=out.machine) as told:
        report = build(request, told)
    issues = (*report.issues, *(building.verify(request) if verifying and report.ok else ()))
    summary = _summary(report, issues, folder / OUTPUT)
    return out.end(issues, summary=summary, data={"build": plain_of(report)}, severities=read.issues, strict=strict)


def _explain(out: Reporter, request: BuildRequest, url: str, builds: bool) -> int:
    if builds:
        raise misuse("`--why` builds nothing, so it goes with neither `--full` nor `--verify`")
    reasons = building.why(request, url)
    return out.end(summary="\n".join(reasons), data={"url": url, "why": reasons})


def _summary(report: Report, issues: tuple[Issue, ...], output: Path) -> str:
    """Return one line of figures, and the command to preview the site."""
    took = f"in {report.seconds:.1f} s" if report.seconds >= 1 else f"in {report.seconds * 1000:.0f} ms"
    if not report.ok:
        return f"Not built: {count(len(issues), 'issue')}, {took}. The output has not changed."
    figures = ", ".join(
        (
            count(report.items, "item"),
            count(report.entries, "entry", "entries"),
            f"{count(report.rendered, 'page')} rendered",
            f"{report.kept:,} kept",
            f"{report.removed:,} removed",
            count(len(issues), "issue"),
            took,
        )
    )
    verb = f"Built with {count(len(issues), 'issue')}" if fails(issues) else "Built"
    return f"{verb}: {figures}, into {_shown(output)}.\nTo preview it: digest serve"


def _shown(path: Path) -> str:
    """Return a path relative to the current folder, if it is below it."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def plain_of(report: Report) -> dict[str, Any]:
    """Return the figures of a report, without its issues."""
    fields = {name: getattr(report, name) for name in report.__struct_fields__ if name != "issues"}
    return fields | {"next_change": report.next_change.isoformat() if report.next_change else None}
