"""Explanation of labels for people: the evidence and the competing labels, as values and as a tree of lines."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from digest.model import Evidence, Labels

NO_EVIDENCE = Evidence(words="nothing to go by", table="none", label="", weight=0.0)
_MAX_EVIDENCE = 8
_MAX_LINES = 6


class Report(Struct, frozen=True, kw_only=True):
    """Labels with all scores and evidence that led to them.

    `regions` and `categories` hold (slug, score), highest first: a region's score is the sum of its evidence, a
    category's is its share of the total. `evidence` is in the order of the text.
    """

    headline: str
    labels: Labels
    regions: tuple[tuple[str, float], ...]
    categories: tuple[tuple[str, float], ...]
    evidence: tuple[Evidence, ...]

    @property
    def region_margin(self) -> float:
        """Difference between the scores of the first and the second region."""
        return margin(self.regions)

    @property
    def category_margin(self) -> float:
        """Difference between the scores of the first and the second category."""
        return margin(self.categories)


def margin(ranked: Sequence[tuple[str, float]]) -> float:
    """Return the difference between the first and the second score."""
    first = ranked[0][1] if ranked else 0.0
    return first - (ranked[1][1] if len(ranked) > 1 else 0.0)


def strongest_evidence(evidence: Sequence[Evidence], region: str, category: str) -> tuple[Evidence, ...]:
    """Return the evidence for these two labels, strongest first; `NO_EVIDENCE` when there is none."""
    supporting = [e for e in evidence if e.label in {region, category} and e.weight > 0]
    supporting.sort(key=lambda e: (-e.weight, e.words, e.table))
    return tuple(supporting[:_MAX_EVIDENCE]) or (NO_EVIDENCE,)


def tree_of(report: Report) -> str:
    """Return a report as a tree of text lines."""
    labels = report.labels
    lines = [report.headline]
    for name, first, confidence, ranked, lead in (
        ("region", labels.region, labels.region_confidence, report.regions, report.region_margin),
        ("category", labels.category, labels.category_confidence, report.categories, report.category_margin),
    ):
        lines.append(f"├─ {name} {first}, confidence {confidence:.0%}, leads by {lead:.2f}")
        for slug, score in (ranked or ((first, 0.0),))[:3]:
            lines.append(f"│  ├─ {slug} {score:.2f}")
            lines.extend(_evidence_lines(report.evidence, slug))
    return "\n".join(lines)


def _evidence_lines(evidence: Sequence[Evidence], slug: str) -> Iterator[str]:
    strongest = sorted((e for e in evidence if e.label == slug), key=lambda e: -abs(e.weight))
    for entry in strongest[:_MAX_LINES]:
        yield f"│  │  ├─ “{entry.words}” {entry.weight:+.2f} ({entry.table})"
