"""The cards of a build from nothing that are too many for memory: they are brought into the state in bulk.

Nothing stood there before, so nothing is compared; places are gathered as they come and sorted once. Processes that
draw read them from the state's file, which shows them before the build has ended.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from digest.builder.state.cards import AffectedGroups, Cards
from digest.builder.state.database import State
from digest.builder.state.encoded_cards import EncodedCards, decode_places
from digest.site.cards import AnyCard
from digest.site.groups import Group

_STEP = 5000
"""Cards that are written at one go."""


class BulkCards(Cards):
    """All that is placed is new. Before the first reading nothing but `place` is asked for."""

    is_new = True

    def __init__(self, state: State, touched: AffectedGroups) -> None:
        super().__init__(state, touched)
        self._number, self._sorted, self._process = 0, False, os.getpid()
        self._cards: list[tuple[int, bytes]] = []
        self._keys: list[tuple[str, int, bytes]] = []
        self._waiting: set[Group] = set()
        touched.keys = _AllGroups(self)

    def place(self, key: str, dealt: EncodedCards) -> None:
        """Put cards under `key`, under which nothing stands yet."""
        if dealt.cards:
            self._cards += enumerate(dealt.cards, self._number)
            self._keys.append((key, self._number, dealt.places))
            self._number += len(dealt.cards)
        if self._sorted:
            self._waiting.update(group for _, _, groups in decode_places(dealt.places) for group in groups)
        if len(self._cards) >= _STEP:
            self._write()

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """As above; in a process that was born of another, over a connection of its own."""
        if self._process != os.getpid():
            self._state, self._process = _reader_of(self._state), os.getpid()
            self._forget()
        elif not self._sorted or group in self._waiting:
            self.sorted_state()
        return super().read(group, limit)

    def shows_change_in(self, group: Group, most: int) -> bool:  # noqa: ARG002 - as above
        """All that is new shows."""
        return True

    def write_in_steps(self) -> Iterator[None]:
        """At one go: most of it is done."""
        self.sorted_state()
        yield

    def share(self) -> None:
        """Puts everything where other processes find it."""
        self.sorted_state().publish_unfinished()

    def sorted_state(self) -> State:
        """The state with all cards in their places."""
        self._write()
        if not self._sorted:
            self._state.sort_places()
            self._sorted = True
        return self._state

    def _write(self) -> None:
        """What was gathered; the first places wait to be sorted."""
        add = self._state.add_places if self._sorted else self._state.add_unsorted_places
        add(
            (group, order, key, first + n)
            for key, first, places in self._keys
            for order, n, groups in decode_places(places)
            for group in groups
        )
        self._state.add_cards(self._cards)
        self._state.add_keys(self._keys)
        self._cards, self._keys, self._waiting = [], [], set()
        self._forget()


def _reader_of(state: State) -> State:
    """The same tables for reading alone, over a connection of its own: a process must not use that of another."""
    file = next(file for _, name, file in state.connection.execute("PRAGMA database_list") if name == "main")
    store = sqlite3.connect(f"{Path(file).as_uri()}?mode=ro", uri=True, isolation_level=None)
    return State(store, state.audience)


class _AllGroups(Mapping[Group, list[str]]):
    """Of a new site, all groups are touched, by all that stands in them."""

    def __init__(self, cards: BulkCards) -> None:
        self._cards = cards

    def __iter__(self) -> Iterator[Group]:
        return self._cards.sorted_state().groups()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, group: Group) -> list[str]:
        if keys := self._cards.sorted_state().keys_in(group):
            return keys
        raise KeyError(group)
