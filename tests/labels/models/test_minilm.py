"""Sentence embeddings without a framework: each step against the formula written out."""

from math import erf, exp, sqrt

import numpy as np
import pytest

from digest.labels.models.minilm import MAX_TOKENS, Array, Encoder, gelu
from tests.labels.tiny import POSITIONS, WORDS, weights

WIDTH, HEADS = 4, 2


def encoder(layers: int = 1) -> Encoder:
    """Words of a text are the numbers that it holds."""
    return Encoder(weights(WIDTH, layers), lambda text: [int(word) for word in text.split()], HEADS)


def linear(made: dict[str, Array], name: str, row: list[float]) -> list[float]:
    table, bias = made[f"{name}.weight"], made[f"{name}.bias"]
    return [sum(float(w) * x for w, x in zip(line, row, strict=True)) + float(b) for line, b in zip(table, bias)]  # noqa: B905 - numpy's rows have a length


def normal(row: list[float]) -> list[float]:
    mean = sum(row) / len(row)
    spread = sqrt(sum((x - mean) ** 2 for x in row) / len(row))
    return [(x - mean) / spread for x in row]


def by_hand(made: dict[str, Array], tokens: list[int]) -> list[float]:
    """The same by loops over single numbers."""
    tables = [made[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")]
    rows = [
        normal([float(tables[0][token][i] + tables[1][at][i] + tables[2][0][i]) for i in range(WIDTH)])
        for at, token in enumerate(tokens)
    ]
    name = "encoder.layer.0."
    query, key, value = (
        [linear(made, f"{name}attention.self.{part}", row) for row in rows] for part in ("query", "key", "value")
    )
    size = WIDTH // HEADS
    after = []
    for at, row in enumerate(rows):
        heard: list[float] = []
        for head in range(HEADS):
            own = slice(head * size, (head + 1) * size)
            scores = [
                exp(sum(a * b for a, b in zip(query[at][own], other[own], strict=True)) / sqrt(size)) for other in key
            ]
            heard += [
                sum(score * v[own][i] for score, v in zip(scores, value, strict=True)) / sum(scores)
                for i in range(size)
            ]
        seen = linear(made, f"{name}attention.output.dense", heard)
        middle = normal([a + b for a, b in zip(row, seen, strict=True)])
        wide = [x * (1 + erf(x / sqrt(2))) / 2 for x in linear(made, f"{name}intermediate.dense", middle)]
        after.append(normal([a + b for a, b in zip(middle, linear(made, f"{name}output.dense", wide), strict=True)]))
    mean = [sum(row[i] for row in after) / len(after) for i in range(WIDTH)]
    length = sqrt(sum(x * x for x in mean))
    return [x / length for x in mean]


@pytest.mark.parametrize("tokens", [[0], [1, 2], [3, 1, 4, 1], [2] * POSITIONS])
def test_embedding_equals_the_formula(tokens: list[int]) -> None:
    found = encoder().embed(" ".join(map(str, tokens)))
    assert found == pytest.approx(by_hand(weights(WIDTH, 1), tokens), abs=1e-5)


def test_number_of_layers_follows_from_the_weights() -> None:
    one, two = (encoder(layers).embed("1 2 3") for layers in (1, 2))
    assert not np.allclose(one, two)
    assert float(np.linalg.norm(two)) == pytest.approx(1.0)


def test_gelu_is_exact_to_six_digits() -> None:
    values = np.linspace(-6, 6, 241, dtype=np.float32)
    expected = [x * (1 + erf(x / sqrt(2))) / 2 for x in map(float, values)]
    assert gelu(values) == pytest.approx(expected, abs=1e-6)


def test_long_text_is_cut_to_the_token_limit() -> None:
    made = weights(WIDTH, 0)
    made["embeddings.position_embeddings.weight"] = np.zeros((MAX_TOKENS, WIDTH), np.float32)
    embed = Encoder(made, lambda text: [len(word) % WORDS for word in text.split()], HEADS).embed
    assert np.array_equal(embed("a " * MAX_TOKENS), embed("a " * MAX_TOKENS + "bb " * 50))
