"""The linear model over words, pairs of words and word beginnings: what the tables do not know about categories.

A feature's weights for all categories are one integer with a lane of 16 bits a category, each weight a byte moved up by
128; so a text's scores are one sum, taken apart once. The file holds the features, their rows and the scale.
"""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from struct import unpack

import msgspec
from msgspec import Struct

from digest.labels.text.function_words import SILENT

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


def load_model() -> Model:
    """The weights that the package ships."""
    data = resources.files("digest.labels").joinpath("data", FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Model)


def features_of(keys: Sequence[str]) -> Iterator[str]:
    """The features of a text: `word`, `two words`, `begin*`; a number is `#`, an empty word parts its neighbours.

    Words that say nothing by themselves count only in pairs with one that does.
    """
    last = "^"
    for raw in keys:
        if not raw:
            last = "^"
            continue
        key = "#" if raw.isdigit() else raw
        if key not in SILENT:
            yield key
            if len(key) >= _LONG:
                yield key[:_STEM] + "*"
            yield f"{last} {key}"
        elif last not in SILENT:
            yield f"{last} {key}"
        last = key


def unnamed(keys: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """The words of a text without its names, which are the tables' business: each span is blanked."""
    left = list(keys)
    for start, end in spans:
        left[start:end] = [""] * (end - start)
    return left


def known(model: Model, keys: Sequence[str]) -> list[tuple[str, int]]:
    """The features of a text that the model has, with their lanes, at most `MOST`; each once."""
    index, rows, width = model.features, model.rows, LANE * len(model.categories)
    ours = [feature for feature in dict.fromkeys(features_of(keys)) if feature in index][:MOST]
    starts = [index[feature] * width for feature in ours]
    return [(f, int.from_bytes(rows[at : at + width], "little")) for f, at in zip(ours, starts, strict=True)]


def scores(model: Model, lanes: Sequence[tuple[str, int]]) -> list[float]:
    """The sum of the features' weights for each category, without the bias."""
    size = len(model.categories)
    total = sum(lane for _, lane in lanes)
    moved = SHIFT * len(lanes)
    return [(lane - moved) * model.scale for lane in unpack(f"<{size}H", total.to_bytes(LANE * size, "little"))]


def weight_of(model: Model, lane: int, category: int) -> float:
    """Return the weight of one feature for one category."""
    return (((lane >> (8 * LANE * category)) & 0xFFFF) - SHIFT) * model.scale
