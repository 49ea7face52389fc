"""A title as an index files it: what takes time to find out about it, ready to be kept in a cache."""

import msgspec
from msgspec import Struct

from digest.stories.gist import Gist, gist_of

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Gist).decode


class Filed(Struct, frozen=True, array_like=True, gc=False):
    """`terms` are what it is found by; `gist` is the rest, as MessagePack until it is compared: most never are."""

    terms: tuple[str, ...]
    gist: msgspec.Raw

    def unfolded(self) -> Gist:
        """The gist itself."""
        return _decode(self.gist)


def filed(title: str) -> Filed:
    """What to keep of a title."""
    gist = gist_of(title)
    return Filed(tuple(gist.terms), msgspec.Raw(_encode(gist)))
