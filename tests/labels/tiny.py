"""A model of the same shape as the packaged one, so small that its numbers can be followed by hand."""

import json
from collections.abc import Mapping

import numpy as np

from digest.labels.models.minilm import Array

WORDS, POSITIONS = 5, 8


def weights(width: int, layers: int, seed: int = 1) -> dict[str, Array]:
    """Random weights; normalisation leaves values as they are."""
    chance = np.random.default_rng(seed)
    made: dict[str, Array] = {}

    def add(name: str, *shape: int) -> None:
        made[name] = chance.normal(size=shape).astype(np.float32)

    def even(name: str) -> None:
        made[f"{name}.weight"], made[f"{name}.bias"] = np.ones(width, np.float32), np.zeros(width, np.float32)

    add("embeddings.word_embeddings.weight", WORDS, width)
    add("embeddings.position_embeddings.weight", POSITIONS, width)
    add("embeddings.token_type_embeddings.weight", 2, width)
    even("embeddings.LayerNorm")
    for number in range(layers):
        layer = f"encoder.layer.{number}."
        for part, inner, outer in (
            ("attention.self.query", width, width), ("attention.self.key", width, width),
            ("attention.self.value", width, width), ("attention.output.dense", width, width),
            ("intermediate.dense", width, 2 * width), ("output.dense", 2 * width, width),
        ):  # fmt: skip
            add(f"{layer}{part}.weight", outer, inner)
            add(f"{layer}{part}.bias", outer)
        even(f"{layer}attention.output.LayerNorm")
        even(f"{layer}output.LayerNorm")
    return made


def packed(arrays: Mapping[str, Array]) -> bytes:
    """Arrays as a safetensors file, with a table of integers among them as the real one has."""
    head: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, array in arrays.items():
        head[name] = {"dtype": "F32", "shape": array.shape, "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.astype("<f4").tobytes()
    head["embeddings.position_ids"] = {"dtype": "I64", "shape": [1], "data_offsets": [len(data), len(data) + 8]}
    text = json.dumps(head).encode()
    return len(text).to_bytes(8, "little") + text + data + bytes(8)
