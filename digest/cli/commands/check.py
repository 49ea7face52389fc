"""`digest check`: every issue of the site, in one run."""

from collections.abc import Iterable
from pathlib import Path

import click

from digest.check import Baseline
from digest.cli.actions.check import all_issues, completed
from digest.cli.options import takes_site
from digest.cli.process.abort import Stop, misuse
from digest.cli.sites import site_of
from digest.cli.terminal.issue_formats import github_of, sarif_of
from digest.cli.terminal.progress import progress
from digest.cli.terminal.reporter import Reporter, count
from digest.issues import Issue, Place, issue, sort_issues, with_severities


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="Default: text."
)
@click.option("--fix", is_flag=True, help="First complete hand-made pages, as `digest adopt` does.")
@click.option("--strict", is_flag=True, help="Warnings fail the check too.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Issues that are known: only others are said."
)
@click.option("--write-baseline", is_flag=True, help="Write all issues that there are now into the baseline's FILE.")
@takes_site
@click.pass_obj
def command(
    out: Reporter, form: str, fix: bool, strict: bool, baseline: Path | None, write_baseline: bool, site: Path | None
) -> int:
    """List every issue of configuration, pages and theme, and all that is wrong with the site that they make.

    The site is built apart for that, under `.digest`; the output stays as it is.
    """
    out.machine = out.machine or form == "json"
    if write_baseline and not baseline:
        raise misuse("`--write-baseline` does not say where to", "add `--baseline FILE`")
    here = site_of(site)
    known = _known(baseline) if baseline and not write_baseline else Baseline()
    mended = completed(here) if fix else ()
    with progress(machine=out.machine) as told:
        issues = sort_issues(with_severities(all_issues(here, told), here.severities))
    if baseline and write_baseline:
        baseline.write_text(Baseline.from_issues(issues).to_json(), "utf-8")
        return out.end(summary=f"{count(len(issues), 'issue')} written to {baseline}.")
    new = tuple(known.new_issues(issues))
    if form in ("sarif", "github") and not out.machine:
        return out.end_as(sarif_of(new) if form == "sarif" else github_of(new), new, strict=strict)
    summary = _summary(new, mended if fix else None, len(issues) - len(new), known.count_fixed(issues))
    return out.end(new, summary=summary, data={"completed": mended} if fix else {}, strict=strict)


def _known(file: Path) -> Baseline:
    try:
        return Baseline.parse(file.read_bytes())
    except (OSError, ValueError) as error:
        hint = "write one with `--write-baseline`"
        raise Stop(issue("baseline-unreadable", Place(file.as_posix()), str(error), hint)) from error


def _summary(new: tuple[Issue, ...], mended: Iterable[str] | None, known: int, gone: int) -> str:
    parts = [] if mended is None else [f"{count(len(tuple(mended)), 'page')} completed."]
    if known:
        parts.append(f"{count(len(new), 'new issue')}, {known:,} known." if new else f"Nothing new; {known:,} known.")
    else:
        parts.append(f"{count(len(new), 'issue')}." if new else "Nothing is wrong.")
    if gone:
        parts.append(f"{count(gone, 'known issue')} there no more: write the baseline again.")
    return " ".join(parts)
