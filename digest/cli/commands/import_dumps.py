"""`digest import`: dumps into pages."""

import sys
from pathlib import Path

import click
import msgspec

from digest.builder import available_cpus
from digest.cli.actions.find_page import item_of
from digest.cli.actions.load_archive import library
from digest.cli.options import takes_site
from digest.cli.process.abort import misuse
from digest.cli.sites import Site, site_of
from digest.cli.terminal.progress import progress
from digest.cli.terminal.reporter import Reporter, count
from digest.ingest import ConflictResolution, DumpReport, ImportOptions, ImportReport, Outcome, import_dumps


@click.command()
@click.argument("sources", metavar="FILE|DIR|-...", nargs=-1, required=True)
@click.option("--at", metavar="T", default="", help="Day or moment of the dumps (ISO 8601). Default: from their names.")
@click.option("--source", metavar="NAME", default="", help="Who sent them. Default: from their names or bylines.")
@click.option("--encoding", metavar="E", help="Their encoding. Default: found out.")
@click.option(
    "--take", nargs=2, multiple=True, metavar="wire|ours PAGE", help="Whose text a page gets where both changed it."
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes. Default: one for each processor that may be used.",
)
@takes_site
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - a parameter an option
    out: Reporter, sources: tuple[str, ...], at: str, source: str, encoding: str | None,
    take: tuple[tuple[str, str], ...], dry_run: bool, jobs: int | None, site: Path | None,
) -> int:  # fmt: skip
    """Turn dumps into pages: each item a Markdown file, labelled, and threaded into its story."""
    here = site_of(site)
    options = ImportOptions(
        at=at,
        source=source,
        encoding=encoding,
        dry_run=dry_run,
        with_lines=out.machine,
        stdin=sys.stdin.buffer.read() if "-" in sources else b"",
        resolutions=tuple(_take(here, side, page) for side, page in take),
        jobs=jobs or available_cpus(),
    )
    with progress(machine=out.machine) as told:
        watched = msgspec.structs.replace(options, on_progress=told) if told else options
        report = import_dumps(here.folder, sources, watched)
    for dump in report.dumps:
        if dump.items or dump.is_duplicate:
            out.say(_dump_line(dump))
    data = {"dumps": report.dumps, "written": report.written, "dry_run": report.dry_run}
    return out.end(report.issues, summary=_summary(report), data=data)


def _take(site: Site, side: str, page: str) -> ConflictResolution:
    if side not in ("wire", "ours"):
        message = f"`--take {side}` is neither wire nor ours"
        raise misuse(message, "write `--take wire PAGE` or `--take ours PAGE`")
    with library(site) as archive:
        item = item_of(archive, site, page)
    return ConflictResolution(side="wire" if side == "wire" else "ours", page=item.path)


def _dump_line(dump: DumpReport) -> str:
    """One dump: what became of its items."""
    if dump.is_duplicate:
        return f"{dump.label}: imported before, nothing to do"
    fates = ", ".join(f"{dump.outcomes[o]:,} {o}" for o in Outcome if dump.outcomes.get(o))
    source = f" from {dump.source}" if dump.source else ""
    return f"{dump.label}: {count(dump.items, 'item')}{source}, seen {dump.seen}" + (f": {fates}" if fates else "")


def _summary(report: ImportReport) -> str:
    verb = "Would write" if report.dry_run else "Wrote"
    files = f"{verb} {count(len(report.written), 'file')}"
    return f"{files} from {count(len(report.dumps), 'dump')}, {count(len(report.issues), 'issue')}."
