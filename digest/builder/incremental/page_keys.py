"""The mark of a page: a digest of how it looks and of what it shows. Equal mark, nothing to do.

An entry's card stands on many pages. What it says is worked out once, and its digest stands for it in what they show.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from digest.site.cards import Card
from digest.site.views import Corrected, FeedEntry, Section, View

_encode = msgspec.json.Encoder().encode
_fields = msgspec.structs.astuple
_HOLDERS = frozenset({Corrected, FeedEntry, Section})
"""Parts of views that hold cards."""


def page_key(template_digest: bytes, key_material: bytes) -> bytes:
    """16 bytes; `look` is a digest of all that decides what a template makes of a view, of which `told` tells."""
    return hashlib.blake2b(template_digest + key_material, digest_size=16).digest()


class Teller:
    """Tells of the views of one build: in another, equal cards may not say the same, as a moment in another zone.

    The digests of `most` cards are kept.
    """

    def __init__(self, most: int) -> None:
        self._digest_of: Callable[[Card], str] = lru_cache(most)(_digest_of)

    def told(self, view: View) -> bytes:
        """What a view shows: a third or a quarter of it, encoded."""
        return _encode((type(view).__name__, *map(self._told, _fields(view))))

    def _told(self, part: Any) -> Any:
        """A part of a view as the mark knows it."""
        kind = type(part)
        if kind is Card:
            return self._digest_of(part)
        if kind is tuple:  # all of a kind
            return [*map(self._digest_of if part and type(part[0]) is Card else self._told, part)]
        return [*map(self._told, _fields(part))] if kind in _HOLDERS else part


def _digest_of(card: Card) -> str:
    return hashlib.blake2b(_encode(card), digest_size=16).hexdigest()
