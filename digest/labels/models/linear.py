"""Linear model for categories over words, word pairs and word prefixes, for text that the tables do not cover.

The weights of a feature are packed into one integer: a lane of 16 bits for each category, with each weight a signed
byte plus 128. The scores of a text are then one sum of integers, unpacked once. The file holds the features, their rows
and the scale.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from struct import unpack

import msgspec
from msgspec import Struct

from digest.labels.text.function_words import STOP_WORDS

WEIGHTS_FILE = "weights.msgpack"
LANE_BYTES, WEIGHT_OFFSET = 2, 128
MAX_FEATURES = 200
_PREFIX_LENGTH, _MIN_PREFIX_WORD = 5, 7


class LinearModel(Struct, frozen=True, array_like=True):
    """Packed weights: for each feature, `rows` has one little-endian lane of two bytes for each of `categories`.

    A score is `bias` plus `scale` times the sum of the weights. `features` maps a feature to its row number.
    """

    digest: str
    categories: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    features: dict[str, int]
    rows: bytes


def load_model() -> LinearModel:
    """Read the weights of the package."""
    data = resources.files("digest.labels").joinpath("data", WEIGHTS_FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=LinearModel)


def features_of(keys: Sequence[str]) -> Iterator[str]:
    """Yield the features of a text: `word`, `two words`, `prefi*`; a number is `#`; an empty word breaks pairs.

    A stop word counts only in a pair with another word.
    """
    last = "^"
    for raw in keys:
        if not raw:
            last = "^"
            continue
        key = "#" if raw.isdigit() else raw
        if key not in STOP_WORDS:
            yield key
            if len(key) >= _MIN_PREFIX_WORD:
                yield key[:_PREFIX_LENGTH] + "*"
            yield f"{last} {key}"
        elif last not in STOP_WORDS:
            yield f"{last} {key}"
        last = key


def without_spans(keys: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Return the words of a text with the given spans blanked: names are left to the tables."""
    remaining = list(keys)
    for start, end in spans:
        remaining[start:end] = [""] * (end - start)
    return remaining


def known_features(model: LinearModel, keys: Sequence[str]) -> list[tuple[str, int]]:
    """Return the features of a text that the model knows with their packed rows: each once, at most `MAX_FEATURES`."""
    index, rows, width = model.features, model.rows, LANE_BYTES * len(model.categories)
    known = [feature for feature in dict.fromkeys(features_of(keys)) if feature in index][:MAX_FEATURES]
    starts = [index[feature] * width for feature in known]
    return [(f, int.from_bytes(rows[at : at + width], "little")) for f, at in zip(known, starts, strict=True)]


def scores(model: LinearModel, lanes: Sequence[tuple[str, int]]) -> list[float]:
    """Return the sum of the features' weights for each category, without the bias."""
    size = len(model.categories)
    total = sum(lane for _, lane in lanes)
    offset = WEIGHT_OFFSET * len(lanes)
    return [(lane - offset) * model.scale for lane in unpack(f"<{size}H", total.to_bytes(LANE_BYTES * size, "little"))]


def weight_of(model: LinearModel, lane: int, category: int) -> float:
    """Return the weight of one feature for one category."""
    return (((lane >> (8 * LANE_BYTES * category)) & 0xFFFF) - WEIGHT_OFFSET) * model.scale
