"""The default engine's categories averaged with those of a sentence embedding.

A linear head over the embedding gives each default category a chance; the two are averaged as logarithms. Regions are
the default's: what decides them is names, which an embedding blurs.
"""

from collections.abc import Callable
from importlib import resources
from math import exp, log

import msgspec
import numpy as np
from msgspec import Struct

from digest.labels.gazetteer.taxonomy import Atlas
from digest.labels.labeller import ALSO_CATEGORY, Engine
from digest.labels.models.calibration import chance_of_category
from digest.labels.models.minilm import Array
from digest.labels.report import loudest
from digest.labels.text.function_words import SILENT
from digest.labels.text.tokenizer import text_of
from digest.model import Labels, Taxonomy, Witness

FILE = "semantic.msgpack"
SHARE = 0.35
"""How much the embedding counts; the tables and the linear model have the rest. The best on texts held out."""

_LEAST = 1e-6
_HEARD = 0.2


class Head(Struct, frozen=True, array_like=True):
    """`weights` holds a row of float32, little-endian, for each dimension: one for each of `categories`."""

    digest: str
    categories: tuple[str, ...]
    bias: tuple[float, ...]
    weights: bytes

    def chances(self, embedding: Array) -> list[float]:
        """The chance of each category."""
        table = np.frombuffer(self.weights, "<f4").reshape(-1, len(self.categories))
        scores = embedding @ table + np.array(self.bias, np.float32)
        powers = np.exp(scores - scores.max())
        return [float(power) for power in powers / powers.sum()]


def load_head() -> Head:
    """The head that the package ships."""
    data = resources.files("digest.labels").joinpath("data", FILE).read_bytes()
    return msgspec.msgpack.decode(data, type=Head)


class Blend:
    """A `Labeller` over one taxonomy. `embed` gives the embedding of a text."""

    name = "semantic"

    def __init__(self, own: Engine, taxonomy: Taxonomy, head: Head, embed: Callable[[str], Array]) -> None:
        self.version = f"{own.version}-{head.digest}"
        self._own, self._head, self._embed = own, head, embed
        self._atlas = Atlas(taxonomy)

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        """The labels of a text; those of the default engine where no word says anything."""
        report = self._own.report_of(headline, summary, body)
        text = ". ".join(part for part in (headline, summary) if part)
        if not set(text_of(text).keys) - SILENT:
            return report.labels
        heard = self._heard(text)
        shares = _mixed(dict(report.categories), heard)
        ranked = sorted(shares.items(), key=lambda pair: -pair[1])
        category, share = ranked[0]
        whole = Witness(
            words="the sentence as a whole", table=self.name, label=category, weight=_weight(heard, category)
        )
        witnesses = (*report.witnesses, *((whole,) if whole.weight >= _HEARD else ()))
        return msgspec.structs.replace(
            report.labels,
            category=category,
            other_categories=tuple(slug for slug, share in ranked[1:] if share >= ALSO_CATEGORY),
            category_confidence=chance_of_category(share),
            evidence=loudest(witnesses, report.labels.region, category),
        )

    def _heard(self, text: str) -> dict[str, float]:
        """The chance of each of the site's categories that a default one stands for."""
        chances = self._head.chances(self._embed(text))
        others = [0.0] * (len(self._atlas.slots) - len(chances))
        return {slug: chance for slug, chance in self._atlas.merged([*chances, *others]).items() if chance}


def _mixed(shares: dict[str, float], heard: dict[str, float]) -> dict[str, float]:
    """Both as one, summing to 1; a category of the site's own, of which the embedding knows nothing, as it was."""
    logs = {
        slug: (1 - SHARE) * log(max(share, _LEAST)) + SHARE * log(max(heard.get(slug, share), _LEAST))
        for slug, share in shares.items()
    }
    powers = {slug: exp(value) for slug, value in logs.items()}
    total = sum(powers.values())
    return {slug: power / total for slug, power in powers.items()}


def _weight(heard: dict[str, float], category: str) -> float:
    """Return the weight of the embedding for a category, relative to an even chance."""
    return round(SHARE * log(max(heard.get(category, 0.0), _LEAST) * max(1, len(heard))), 2)
