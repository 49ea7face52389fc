"""Blend of the default engine with a linear classifier over sentence embeddings.

The classifier gives a probability for each default category; it is averaged with the default engine's share as
logarithms. Regions come from the default engine alone: names decide them, and an embedding blurs names.
"""

from collections.abc import Callable
from importlib import resources
from math import exp, log

import msgspec
import numpy as np
from msgspec import Struct

from digest.labels.gazetteer.taxonomy import TaxonomyMap
from digest.labels.labeller import OTHER_CATEGORY_THRESHOLD, Engine
from digest.labels.models.calibration import category_probability
from digest.labels.models.minilm import Array
from digest.labels.report import strongest_evidence
from digest.labels.text.function_words import STOP_WORDS
from digest.labels.text.tokenizer import text_of
from digest.model import Evidence, Labels, Taxonomy

HEAD_FILE = "semantic.msgpack"
EMBEDDING_WEIGHT = 0.35
"""Weight of the embedding; the default engine has the rest. The best value on held-out texts."""

_MIN_PROBABILITY = 1e-6
_MIN_EVIDENCE_WEIGHT = 0.2


class ClassifierHead(Struct, frozen=True, array_like=True):
    """Linear classifier over embeddings: `weights` has a row of little-endian float32 for each dimension."""

    digest: str
    categories: tuple[str, ...]
    bias: tuple[float, ...]
    weights: bytes

    def probabilities(self, embedding: Array) -> list[float]:
        """Return the probability of each of `categories`."""
        table = np.frombuffer(self.weights, "<f4").reshape(-1, len(self.categories))
        scores = embedding @ table + np.array(self.bias, np.float32)
        powers = np.exp(scores - scores.max())
        return [float(power) for power in powers / powers.sum()]


def load_head() -> ClassifierHead:
    """Read the classifier of the package."""
    data = resources.files("digest.labels").joinpath("data", HEAD_FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=ClassifierHead)


class BlendedLabeller:
    """The `Labeller` of the extra `semantic`. `embed` returns the embedding of a text."""

    name = "semantic"

    def __init__(self, engine: Engine, taxonomy: Taxonomy, head: ClassifierHead, embed: Callable[[str], Array]) -> None:
        self.version = f"{engine.version}-{head.digest}"
        self._engine, self._head, self._embed = engine, head, embed
        self._taxonomy_map = TaxonomyMap(taxonomy)

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """Return the labels of a text; those of the default engine when it has only stop words."""
        report = self._engine.report_of(headline, summary, body)
        text = ". ".join(part for part in (headline, summary) if part)
        if not set(text_of(text).keys) - STOP_WORDS:
            return report.labels
        probabilities = self._embedding_probabilities(text)
        shares = _combine(dict(report.categories), probabilities)
        ranked = sorted(shares.items(), key=lambda pair: -pair[1])
        category, share = ranked[0]
        weight = _evidence_weight(probabilities, category)
        sentence = Evidence(words="the sentence as a whole", table=self.name, label=category, weight=weight)
        evidence = (*report.evidence, sentence) if weight >= _MIN_EVIDENCE_WEIGHT else report.evidence
        return msgspec.structs.replace(
            report.labels,
            category=category,
            other_categories=tuple(slug for slug, share in ranked[1:] if share >= OTHER_CATEGORY_THRESHOLD),
            category_confidence=category_probability(share),
            evidence=strongest_evidence(evidence, report.labels.region, category),
        )

    def _embedding_probabilities(self, text: str) -> dict[str, float]:
        """Return site category → probability, for the categories that a default category maps to."""
        probabilities = self._head.probabilities(self._embed(text))
        unmapped = [0.0] * (len(self._taxonomy_map.slots) - len(probabilities))
        by_category = self._taxonomy_map.sum_by_category([*probabilities, *unmapped])
        return {slug: probability for slug, probability in by_category.items() if probability}


def _combine(shares: dict[str, float], probabilities: dict[str, float]) -> dict[str, float]:
    """Return the weighted geometric mean, normalized to 1. A category unknown to the embedding keeps its share."""
    logs = {
        slug: (1 - EMBEDDING_WEIGHT) * log(max(share, _MIN_PROBABILITY))
        + EMBEDDING_WEIGHT * log(max(probabilities.get(slug, share), _MIN_PROBABILITY))
        for slug, share in shares.items()
    }
    powers = {slug: exp(value) for slug, value in logs.items()}
    total = sum(powers.values())
    return {slug: power / total for slug, power in powers.items()}


def _evidence_weight(probabilities: dict[str, float], category: str) -> float:
    """Return the weight of the embedding for a category, relative to equal probabilities."""
    probability = max(probabilities.get(category, 0.0), _MIN_PROBABILITY)
    return round(EMBEDDING_WEIGHT * log(probability * max(1, len(probabilities))), 2)
