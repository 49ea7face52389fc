"""Scores as chances: fitted on headlines that were labelled by hand, so that 0.8 means right eight times in ten."""

from math import exp

_REGION = (-0.6, 0.9, 2.4)
_LOW, _HIGH = 0.05, 0.99


def chance_of_region(top: float, second: float) -> float:
    """How often the first region is right, from its score and the second's."""
    bias, loudness, lead = _REGION
    return _clipped(1 / (1 + exp(-(bias + loudness * min(top, 3.0) + lead * (top - second) / (top + second)) + 1.0)))


def chance_of_category(share: float) -> float:
    """How often the first category is right, from its share of the softmax."""
    return _clipped(share)


def _clipped(chance: float) -> float:
    return round(min(_HIGH, max(_LOW, chance)), 3)
