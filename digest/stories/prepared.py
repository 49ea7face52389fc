"""A title as an index files it: what takes time to find out about it, ready to be sent to another process, or kept."""

from functools import lru_cache

import msgspec
from msgspec import Struct

from digest.stories.text.features import Gist, gist_of
from digest.stories.text.slugs import story_slug_of

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Gist).decode


class Filed(Struct, frozen=True, array_like=True, gc=False):
    """`terms` are what it is found by; `gist` is all of it, folded until it is compared: most never are.

    `slug` is that of a story that would begin with it.
    """

    terms: tuple[str, ...]
    gist: bytes
    slug: str


@lru_cache(maxsize=1 << 6)
def filed(title: str) -> Filed:
    """Return what an index stores of a title."""
    gist = gist_of(title)
    return Filed(tuple(gist.terms), _encode(gist), story_slug_of(title))


@lru_cache(maxsize=1 << 11)
def unfolded(gist: bytes) -> Gist:
    """The gist that was folded; those that were compared lately stay unfolded."""
    return _decode(gist)
