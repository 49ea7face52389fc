"""Chances: within bounds, rising with what speaks for a label."""

import pytest

from digest.labels.models.calibration import chance_of_category, chance_of_region


@pytest.mark.parametrize("share", [0.0, 1e-9, 0.3, 0.5, 0.999999, 1.0])
def test_a_chance_of_a_category_is_one(share: float) -> None:
    assert 0.0 < chance_of_category(share) < 1.0


def test_more_share_is_a_higher_chance() -> None:
    found = [chance_of_category(step / 20) for step in range(1, 20)]
    assert found == sorted(found)
    assert found[0] < 0.3
    assert found[-1] > 0.9


def test_a_loud_region_without_rival_is_nearly_sure() -> None:
    assert chance_of_region(4.0, 0.0) > 0.95


def test_a_rival_and_a_faint_voice_take_away() -> None:
    assert chance_of_region(4.0, 3.5) < chance_of_region(4.0, 1.0) < chance_of_region(4.0, 0.0)
    assert chance_of_region(0.5, 0.0) < chance_of_region(1.5, 0.0) < chance_of_region(3.0, 0.0)
