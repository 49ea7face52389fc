"""Sentence embeddings by the model all-MiniLM-L6-v2 (BERT, six layers), computed with numpy.

The arithmetic is that of BERT (https://arxiv.org/abs/1810.04805) with the mean of all tokens as the embedding, as in
the model's `1_Pooling/config.json`. PyTorch gives the same numbers to six digits, but takes seconds and 500 MB to
load; `docs/decisions/0015-semantic-engine.md` compares the alternatives.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

MAX_TOKENS, _HEADS = 128, 12
_EPSILON = np.float32(1e-12)
_ERF_P = np.float32(0.3275911)
_ERF = np.array([1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592], np.float32)

Array = NDArray[np.float32]
Weights = Mapping[str, Array]


class Encoder:
    """BERT encoder: text → embedding of length 1. `tokenize` returns the token ids of a text."""

    def __init__(self, weights: Weights, tokenize: Callable[[str], Sequence[int]], heads: int = _HEADS) -> None:
        self._weights, self._tokenize, self._heads = weights, tokenize, heads
        self._layers = sum(name.endswith("attention.self.query.weight") for name in weights)

    def embed(self, text: str) -> Array:
        """Return the embedding of a text."""
        tokens, weights = list(self._tokenize(text))[:MAX_TOKENS], self._weights
        names = ("word_embeddings", "position_embeddings", "token_type_embeddings")
        words, positions, types = (weights[f"embeddings.{name}.weight"] for name in names)
        hidden = self._normalize(words[tokens] + positions[: len(tokens)] + types[0], "embeddings.LayerNorm")
        for number in range(self._layers):
            hidden = self._layer(hidden, f"encoder.layer.{number}.")
        mean = hidden.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def _layer(self, hidden: Array, layer: str) -> Array:
        attended = self._linear(self._attention(hidden, f"{layer}attention.self."), f"{layer}attention.output.dense")
        hidden = self._normalize(hidden + attended, f"{layer}attention.output.LayerNorm")
        wide = gelu(self._linear(hidden, f"{layer}intermediate.dense"))
        return self._normalize(hidden + self._linear(wide, f"{layer}output.dense"), f"{layer}output.LayerNorm")

    def _attention(self, hidden: Array, name: str) -> Array:
        count, width = hidden.shape
        shape = (count, self._heads, width // self._heads)
        query, key, value = (
            self._linear(hidden, name + part).reshape(shape).transpose(1, 0, 2) for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(shape[2]))
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (powers / powers.sum(axis=-1, keepdims=True)) @ value
        return np.asarray(mixed.transpose(1, 0, 2).reshape(count, width))

    def _linear(self, hidden: Array, name: str) -> Array:
        return np.asarray(hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normalize(self, hidden: Array, name: str) -> Array:
        """Layer normalisation."""
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        deviation = np.sqrt(hidden.var(axis=-1, keepdims=True) + _EPSILON)
        return np.asarray(centred / deviation * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def gelu(values: Array) -> Array:
    """Gaussian error linear unit. The error function is Abramowitz and Stegun 7.1.26, exact to 1.5e-7."""
    size = np.abs(values) * np.float32(0.5**0.5)
    step = 1 / (1 + _ERF_P * size)
    error = np.copysign(1 - step * np.polyval(_ERF, step) * np.exp(-size * size), values)
    return np.asarray(values * (1 + error) * np.float32(0.5), np.float32)
