"""Trains the head of the engine `semantic`: `python -m benchmarks.train_semantic FOLDER`. Needs the extra.

The same texts as for `benchmarks.train_labels`, the same tenth held out; a softmax over their embeddings. Same data,
same bytes, as far as the processor's floats agree: weights are rounded to four digits.
"""

import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.train_labels import CATEGORIES, Array, Example, balance, examples, is_held_out, softmax
from digest.config import default_taxonomy
from digest.labels import load_engine
from digest.labels.models.blend import HEAD_FILE, BlendedLabeller, ClassifierHead
from digest.labels.models.minilm import Array as Embedding

TARGET = Path(__file__).parent.parent / "digest" / "labels" / "data" / HEAD_FILE
ROUNDS, STEP, RIDGE = 400, 0.5, 2e-5
Embed = Callable[[str], Embedding]


def train(data: list[Example], embed: Embed) -> tuple[Array, Array]:
    """(weights, bias)."""
    known = np.array([embed(e.text) for e in data], np.float64)
    allowed = np.zeros((len(data), len(CATEGORIES)))
    for row, e in enumerate(data):
        allowed[row, list(e.allowed)] = 1.0
    counts = np.array([e.weight for e in data])
    weights, bias = np.zeros((known.shape[1], len(CATEGORIES))), np.zeros(len(CATEGORIES))
    speed = np.full_like(weights, 1e-8)
    for _ in range(ROUNDS):
        chance = softmax(known @ weights + bias)
        target = allowed * chance
        target /= target.sum(axis=1, keepdims=True)
        error = (target - chance) * (target @ balance(target.sum(axis=0) / len(data)) * counts)[:, None]
        gradient = known.T @ error - RIDGE * len(data) * weights
        speed += gradient**2
        weights += STEP * gradient / np.sqrt(speed)
        bias += 0.5 * error.mean(axis=0)
    return weights, bias


def head_of(weights: Array, bias: Array) -> ClassifierHead:
    """The head as it is kept."""
    rows = np.round(weights, 4).astype("<f4").tobytes()
    return ClassifierHead(
        blake2b(rows, digest_size=5).hexdigest(), CATEGORIES, tuple(round(float(value), 4) for value in bias), rows
    )


def accuracy(data: list[Example], guess: Callable[[str], str]) -> float:
    """How often the category is one that the section allows."""
    return sum(CATEGORIES.index(guess(e.text)) in e.allowed for e in data) / len(data)


def report(held: list[Example], head: ClassifierHead, embed: Embed) -> None:
    """Print how well it does on what was held out, alone and together with the default."""
    taxonomy = default_taxonomy()
    default = load_engine(taxonomy)
    blend = BlendedLabeller(default, taxonomy, head, embed)
    guesses: dict[str, Callable[[str], str]] = {
        "the default": lambda text: default.label(text).category,
        "the embedding alone": lambda text: CATEGORIES[int(np.argmax(head.probabilities(embed(text))))],
        "both": lambda text: blend.label(text).category,
    }
    own = [e for e in held if e.weight > 1]
    for name, guess in guesses.items():
        print(f"{name} {accuracy(held, guess):.3f}, of our own {accuracy(own, guess):.3f}")


def main() -> None:
    """Train, say how well on what was held out, write the file."""
    from digest.labels.models.semantic import load_encoder  # noqa: PLC0415 - it needs the extra, the rest does not

    data = list(examples(Path(sys.argv[1])))
    embed = load_encoder().embed
    head = head_of(*train([e for e in data if not is_held_out(e.text)], embed))
    report([e for e in data if is_held_out(e.text)], head, embed)
    TARGET.write_bytes(msgspec.msgpack.encode(head))
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
