"""Text → regions and categories with the evidence for them.

`engine(taxonomy)` loads the tables and weights once; its `label` is a pure function of the text. Each part is loaded
when it is first asked for: most builds label nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.model import Labels

if TYPE_CHECKING:
    from digest.labels.labeller import Engine, engine
    from digest.labels.report import Report, tree_of
    from digest.labels.suggestions import Corrected, Suggestion, chosen, drafts_of, suggest, tried

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

_LATER = {
    "Corrected": "suggestions",
    "Engine": "labeller",
    "Report": "report",
    "Suggestion": "suggestions",
    "chosen": "suggestions",
    "drafts_of": "suggestions",
    "engine": "labeller",
    "suggest": "suggestions",
    "tree_of": "report",
    "tried": "suggestions",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


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
