"""`digest label`: headlines in, their labels out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from digest.cli.clock import now_of
from digest.cli.lines import STDIN, lines_of
from digest.cli.options import takes_site
from digest.cli.refresh import refresh
from digest.cli.report import Reporter
from digest.cli.review import review
from digest.cli.sites import config_here, site_of
from digest.cli.stop import misuse
from digest.labels import engine, tsv_of
from digest.model import Labeller, Labels


@click.command()
@click.argument("file", metavar="[FILE|-]", default=STDIN, type=click.Path(path_type=Path))
@click.option("--tsv", is_flag=True, help="A line each: region, others, category, others, confidence, evidence.")
@click.option("--review", "reviewing", is_flag=True, help="The site's pages, the least sure labels first.")
@click.option("--refresh", "refreshing", is_flag=True, help="Label again what import labelled and no editor touched.")
@takes_site
@click.pass_obj
def command(out: Reporter, file: Path, tsv: bool, reviewing: bool, refreshing: bool, site: Path | None) -> int:
    """Say the region and category of headlines, one a line; a tab and a summary may follow a headline."""
    if reviewing and refreshing:
        raise misuse("`--review` and `--refresh` exclude each other", "take one of them")
    if reviewing:
        return review(out, site_of(site))
    if refreshing:
        here = site_of(site)
        return refresh(out, here, now_of(None, here.config.zone))
    labeller = engine(config_here(site).taxonomy)
    if out.machine:
        return out.end(data={"labels": [plain_of(line, labels) for line, labels in _labelled(file, labeller)]})
    for line, labels in _labelled(file, labeller):
        out.say(tsv_of(labels) if tsv else shown(line, labels))
    return 0


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
