"""Text → regions and categories with the evidence for them.

`engine(taxonomy)` loads the tables and weights once; its `label` is a pure function of the text.
"""

from digest.labels.labeller import Engine, engine
from digest.labels.report import Report, tree_of
from digest.labels.suggest import Corrected, Suggestion, chosen, drafts_of, suggest, tried
from digest.model import Labels

__all__ = [
    "Corrected",
    "Engine",
    "Report",
    "Suggestion",
    "chosen",
    "drafts_of",
    "engine",
    "suggest",
    "tree_of",
    "tried",
    "tsv_of",
]


def tsv_of(labels: Labels) -> str:
    """One line, parted by tabs: region, other regions, category, other categories, confidence, evidence."""
    evidence = "; ".join(
        f"{w.words} → {w.label} ({w.table} {w.weight:g})" if w.label else w.words for w in labels.evidence
    )
    return "\t".join(
        (
            labels.region,
            ",".join(labels.other_regions),
            labels.category,
            ",".join(labels.other_categories),
            f"{labels.confidence:.2f}",
            evidence,
        )
    )
