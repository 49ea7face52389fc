"""Trains the linear model of `digest.labels`: `python -m benchmarks.train_labels FOLDER`. Needs numpy.

FOLDER holds `headlines-huffpost.tsv`, `headlines-uci.tsv` and `current-events.tsv` (NOTICE names their sources);
`labels_train.tsv` beside this file holds headlines of our own. The model is a softmax over words, pairs and word
beginnings on top of what the tables say (a fixed offset), so that it learns only what they do not know. A section that
covers several categories is a partial label: its share among them is estimated as training goes
(expectation–maximisation). One text in ten is held out. Same data, same bytes.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from digest.config import default_taxonomy
from digest.labels.categories import category_votes, name_spans
from digest.labels.gazetteer.lookup import Gazetteer, find_terms, load_gazetteer
from digest.labels.gazetteer.taxonomy import SIMILAR_CATEGORIES, TaxonomyMap, case_flag_of
from digest.labels.models.linear import WEIGHT_OFFSET, WEIGHTS_FILE, LinearModel, features_of, without_spans
from digest.labels.text.tokenizer import text_of

Array = NDArray[np.float64]
TARGET = Path(__file__).parent.parent / "digest" / "labels" / "data" / WEIGHTS_FILE
CATEGORIES = tuple(SIMILAR_CATEGORIES)
LEAST_SEEN, ROUNDS, STEP, RIDGE = 2, 40, 0.3, 5e-4
HELD_OUT = 10
OWN, OWN_WEIGHT = Path(__file__).parent / "labels_train.tsv", 2.0
_NEWS = "politics conflict business crime disaster health society environment"
SECTIONS: dict[str, str] = {
    "POLITICS": "politics", "ENTERTAINMENT": "culture", "STYLE & BEAUTY": "culture", "CULTURE & ARTS": "culture",
    "FOOD & DRINK": "culture health", "MEDIA": "culture politics", "SPORTS": "sport", "CRIME": "crime",
    "HOME & LIVING": "society culture", "ENVIRONMENT": "environment disaster science", "WELLNESS": "health society",
    "PARENTING": "society health", "WOMEN": "society health culture", "QUEER VOICES": "society culture politics",
    "BUSINESS": "business", "MONEY": "business society", "TECH": "technology business", "SCIENCE": "science",
    "RELIGION": "society", "EDUCATION": "society", "TRAVEL": "society", "U.S. NEWS": _NEWS, "WORLD NEWS": _NEWS,
    "WEIRD NEWS": "society crime environment", "BLACK VOICES": "society culture politics crime",
    "b": "business", "t": "technology science business", "e": "culture", "m": "health",
    "conflict": "conflict", "crime/law": "crime politics", "culture": "culture society", "disaster": "disaster",
    "health": "health", "environment": "environment", "health/environment": "health environment", "religion": "society",
    "politics": "politics", "politics/diplomacy": "politics conflict", "science/tech": "science technology",
    "sport": "sport", "business": "business",
}  # fmt: skip


class Example(msgspec.Struct, frozen=True):
    """One text with the categories that its section allows."""

    text: str
    allowed: tuple[int, ...]
    weight: float = 1.0


def examples(folder: Path) -> Iterator[Example]:
    """Every text whose section says something, each headline once."""
    seen: set[str] = set()
    sources = (("headlines-huffpost.tsv", 1, 2), ("headlines-uci.tsv", 1, 2), ("current-events.tsv", 2, 5))
    for name, section, text in sources:
        for line in (folder / name).read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            allowed = SECTIONS.get(cells[section]) if len(cells) > text else None
            if allowed and cells[text] not in seen:
                seen.add(cells[text])
                yield Example(cells[text], tuple(CATEGORIES.index(c) for c in allowed.split()))
    for line in OWN.read_text(encoding="utf-8").splitlines()[1:]:
        category, headline = line.split("\t")
        yield Example(headline, (CATEGORIES.index(category),), OWN_WEIGHT)


def is_held_out(text: str) -> bool:
    """Whether a text is kept from training, by a digest of its words: the same on every machine."""
    return blake2b(text.encode(), digest_size=2).digest()[0] % HELD_OUT == 0


def read(texts: list[str]) -> tuple[Array, list[list[str]]]:
    """(what the tables say of each text for each category, the features that are left to the model)."""
    gazetteer: Gazetteer = load_gazetteer()
    atlas = TaxonomyMap(default_taxonomy())
    readings = [tuple(map(atlas.resolve, own)) for own in gazetteer.readings]
    flags = tuple(map(case_flag_of, readings))
    made = np.zeros((len(texts), len(CATEGORIES)))
    listed: list[list[str]] = []
    for row, raw in enumerate(texts):
        text = text_of(raw)
        found = list(find_terms(text, gazetteer.terms, gazetteer.max_words, flags))
        listed.append(list(dict.fromkeys(features_of(without_spans(text.keys, name_spans(found, readings))))))
        for _, _, slot, weight in category_votes(found, readings):
            made[row, slot] += weight
    return made, listed


def train(data: list[Example], final: bool) -> tuple[dict[str, int], Array, Array]:
    """(features, weights, bias)."""
    fixed, listed = read([e.text for e in data])
    counted = Counter(f for own in listed for f in own)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counted.items() if n >= LEAST_SEEN))}
    rows = np.array([r for r, own in enumerate(listed) for f in own if f in index])
    columns = np.array([index[f] for own in listed for f in own if f in index])
    allowed = np.full((len(data), len(CATEGORIES)), 0.0)
    for row, e in enumerate(data):
        allowed[row, list(e.allowed)] = 1.0
    counts = np.array([e.weight for e in data])
    weights, bias = np.zeros((len(index), len(CATEGORIES))), np.zeros(len(CATEGORIES))
    speed = np.full_like(weights, 1e-6)
    for turn in range(ROUNDS):
        scores = fixed + bias
        np.add.at(scores, rows, weights[columns])
        chance = softmax(scores)
        target = allowed * chance
        target /= target.sum(axis=1, keepdims=True)
        share = target.sum(axis=0) / len(data)
        error = (target - chance) * (target @ balance(share) * counts)[:, None]
        gradient = np.zeros_like(weights)
        np.add.at(gradient, columns, error[rows])
        gradient -= RIDGE * len(data) * weights
        speed += gradient**2
        weights += STEP * gradient / np.sqrt(speed)
        bias += 0.5 * error.mean(axis=0)
        if not final and turn % 5 == 4:
            print(turn + 1, f"{(np.argmax(scores, 1)[:, None] == np.argmax(allowed * chance, 1)[:, None]).mean():.3f}")
    return index, weights, bias


def accuracy(data: list[Example], index: dict[str, int], weights: Array, bias: Array) -> float:
    """How often the first category is one that the section allows."""
    fixed, listed = read([e.text for e in data])
    scores = fixed + bias
    for row, features in enumerate(listed):
        scores[row] += weights[[index[f] for f in features if f in index]].sum(axis=0)
    return float(np.mean([int(np.argmax(s)) in e.allowed for s, e in zip(scores, data, strict=True)]))


def packed(index: dict[str, int], weights: Array, bias: Array) -> bytes:
    """The file's bytes: features that say something, each weight a byte."""
    kept = [f for f, i in index.items() if np.abs(weights[i]).max() >= 0.08]
    chosen = np.clip(weights[[index[f] for f in kept]], -4.0, 4.0)
    scale = float(np.abs(chosen).max() / (WEIGHT_OFFSET - 1))
    lanes = (np.rint(chosen / scale) + WEIGHT_OFFSET).astype("<u2")
    rows = lanes.tobytes()
    digest = blake2b(rows, digest_size=5).hexdigest()
    rounded = tuple(round(float(b), 3) for b in bias)
    return msgspec.msgpack.encode(
        LinearModel(digest, CATEGORIES, rounded, scale, {f: i for i, f in enumerate(kept)}, rows)
    )


def softmax(scores: Array) -> Array:
    """Scores as chances, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def balance(share: Array) -> Array:
    """Categories count by the root of how rare they are, so that the largest sections do not drown the others."""
    return np.asarray(np.clip(np.sqrt(1.0 / (len(share) * np.maximum(share, 1e-4))), 0.4, 3.0))


def main() -> None:
    """Train, say how well on what was held out, write the file."""
    data = list(examples(Path(sys.argv[1])))
    kept = [e for e in data if not is_held_out(e.text)]
    held = [e for e in data if is_held_out(e.text)]
    own = [e for e in held if e.weight > 1]
    index, weights, bias = train(kept, final=True)
    nothing = np.zeros_like(weights)
    print(f"held out: {len(held)} texts")
    print(f"the tables alone {accuracy(held, index, nothing, bias * 0):.3f}")
    print(f"with the model {accuracy(held, index, weights, bias):.3f}")
    print(f"in training {accuracy(kept, index, weights, bias):.3f}")
    print(f"held out of our own: {len(own)}, {accuracy(own, index, weights, bias):.3f}")
    data_bytes = packed(index, weights, bias)
    TARGET.write_bytes(data_bytes)
    print(f"{TARGET.name}: {len(data_bytes):,} bytes")


if __name__ == "__main__":
    main()
