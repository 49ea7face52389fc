"""The linear model: features, lanes, sums."""

import pytest

from digest.labels.models.linear import LANE, MOST, SHIFT, Model, features_of, known, scores, unnamed, weight_of

WEIGHTS = {"storm": (3, -2), "bank": (-1, 4), "the storm": (1, 1), "quarte*": (0, 2), "quart*": (0, 2)}


@pytest.fixture
def model() -> Model:
    rows = b"".join((weight + SHIFT).to_bytes(LANE, "little") for own in WEIGHTS.values() for weight in own)
    index = {feature: at for at, feature in enumerate(WEIGHTS)}
    return Model("test", ("disaster", "business"), (0.0, 0.0), 0.5, index, rows)


def test_features() -> None:
    assert list(features_of(["the", "storm"])) == ["storm", "the storm"]
    assert list(features_of(["12", "banks"])) == ["banks", "# banks"]
    assert list(features_of(["quarterly"])) == ["quarterly", "quart*", "^ quarterly"]
    assert list(features_of(["of", "the"])) == []


def test_a_blank_parts_its_neighbours() -> None:
    assert "storm bank" in features_of(["storm", "bank"])
    assert "storm bank" not in features_of(["storm", "", "bank"])


def test_names_are_blanked() -> None:
    assert unnamed(["bank", "of", "england", "acts"], [(0, 3)]) == ["", "", "", "acts"]
    assert unnamed(["rain"], []) == ["rain"]


def test_scores_are_the_sum_of_the_weights(model: Model) -> None:
    lanes = known(model, ["the", "storm", "bank"])
    assert [feature for feature, _ in lanes] == ["storm", "the storm", "bank"]
    assert scores(model, lanes) == [1.5, 1.5]
    assert scores(model, []) == [0.0, 0.0]


def test_one_feature_can_be_read_by_itself(model: Model) -> None:
    ((_, lane),) = known(model, ["", "storm"])
    assert weight_of(model, lane, 0) == 1.5
    assert weight_of(model, lane, 1) == -1.0


def test_a_feature_counts_once(model: Model) -> None:
    assert len(known(model, ["", "storm", "", "storm"])) == 1


def test_lanes_never_run_over() -> None:
    index = {f"w{at}": at for at in range(MOST * 2)}
    rows = (255).to_bytes(LANE, "little") * 2 * len(index)
    big = Model("test", ("a", "b"), (0.0, 0.0), 1.0, index, rows)
    lanes = known(big, list(index))
    assert len(lanes) == MOST
    assert scores(big, lanes) == [127.0 * MOST] * 2
