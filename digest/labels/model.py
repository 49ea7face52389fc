"""The linear model over words, pairs of words and word beginnings: what the tables do not know about categories.

A feature's weights for all categories are one integer with a lane of 16 bits a category, each weight a byte moved up by
128; so a text's scores are one sum, taken apart once. The file holds the features, their rows and the scale.
"""

from collections.abc import Iterator, Sequence
from importlib import resources
from struct import unpack

import msgspec
from msgspec import Struct

FILE = "weights.msgpack"
LANE, SHIFT = 2, 128
MOST = 200
_STEM, _LONG = 5, 7


class Model(Struct, frozen=True, array_like=True):
    """`rows` holds for each feature a little-endian lane of two bytes a category, in the order of `categories`.

    A score is `bias` plus the sum of the weights times `scale`.
    """

    digest: str
    categories: tuple[str, ...]
    bias: tuple[float, ...]
    scale: float
    features: dict[str, int]
    rows: bytes

    def row(self, feature: str) -> int | None:
        """The lanes of one feature, None for one that the model does not have."""
        index = self.features.get(feature)
        if index is None:
            return None
        width = LANE * len(self.categories)
        return int.from_bytes(self.rows[index * width : (index + 1) * width], "little")


def load_model() -> Model:
    """The weights that the package ships."""
    data = resources.files("digest.labels").joinpath("data", FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Model)


def features_of(keys: Sequence[str]) -> Iterator[str]:
    """The features of a text's words: `word`, `two words`, `begin*`; a number is `#`."""
    last = "^"
    for raw in keys:
        key = "#" if raw.isdigit() else raw
        yield key
        yield f"{last} {key}"
        if len(key) >= _LONG:
            yield key[:_STEM] + "*"
        last = key


def known(model: Model, keys: Sequence[str]) -> list[tuple[str, int]]:
    """The features of a text that the model has, with their lanes, at most `MOST`."""
    index, rows, width = model.features, model.rows, LANE * len(model.categories)
    found = []
    for feature in features_of(keys):
        at = index.get(feature)
        if at is not None:
            found.append((feature, int.from_bytes(rows[at * width : at * width + width], "little")))
    return found[:MOST]


def scores(model: Model, lanes: Sequence[tuple[str, int]]) -> list[float]:
    """The sum of the features' weights for each category, without the bias."""
    size = len(model.categories)
    total = sum(lane for _, lane in lanes)
    moved = SHIFT * len(lanes)
    return [(lane - moved) * model.scale for lane in unpack(f"<{size}H", total.to_bytes(LANE * size, "little"))]


def weight_of(model: Model, lane: int, category: int) -> float:
    """What one feature says for one category."""
    return (((lane >> (8 * LANE * category)) & 0xFFFF) - SHIFT) * model.scale
