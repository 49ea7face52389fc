"""Report on labels for people: evidence and competing labels, as values and as a tree of lines."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from digest.model import Labels, Witness

NOTHING = Witness(words="nothing to go by", table="none", label="", weight=0.0)
_MOST_WITNESSES = 8
_LINES = 6


class Report(Struct, frozen=True, kw_only=True):
    """Labels with all that led to them.

    `regions` and `categories` hold (slug, score), strongest first: a region's score is the sum of its witnesses, a
    category's its share of all. `witnesses` are in the order of the text.
    """

    headline: str
    labels: Labels
    regions: tuple[tuple[str, float], ...]
    categories: tuple[tuple[str, float], ...]
    witnesses: tuple[Witness, ...]

    @property
    def region_margin(self) -> float:
        """By how much the first region leads the second."""
        return margin(self.regions)

    @property
    def category_margin(self) -> float:
        """By how much the first category leads the second."""
        return margin(self.categories)


def margin(ranked: Sequence[tuple[str, float]]) -> float:
    """By how much the first score leads the second."""
    first = ranked[0][1] if ranked else 0.0
    return first - (ranked[1][1] if len(ranked) > 1 else 0.0)


def loudest(witnesses: Sequence[Witness], region: str, category: str) -> tuple[Witness, ...]:
    """The witnesses for the labels that won, loudest first; one that says so when there is none."""
    own = [witness for witness in witnesses if witness.label in {region, category} and witness.weight > 0]
    own.sort(key=lambda witness: (-witness.weight, witness.words, witness.table))
    return tuple(own[:_MOST_WITNESSES]) or (NOTHING,)


def tree_of(report: Report) -> str:
    """A report as lines that a person reads in ten seconds."""
    labels = report.labels
    lines = [report.headline]
    for name, first, sure, ranked, lead in (
        ("region", labels.region, labels.region_confidence, report.regions, report.region_margin),
        ("category", labels.category, labels.category_confidence, report.categories, report.category_margin),
    ):
        lines.append(f"├─ {name} {first}, sure {sure:.0%}, leads by {lead:.2f}")
        ranks = ranked or ((first, 0.0),)
        for slug, score in ranks[:3]:
            lines.append(f"│  ├─ {slug} {score:.2f}")
            lines.extend(_spoken(report.witnesses, slug))
    return "\n".join(lines)


def _spoken(witnesses: Sequence[Witness], slug: str) -> Iterator[str]:
    own = sorted((w for w in witnesses if w.label == slug), key=lambda w: -abs(w.weight))
    for witness in own[:_LINES]:
        yield f"│  │  ├─ “{witness.words}” {witness.weight:+.2f} ({witness.table})"
