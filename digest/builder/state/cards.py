"""Cards of groups during a build: those in the state, and those that the build adds.

The first build of a site keeps all cards in memory, up to a limit, and writes them once, sorted: each card is read many
times, and a card that was just encoded need not be decoded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from digest.builder.render.pools import in_shards
from digest.builder.state.database import State
from digest.builder.state.encoded_cards import EncodedCards, PlacedCard, decode_places
from digest.site.cards import AnyCard, Card, EntryCard
from digest.site.groups import Group
from digest.speedups import is_enabled

MAX_ENTRIES_IN_MEMORY = 50_000
"""Entries whose cards a first build keeps in memory: about 7 kB each, in each process that renders. A larger site uses
`bulk_cards`."""

_MAX_CACHED = 20_000
"""Cards in the read cache."""
_LONG_GROUP = 5_000
"""Groups of this many cards are read whole by one page only, and are not cached."""
_STEP = 1000
_decode: Callable[[bytes], AnyCard] = msgspec.json.Decoder(AnyCard).decode


def decode_card(data: bytes) -> AnyCard:
    """Decode a card from the state."""
    return _decode(data)


class AffectedGroups:
    """Groups whose cards differ from the last build, with their former cards and the keys that changed them."""

    def __init__(self) -> None:
        self.before: dict[Group, list[bytes]] = {}
        self.recorded_keys: dict[Group, list[str]] = {}
        self.keys: Mapping[Group, list[str]] = self.recorded_keys
        self._newest: dict[Group, tuple[str, str]] = {}

    def compare(self, key: str, old: Sequence[PlacedCard], new: Sequence[PlacedCard]) -> bool:
        """Record every group in which the cards of `key` differ. Return True when there is one."""
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
        """Return True when every change in a group is older than the card at `place` (order and key)."""
        return place is not None and group in self._newest and self._newest[group] < place

    def cards_before(self, group: Group) -> tuple[AnyCard, ...]:
        """Return the cards of a group that were removed or replaced."""
        return tuple(_decode(card) for card in self.before.get(group, ()))


class Cards:
    """Cards in the state, with a cache of decoded cards."""

    is_new = False
    """True for the first build of a site: there is nothing to compare with."""

    def __init__(self, state: State, touched: AffectedGroups) -> None:
        self._state, self._touched = state, touched
        self._cache: dict[tuple[Group, int], tuple[AnyCard, ...]] = {}
        self._remembered = 0

    def place(self, key: str, dealt: EncodedCards) -> None:
        """Replace the cards of `key`, and record the affected groups."""
        if self._touched.compare(key, self._state.cards_under(key).placed(), dealt.placed()):
            self._state.place(key, dealt)
            self._forget()

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """Return the newest cards of a group, newest first; all when `limit` is 0."""
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
        """Clear the cache."""
        self._cache.clear()
        self._remembered = 0

    def shows_change_in(self, group: Group, most: int) -> bool:
        """Return True when a change is or was among the `most` newest cards of a group (0: among all).

        Pages that show the newest 60 are skipped when only older cards changed: a save in the preview takes 20 to 45 %
        less time.
        """
        if not most or not is_enabled("newest-only"):
            return True
        return not self._touched.is_older(group, self._state.place_at(group, most))

    def write_in_steps(self) -> Iterator[None]:
        """Write pending cards, one step at a time, while workers render."""
        yield from ()

    def share(self) -> None:
        """Make the cards of a new site readable for worker processes."""


class NewCards(Cards):
    """Cards of a first build, in memory; written into the empty state while workers render."""

    is_new = True

    def __init__(self, state: State, touched: AffectedGroups) -> None:
        super().__init__(state, touched)
        self._cards: list[AnyCard] = []
        # Order, key and number of each card.
        self._groups: dict[Group, list[tuple[str, str, int]]] = {}
        self._sorted: dict[Group, tuple[AnyCard, ...]] = {}
        self._unwritten: list[tuple[int, bytes]] = []
        self._keys: list[tuple[str, int, bytes]] = []

    def place(self, key: str, dealt: EncodedCards) -> None:
        """Add the cards of `key`, which has none yet."""
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
        """Return the newest cards of a group from memory."""
        found = self._sorted.get(group)
        if found is None:
            places = sorted(self._groups.get(group, ()), reverse=True)
            found = self._sorted[group] = tuple(self._cards[number] for _, _, number in places)
        return found[:limit] if limit else found

    def shows_change_in(self, group: Group, most: int) -> bool:  # noqa: ARG002 - as above
        """Return True: every card of a new site is new."""
        return True

    def write_in_steps(self) -> Iterator[None]:
        """Write pending cards and all places, sorted as the table stores them."""
        self._write()
        for groups in in_shards(sorted(self._groups), _STEP):
            self._state.add_places((group, *place) for group in groups for place in sorted(self._groups[group]))
            yield

    def _write(self) -> None:
        self._state.add_cards(self._unwritten)
        self._state.add_keys(self._keys)
        self._unwritten, self._keys = [], []


def _decode_all(dealt: EncodedCards) -> list[AnyCard]:
    """Decode cards; an EntryCard gets the same Card object that the lists have."""
    cards = [_decode(card) for card in dealt.cards]
    own = {card.card: card.card for card in cards if isinstance(card, EntryCard)}
    return [own.get(card, card) if isinstance(card, Card) else card for card in cards]
