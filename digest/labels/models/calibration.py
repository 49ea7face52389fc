"""Calibration of scores into probabilities: 0.8 means that eight of ten such labels are right.

Both functions are logistic curves, fitted on hand-labelled headlines; `docs/explanation/labels.md` shows how well they
hold.
"""

from math import exp, log

NO_EVIDENCE_PROBABILITY, WEAK_EVIDENCE_PROBABILITY = 0.1, 0.3
_REGION_BIAS, _REGION_SLOPE, _REGION_LEAD_SLOPE = -1.6, 0.9, 2.4
_CATEGORY_BIAS, _CATEGORY_SLOPE = 0.9, 0.95
_MAX_REGION_SCORE = 3.0
_MIN_PROBABILITY, _MAX_PROBABILITY = 0.05, 0.99


def region_probability(top: float, second: float) -> float:
    """Return the probability that the first region is right, from the two best scores."""
    lead = (top - second) / (top + second)
    return _logistic(_REGION_BIAS + _REGION_SLOPE * min(top, _MAX_REGION_SCORE) + _REGION_LEAD_SLOPE * lead)


def category_probability(share: float) -> float:
    """Return the probability that the first category is right, from its softmax share."""
    odds = log(max(share, 1e-6) / max(1 - share, 1e-6))
    return _logistic(_CATEGORY_BIAS + _CATEGORY_SLOPE * odds)


def _logistic(odds: float) -> float:
    return round(min(_MAX_PROBABILITY, max(_MIN_PROBABILITY, 1 / (1 + exp(-odds)))), 3)
