"""Cards in groups, as a build sees them: what the state holds, and what the build puts there.

A build from nothing keeps all cards in memory, as long as there are not too many, and writes them once, sorted: they
are read many times, and a card that was just encoded need not be decoded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from digest.build.state import Placed, State
from digest.site.cards import AnyCard
from digest.site.groups import Group, Put

MOST_IN_MEMORY = 50_000
"""Entries whose cards a build from nothing keeps in memory: some 7 kB each, and as much in each process that draws.
More go into the state (`build/stored.py`)."""

_MOST_READ = 20_000
"""Cards that were read and are remembered."""
_STEP = 500
T = TypeVar("T")
_encode = msgspec.json.Encoder().encode
_decode: Callable[[bytes], AnyCard] = msgspec.json.Decoder(AnyCard).decode


def decode_card(data: bytes) -> AnyCard:
    """A card as the state keeps it."""
    return _decode(data)


class Touched:
    """Groups whose cards differ before and after, with the cards that went and the keys that did it."""

    def __init__(self) -> None:
        self.before: dict[Group, list[bytes]] = {}
        self.noted: dict[Group, list[str]] = {}
        self.keys: Mapping[Group, list[str]] = self.noted
        self._newest: dict[Group, tuple[str, str]] = {}

    def compare(self, key: str, old: Sequence[Placed], new: Sequence[Placed]) -> bool:
        """Note every group in which `key` does not say what it said; whether there is any."""
        was = {(p.group, p.order): p.card for p in old}
        now = {(p.group, p.order): p.card for p in new}
        changed = [place for place in was.keys() | now.keys() if was.get(place) != now.get(place)]
        for place in changed:
            group, order = place
            self.noted.setdefault(group, []).append(key)
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

    def __init__(self, state: State, touched: Touched) -> None:
        self._state, self._touched = state, touched
        self._cache: dict[tuple[Group, int], tuple[AnyCard, ...]] = {}
        self._remembered = 0

    def place(self, key: str, puts: Iterable[Put]) -> None:
        """Replace all that stands under `key`, and note which groups that touches."""
        kept = list(puts)  # an id is a card's own only as long as the card lives
        encoded = {id(put.card): _encode(put.card) for put in {id(p.card): p for p in kept}.values()}
        new = [Placed(put.group, put.order, encoded[id(put.card)]) for put in kept]
        old = self._state.placed(key)
        if self._touched.compare(key, old, new):
            self._state.place(key, new)
            self._forget()

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """The newest cards of a group, the newest first; all when `limit` is 0."""
        found = self._cache.get((group, limit))
        if found is None:
            found = tuple(map(_decode, self._state.cards(group, limit)))
            if self._remembered > _MOST_READ:
                self._forget()
            self._remembered += len(found) + 1
            self._cache[group, limit] = found
        return found

    def _forget(self) -> None:
        """What was read, so that it is read again."""
        self._cache.clear()
        self._remembered = 0

    def shows(self, group: Group, most: int) -> bool:
        """Whether any of what changed is or was among the newest cards of a group; any card when `most` is 0."""
        return not (most and self._touched.is_older(group, self._state.place_at(group, most)))

    def settling(self) -> Iterator[None]:
        """Brings all cards where they belong, a step at a time."""
        yield from ()

    def share(self) -> None:
        """Before other processes, born of this one, read cards of a new site."""


class NewCards(Cards):
    """The cards of a build from nothing, in memory; `settling` writes them into the state, which holds none."""

    is_new = True

    def __init__(self, state: State, touched: Touched) -> None:
        super().__init__(state, touched)
        self._keys: dict[str, list[Put]] = {}
        self._groups: dict[Group, list[Put]] = {}
        self._sorted: dict[Group, tuple[AnyCard, ...]] = {}

    def place(self, key: str, puts: Iterable[Put]) -> None:
        """Put cards under `key`, under which nothing stands yet."""
        mine, groups, keys = list[Put](), self._groups, self._touched.noted
        for put in puts:
            group = put.group
            if group in groups:
                # One text for each group, not one for each card in it.
                put = Put(groups[group][0].group, key, put.order, put.card)  # noqa: PLW2901 - the same, smaller
                groups[group].append(put)
                keys[group].append(key)
            else:
                groups[group], keys[group] = [put], [key]
            mine.append(put)
            if self._sorted:
                self._sorted.pop(group, None)
        self._keys[key] = mine

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """As above, from memory."""
        found = self._sorted.get(group)
        if found is None:
            puts = sorted(self._groups.get(group, ()), key=_place_of, reverse=True)
            found = self._sorted[group] = tuple(put.card for put in puts)
        return found[:limit] if limit else found

    def shows(self, group: Group, most: int) -> bool:  # noqa: ARG002 - as above
        """All that is new shows."""
        return True

    def settling(self) -> Iterator[None]:
        """Writes everything, in the order in which the state keeps it: others draw meanwhile."""
        cards: dict[int, tuple[int, AnyCard]] = {}
        for puts in self._keys.values():
            for put in puts:
                if id(put.card) not in cards:
                    cards[id(put.card)] = len(cards) + 1, put.card
        for some in _in_steps(cards.values()):
            self._state.add_cards((number, _encode(card)) for number, card in some)
            yield
        for keys in _in_steps(sorted(self._keys)):
            self._state.add_keys(
                (key, [(put.group, put.order, cards[id(put.card)][0]) for put in self._keys[key]]) for key in keys
            )
            yield
        for groups in _in_steps(sorted(self._groups)):
            self._state.add_places(
                (group, put.order, put.key, cards[id(put.card)][0])
                for group in groups
                for put in sorted(self._groups[group], key=_place_of)
            )
            yield


def _in_steps(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, _STEP)):
        yield some


def _place_of(put: Put) -> tuple[str, str]:
    return put.order, put.key
