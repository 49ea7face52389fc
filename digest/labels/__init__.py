"""Labels: regions and categories of a text, with the evidence for each.

`load_engine(taxonomy)` loads the tables and weights once; `Engine.label` is then a pure function of the text. `engines`
chooses the labeller of a site, `suggestions` proposes terms from corrected pages, `report` explains a result. Modules
are imported when one of their names is used, since most builds label nothing. This package never reads pages and never
writes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.model import Labels

if TYPE_CHECKING:
    from digest.labels.labeller import Engine, load_engine
    from digest.labels.report import Report, tree_of
    from digest.labels.suggestions import (
        CorrectedPage,
        Suggestion,
        candidate_terms,
        evaluate,
        suggest,
        without_redundant,
    )

__all__ = [
    "CorrectedPage",
    "Engine",
    "Report",
    "Suggestion",
    "candidate_terms",
    "evaluate",
    "load_engine",
    "suggest",
    "tree_of",
    "tsv_of",
    "without_redundant",
]

_MODULES = {
    "CorrectedPage": "suggestions",
    "Engine": "labeller",
    "Report": "report",
    "Suggestion": "suggestions",
    "candidate_terms": "suggestions",
    "evaluate": "suggestions",
    "load_engine": "labeller",
    "suggest": "suggestions",
    "tree_of": "report",
    "without_redundant": "suggestions",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def tsv_of(labels: Labels) -> str:
    """Return a tab-separated line: region, other regions, category, other categories, confidence, evidence."""
    evidence = "; ".join(
        f"{e.words} → {e.label} ({e.table} {e.weight:g})" if e.label else e.words for e in labels.evidence
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
