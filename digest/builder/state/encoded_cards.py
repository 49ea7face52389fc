"""Cards of one key in encoded form, as the state stores them and as workers send them."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from digest.site.cards import AnyCard
from digest.site.groups import Group, GroupCard

_encode = msgspec.json.Encoder().encode
_pack = msgspec.msgpack.Encoder().encode
decode_places = msgspec.msgpack.Decoder(list[tuple[str, int, list[str]]]).decode
"""Decode `EncodedCards.places` into (order, index of the card, groups)."""


class PlacedCard(NamedTuple):
    """An encoded card in one group."""

    group: str
    order: str
    card: bytes


class EncodedCards(NamedTuple):
    """Cards of one key: JSON, each card once, and their places as MessagePack.

    `decoded` are the same cards as objects, in the process that encoded them; they are not pickled.
    """

    cards: tuple[bytes, ...]
    places: bytes
    decoded: tuple[AnyCard, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[tuple[bytes, ...], bytes]]:
        return EncodedCards, (self.cards, self.places)

    def placed(self) -> list[PlacedCard]:
        """Return each card in each of its groups."""
        return [
            PlacedCard(group, order, self.cards[n])
            for order, n, groups in decode_places(self.places)
            for group in groups
        ]


NO_CARDS = EncodedCards((), b"\x90")


def encode_cards(puts: Iterable[GroupCard]) -> EncodedCards:
    """Encode cards; equal cards are stored once."""
    cards: dict[bytes, int] = {}
    seen: dict[int, tuple[int, AnyCard]] = {}  # an id is a card's own only as long as the card lives
    stands: dict[tuple[str, int], list[Group]] = {}
    for put in puts:
        found = seen.get(id(put.card))
        if found is None:
            found = seen[id(put.card)] = cards.setdefault(_encode(put.card), len(cards)), put.card
        stands.setdefault((put.order, found[0]), []).append(put.group)
    places = _pack([(*stand, groups) for stand, groups in stands.items()])
    return EncodedCards(tuple(cards), places, tuple(dict(seen.values()).values()))
