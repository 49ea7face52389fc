"""Chances: within bounds, rising with what speaks for a label."""

import pytest

from digest.labels.models.calibration import category_probability, region_probability


@pytest.mark.parametrize("share", [0.0, 1e-9, 0.3, 0.5, 0.999999, 1.0])
def test_category_probability_is_within_bounds(share: float) -> None:
    assert 0.0 < category_probability(share) < 1.0


def test_category_probability_rises_with_the_share() -> None:
    found = [category_probability(step / 20) for step in range(1, 20)]
    assert found == sorted(found)
    assert found[0] < 0.3
    assert found[-1] > 0.9


def test_strong_region_without_rival_is_almost_certain() -> None:
    assert region_probability(4.0, 0.0) > 0.95


def test_rival_or_weak_evidence_lowers_the_region_probability() -> None:
    assert region_probability(4.0, 3.5) < region_probability(4.0, 1.0) < region_probability(4.0, 0.0)
    assert region_probability(0.5, 0.0) < region_probability(1.5, 0.0) < region_probability(3.0, 0.0)
