"""`digest label`: headlines in, their labels out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from digest.cli.actions.relabel import refresh
from digest.cli.actions.review import review
from digest.cli.actions.suggest_terms import propose
from digest.cli.options import takes_site
from digest.cli.process.abort import misuse
from digest.cli.process.clock import now_of
from digest.cli.sites import Site, config_here, site_of
from digest.cli.terminal.input_lines import STDIN, lines_of
from digest.cli.terminal.reporter import Reporter
from digest.labels import tsv_of
from digest.labels.engines import site_labeller
from digest.model import Labeller, Labels


@click.command()
@click.argument("file", metavar="[FILE|-]", default=STDIN, type=click.Path(path_type=Path))
@click.option("--tsv", is_flag=True, help="A line each: region, others, category, others, confidence, evidence.")
@click.option("--review", is_flag=True, help="The site's pages, the least sure labels first.")
@click.option("--refresh", is_flag=True, help="Label again what import labelled and no editor touched.")
@click.option("--dry-run", is_flag=True, help="With --refresh: only say what would change.")
@click.option("--suggest", is_flag=True, help="Terms for digest.toml, from what editors changed.")
@takes_site
@click.pass_obj
def command(out: Reporter, /, file: Path, tsv: bool, dry_run: bool, site: Path | None, **tasks: bool) -> int:
    """Say the region and category of headlines, one a line; a tab and a summary may follow a headline."""
    asked = [name for name, wanted in tasks.items() if wanted]
    if len(asked) > 1:
        raise misuse("`--review`, `--refresh` and `--suggest` exclude each other", "take one of them")
    if dry_run and asked != ["refresh"]:
        raise misuse("`--dry-run` says what `--refresh` would change", "add `--refresh`")
    if asked:
        return _on_site(out, site_of(site), asked[0], dry_run=dry_run)
    labeller = site_labeller(config_here(site))
    if out.machine:
        return out.end(data={"labels": [plain_of(line, labels) for line, labels in _labelled(file, labeller)]})
    for line, labels in _labelled(file, labeller):
        out.say(tsv_of(labels) if tsv else shown(line, labels))
    return 0


def _on_site(out: Reporter, site: Site, task: str, *, dry_run: bool) -> int:
    if task == "review":
        return review(out, site)
    if task == "suggest":
        return propose(out, site)
    return refresh(out, site, now_of(None, site.config.zone), dry_run=dry_run)


def _labelled(file: Path, labeller: Labeller) -> Iterator[tuple[str, Labels]]:
    """Each line's headline with its labels, as the lines come in."""
    for line in lines_of(file):
        headline, _, summary = line.partition("\t")
        yield headline, labeller.label(headline, summary)


def shown(headline: str, labels: Labels) -> str:
    """A headline with its labels and the reasons, for people."""
    lines = [
        headline,
        _row("region", labels.region, labels.region_confidence, labels.other_regions),
        _row("category", labels.category, labels.category_confidence, labels.other_categories),
    ]
    reasons = [f"{w.words} → {w.label} ({w.table} {w.weight:g})" for w in labels.evidence if w.label]
    lines += [f"  {'because' if n == 0 else '':9} {reason}" for n, reason in enumerate(reasons)]
    return "\n".join(lines)


def _row(name: str, first: str, confidence: float, others: tuple[str, ...]) -> str:
    also = f", also {', '.join(others)}" if others else ""
    return f"  {name:9} {first} ({confidence:.0%}){also}"


def plain_of(headline: str, labels: Labels) -> dict[str, Any]:
    """Labels as a flat table."""
    return {
        "headline": headline,
        "region": labels.region,
        "other_regions": labels.other_regions,
        "category": labels.category,
        "other_categories": labels.other_categories,
        "region_confidence": labels.region_confidence,
        "category_confidence": labels.category_confidence,
        "confidence": labels.confidence,
        "evidence": labels.evidence,
    }
