"""Cards in groups, as a build sees them: what the state holds, and what the build puts there.

A build from nothing keeps all cards in memory, as long as there are not too many, and writes them once, sorted: they
are read many times, and a card that was just encoded need not be decoded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from digest.builder.render.pools import in_shards
from digest.builder.state.database import State
from digest.builder.state.encoded_cards import EncodedCards, PlacedCard, decode_places
from digest.site.cards import AnyCard, Card, EntryCard
from digest.site.groups import Group

MAX_ENTRIES_IN_MEMORY = 50_000
"""Entries whose cards a build from nothing keeps in memory: some 7 kB each, and as much in each process that draws.
More go into the state (`builder/state/bulk_cards.py`)."""

_MAX_CACHED = 20_000
"""Cards that were read and are remembered."""
_LONG_GROUP = 5_000
"""Cards of a group that only its own page reads whole: they are not worth remembering."""
_STEP = 1000
_decode: Callable[[bytes], AnyCard] = msgspec.json.Decoder(AnyCard).decode


def decode_card(data: bytes) -> AnyCard:
    """A card as the state keeps it."""
    return _decode(data)


class AffectedGroups:
    """Groups whose cards differ before and after, with the cards that went and the keys that did it."""

    def __init__(self) -> None:
        self.before: dict[Group, list[bytes]] = {}
        self.recorded_keys: dict[Group, list[str]] = {}
        self.keys: Mapping[Group, list[str]] = self.recorded_keys
        self._newest: dict[Group, tuple[str, str]] = {}

    def compare(self, key: str, old: Sequence[PlacedCard], new: Sequence[PlacedCard]) -> bool:
        """Note every group in which `key` does not say what it said; whether there is any."""
        was = {(p.group, p.order): p.card for p in old}
        now = {(p.group, p.order): p.card for p in new}
        changed = [place for place in was.keys() | now.keys() if was.get(place) != now.get(place)]
        for place in changed:
            group, order = place
            self.recorded_keys.setdefault(group, []).append(key)
            self._newest[group] = max(self._newest.get(group, ("", "")), (order, key))
            if place in was:
                self.before.setdefault(place[0], []).append(was[place])
        return bool(changed)

    def is_older(self, group: Group, place: tuple[str, str] | None) -> bool:
        """Whether all that changed in a group comes after a card that stands there now, at `place`: order and key."""
        return place is not None and group in self._newest and self._newest[group] < place

    def cards_before(self, group: Group) -> tuple[AnyCard, ...]:
        """The cards that were in a group and went, or are other ones now."""
        return tuple(_decode(card) for card in self.before.get(group, ()))


class Cards:
    """The cards in the state. What is read again and again is decoded once."""

    is_new = False
    """Whether nothing stood anywhere before: then there is nothing to compare with."""
    most_known = _MAX_CACHED
    """About so many cards are in memory whatever else is done."""

    def __init__(self, state: State, touched: AffectedGroups) -> None:
        self._state, self._touched = state, touched
        self._cache: dict[tuple[Group, int], tuple[AnyCard, ...]] = {}
        self._remembered = 0

    def place(self, key: str, dealt: EncodedCards) -> None:
        """Replace all that stands under `key`, and note which groups that touches."""
        if self._touched.compare(key, self._state.cards_under(key).placed(), dealt.placed()):
            self._state.place(key, dealt)
            self._forget()

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """The newest cards of a group, the newest first; all when `limit` is 0."""
        found = self._cache.get((group, limit))
        if found is None:
            found = tuple(map(_decode, self._state.cards(group, limit)))
            if len(found) <= _LONG_GROUP:
                if self._remembered > _MAX_CACHED:
                    self._forget()
                self._remembered += len(found) + 1
                self._cache[group, limit] = found
        return found

    def _forget(self) -> None:
        """What was read, so that it is read again."""
        self._cache.clear()
        self._remembered = 0

    def shows_change_in(self, group: Group, most: int) -> bool:
        """Whether any of what changed is or was among the newest cards of a group; any card when `most` is 0."""
        return not (most and self._touched.is_older(group, self._state.place_at(group, most)))

    def write_in_steps(self) -> Iterator[None]:
        """Brings all cards where they belong, a step at a time."""
        yield from ()

    def share(self) -> None:
        """Before other processes, born of this one, read cards of a new site."""


class NewCards(Cards):
    """The cards of a build from nothing, in memory, and on their way into the state, which holds none."""

    is_new, most_known = True, MAX_ENTRIES_IN_MEMORY

    def __init__(self, state: State, touched: AffectedGroups) -> None:
        super().__init__(state, touched)
        self._cards: list[AnyCard] = []
        # Order, key and number of each card.
        self._groups: dict[Group, list[tuple[str, str, int]]] = {}
        self._sorted: dict[Group, tuple[AnyCard, ...]] = {}
        self._unwritten: list[tuple[int, bytes]] = []
        self._keys: list[tuple[str, int, bytes]] = []

    def place(self, key: str, dealt: EncodedCards) -> None:
        """Put cards under `key`, under which nothing stands yet."""
        first, groups, keys = len(self._cards), self._groups, self._touched.recorded_keys
        self._cards += dealt.decoded or _decode_all(dealt)
        for order, number, names in decode_places(dealt.places):
            place = order, key, first + number
            for group in names:
                if group in groups:
                    groups[group].append(place)
                    keys[group].append(key)
                else:
                    groups[group], keys[group] = [place], [key]
                if self._sorted:
                    self._sorted.pop(group, None)
        if dealt.cards:
            self._unwritten += enumerate(dealt.cards, first)
            self._keys.append((key, first, dealt.places))
        if len(self._keys) >= _STEP:
            self._write()

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """As above, from memory."""
        found = self._sorted.get(group)
        if found is None:
            places = sorted(self._groups.get(group, ()), reverse=True)
            found = self._sorted[group] = tuple(self._cards[number] for _, _, number in places)
        return found[:limit] if limit else found

    def shows_change_in(self, group: Group, most: int) -> bool:  # noqa: ARG002 - as above
        """All that is new shows."""
        return True

    def write_in_steps(self) -> Iterator[None]:
        """Writes what is not written yet, groups in the order in which the state keeps them: others draw meanwhile."""
        self._write()
        for groups in in_shards(sorted(self._groups), _STEP):
            self._state.add_places((group, *place) for group in groups for place in sorted(self._groups[group]))
            yield

    def _write(self) -> None:
        self._state.add_cards(self._unwritten)
        self._state.add_keys(self._keys)
        self._unwritten, self._keys = [], []


def _decode_all(dealt: EncodedCards) -> list[AnyCard]:
    """The cards that were dealt; what an entry says beside its card has the very card that its lists have."""
    cards = [_decode(card) for card in dealt.cards]
    own = {card.card: card.card for card in cards if isinstance(card, EntryCard)}
    return [own.get(card, card) if isinstance(card, Card) else card for card in cards]
