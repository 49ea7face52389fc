"""Prepared titles: the slow part of threading, computed once, so that it can be sent to another process or cached."""

from functools import lru_cache

import msgspec
from msgspec import Struct

from digest.stories.text.features import Features, features_of
from digest.stories.text.slugs import story_slug_of

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Features).decode


class PreparedTitle(Struct, frozen=True, array_like=True, gc=False):
    """Result of analysing a title.

    `terms` are its keys in the inverted index; `features` are its encoded `Features`, decoded only for a comparison,
    since most titles are never compared; `slug` is the slug of a story that begins with this title.
    """

    terms: tuple[str, ...]
    features: bytes
    slug: str


@lru_cache(maxsize=1 << 6)
def prepare_title(title: str) -> PreparedTitle:
    """Analyse a title."""
    features = features_of(title)
    return PreparedTitle(tuple(features.terms), _encode(features), story_slug_of(title))


@lru_cache(maxsize=1 << 11)
def decode_features(encoded: bytes) -> Features:
    """Decode features; the most recent results are cached."""
    return _decode(encoded)
