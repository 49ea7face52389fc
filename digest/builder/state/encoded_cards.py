"""What an entry or a group puts into groups, as the state keeps it: cards are encoded once, wherever they are dealt."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from digest.site.cards import AnyCard
from digest.site.groups import Group, GroupCard

_encode = msgspec.json.Encoder().encode
_pack = msgspec.msgpack.Encoder().encode
decode_places = msgspec.msgpack.Decoder(list[tuple[str, int, list[str]]]).decode
"""From `Dealt.places`: an order, the number of a card from 0, and the groups in which it stands there."""


class PlacedCard(NamedTuple):
    """A card in a group, encoded."""

    group: str
    order: str
    card: bytes


class EncodedCards(NamedTuple):
    """What stands under a key: its cards, encoded, each once, and where they stand, as MessagePack.

    `known` are the cards themselves, where they were dealt; they do not travel to other processes.
    """

    cards: tuple[bytes, ...]
    places: bytes
    decoded: tuple[AnyCard, ...] = ()

    def __reduce__(self) -> tuple[type, tuple[tuple[bytes, ...], bytes]]:
        return EncodedCards, (self.cards, self.places)

    def placed(self) -> list[PlacedCard]:
        """Each card in each group."""
        return [
            PlacedCard(group, order, self.cards[n])
            for order, n, groups in decode_places(self.places)
            for group in groups
        ]


NO_CARDS = EncodedCards((), b"\x90")


def encode_cards(puts: Iterable[GroupCard]) -> EncodedCards:
    """Cards as the state keeps them. Equal ones are kept once."""
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
