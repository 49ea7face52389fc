"""Bulk load of the cards of a new site that is too large for memory.

The state is empty, so nothing is compared; places are collected unsorted and sorted once by SQLite. Workers read the
cards from the state file, which is committed before the build ends. Without this module a first build of 100,000
articles takes 1.7 GB instead of 0.5 GB, and a third more processor time.
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
"""Cards in one write."""


class BulkCards(Cards):
    """Cards of a new site. Only `place` may be called before the first `read`."""

    is_new = True

    def __init__(self, state: State, touched: AffectedGroups) -> None:
        super().__init__(state, touched)
        self._number, self._sorted, self._process = 0, False, os.getpid()
        self._cards: list[tuple[int, bytes]] = []
        self._keys: list[tuple[str, int, bytes]] = []
        self._waiting: set[Group] = set()
        touched.keys = _AllGroups(self)

    def place(self, key: str, dealt: EncodedCards) -> None:
        """Add the cards of `key`, which has none yet."""
        if dealt.cards:
            self._cards += enumerate(dealt.cards, self._number)
            self._keys.append((key, self._number, dealt.places))
            self._number += len(dealt.cards)
        if self._sorted:
            self._waiting.update(group for _, _, groups in decode_places(dealt.places) for group in groups)
        if len(self._cards) >= _STEP:
            self._write()

    def read(self, group: Group, limit: int) -> tuple[AnyCard, ...]:
        """Return the newest cards of a group; a forked process reads over a connection of its own."""
        if self._process != os.getpid():
            self._state, self._process = _reader_of(self._state), os.getpid()
            self._forget()
        elif not self._sorted or group in self._waiting:
            self.sorted_state()
        return super().read(group, limit)

    def shows_change_in(self, group: Group, most: int) -> bool:  # noqa: ARG002 - as above
        """Return True: every card of a new site is new."""
        return True

    def write_in_steps(self) -> Iterator[None]:
        """Write everything in one step."""
        self.sorted_state()
        yield

    def share(self) -> None:
        """Commit all cards, so that other processes can read them."""
        self.sorted_state().publish_unfinished()

    def sorted_state(self) -> State:
        """Return the state after all cards are written and sorted."""
        self._write()
        if not self._sorted:
            self._state.sort_places()
            self._sorted = True
        return self._state

    def _write(self) -> None:
        """Write collected cards; places go into a temporary table until they are sorted."""
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
    """Open the state read-only: a process must not use the connection of another."""
    file = next(file for _, name, file in state.connection.execute("PRAGMA database_list") if name == "main")
    store = sqlite3.connect(f"{Path(file).as_uri()}?mode=ro", uri=True, isolation_level=None)
    return State(store, state.audience)


class _AllGroups(Mapping[Group, list[str]]):
    """All groups of a new site, each affected by all its keys."""

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
