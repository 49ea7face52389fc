"""Scores as chances: fitted on headlines that were labelled by hand, so that 0.8 means right eight times in ten.

Both are logistic curves. Their figures stand beside how well they hold in `docs/explanation/labels.md`.
"""

from math import exp, log

NOTHING, FAINT = 0.1, 0.3
_REGION_BIAS, _REGION_LOUDNESS, _REGION_LEAD = -1.6, 0.9, 2.4
_CATEGORY_BIAS, _CATEGORY_SLOPE = 0.9, 0.95
_LOUD = 3.0
_LOW, _HIGH = 0.05, 0.99


def chance_of_region(top: float, second: float) -> float:
    """Return the probability that the first region is right, from the two best scores."""
    lead = (top - second) / (top + second)
    return _logistic(_REGION_BIAS + _REGION_LOUDNESS * min(top, _LOUD) + _REGION_LEAD * lead)


def chance_of_category(share: float) -> float:
    """Return the probability that the first category is right, from its softmax share."""
    odds = log(max(share, 1e-6) / max(1 - share, 1e-6))
    return _logistic(_CATEGORY_BIAS + _CATEGORY_SLOPE * odds)


def _logistic(odds: float) -> float:
    return round(min(_HIGH, max(_LOW, 1 / (1 + exp(-odds)))), 3)
