"""The linear model: features, lanes, sums."""

import pytest

from digest.labels.models.linear import (
    LANE_BYTES,
    MAX_FEATURES,
    WEIGHT_OFFSET,
    LinearModel,
    features_of,
    known_features,
    scores,
    weight_of,
    without_spans,
)

WEIGHTS = {"storm": (3, -2), "bank": (-1, 4), "the storm": (1, 1), "quarte*": (0, 2), "quart*": (0, 2)}


@pytest.fixture
def model() -> LinearModel:
    rows = b"".join(
        (weight + WEIGHT_OFFSET).to_bytes(LANE_BYTES, "little") for own in WEIGHTS.values() for weight in own
    )
    index = {feature: at for at, feature in enumerate(WEIGHTS)}
    return LinearModel("test", ("disaster", "business"), (0.0, 0.0), 0.5, index, rows)


def test_features() -> None:
    assert list(features_of(["the", "storm"])) == ["storm", "the storm"]
    assert list(features_of(["12", "banks"])) == ["banks", "# banks"]
    assert list(features_of(["quarterly"])) == ["quarterly", "quart*", "^ quarterly"]
    assert list(features_of(["of", "the"])) == []


def test_blank_word_separates_pairs() -> None:
    assert "storm bank" in features_of(["storm", "bank"])
    assert "storm bank" not in features_of(["storm", "", "bank"])


def test_spans_are_blanked() -> None:
    assert without_spans(["bank", "of", "england", "acts"], [(0, 3)]) == ["", "", "", "acts"]
    assert without_spans(["rain"], []) == ["rain"]


def test_scores_are_sums_of_weights(model: LinearModel) -> None:
    lanes = known_features(model, ["the", "storm", "bank"])
    assert [feature for feature, _ in lanes] == ["storm", "the storm", "bank"]
    assert scores(model, lanes) == [1.5, 1.5]
    assert scores(model, []) == [0.0, 0.0]


def test_weight_of_one_feature(model: LinearModel) -> None:
    ((_, lane),) = known_features(model, ["", "storm"])
    assert weight_of(model, lane, 0) == 1.5
    assert weight_of(model, lane, 1) == -1.0


def test_repeated_feature_counts_once(model: LinearModel) -> None:
    assert len(known_features(model, ["", "storm", "", "storm"])) == 1


def test_lanes_never_overflow() -> None:
    index = {f"w{at}": at for at in range(MAX_FEATURES * 2)}
    rows = (255).to_bytes(LANE_BYTES, "little") * 2 * len(index)
    big = LinearModel("test", ("a", "b"), (0.0, 0.0), 1.0, index, rows)
    lanes = known_features(big, list(index))
    assert len(lanes) == MAX_FEATURES
    assert scores(big, lanes) == [127.0 * MAX_FEATURES] * 2
