"""Cards in memory and cards in the state are the same cards."""

import pickle
import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.builder.incremental import affected
from digest.builder.state import bulk_cards
from digest.builder.state.bulk_cards import BulkCards
from digest.builder.state.cards import AffectedGroups, Cards, NewCards
from digest.builder.state.database import State
from digest.builder.state.encoded_cards import NO_CARDS, EncodedCards, encode_cards
from digest.builder.state.schema import TABLES, PageRow
from digest.content.store.database import open_store
from digest.site.cards import MonthCard
from digest.site.context import Audience
from digest.site.groups import GroupCard
from tests.newsroom import Newsroom


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with closing(open_store(tmp_path, TABLES)) as store:
        yield State(store, Audience.PUBLIC)


def month(number: int) -> MonthCard:
    return MonthCard(month=f"2026-{number:02}")


def fill(cards: Cards) -> None:
    """Two keys in three groups; one card stands in two of them."""
    shared = month(1)
    cards.place(
        "a", encode_cards([GroupCard("months", "a", "2026-01", shared), GroupCard("sitemaps", "a", "2026-01", shared)])
    )
    cards.place(
        "b",
        encode_cards([GroupCard("months", "b", "2026-02", month(2)), GroupCard("archive", "b", "2026-02", month(3))]),
    )
    deque(cards.write_in_steps())


@pytest.mark.parametrize("kind", [Cards, NewCards, BulkCards])
def test_the_newest_come_first(state: State, kind: type[Cards]) -> None:
    cards = kind(state, AffectedGroups())
    fill(cards)
    assert cards.read("months", 0) == (month(2), month(1))
    assert cards.read("months", 1) == (month(2),)
    assert cards.read("archive", 5) == (month(3),)
    assert cards.read("no-such-group", 0) == ()


@pytest.mark.parametrize("kind", [Cards, NewCards, BulkCards])
def test_what_is_placed_is_kept_and_can_be_replaced(state: State, kind: type[Cards]) -> None:
    fill(kind(state, AffectedGroups()))
    touched = AffectedGroups()
    later = Cards(state, touched)
    later.place("a", encode_cards([GroupCard("months", "a", "2026-01", month(1))]))
    assert set(touched.keys) == {"sitemaps"}
    assert touched.cards_before("sitemaps") == (month(1),)
    assert later.read("sitemaps", 0) == ()
    assert later.read("months", 0) == (month(2), month(1))
    later.place("b", NO_CARDS)
    assert later.read("months", 0) == (month(1),)
    later.place("a", NO_CARDS)
    assert state.is_empty()
    assert state.connection.execute("SELECT count(*) FROM cards_public").fetchone() == (0,), "no card outlives its key"


@pytest.mark.parametrize("kind", [Cards, NewCards, BulkCards])
def test_every_new_place_is_touched(state: State, kind: type[Cards]) -> None:
    touched = AffectedGroups()
    fill(kind(state, touched))
    assert {group: sorted(keys) for group, keys in touched.keys.items()} == {
        "months": ["a", "b"],
        "sitemaps": ["a"],
        "archive": ["b"],
    }
    assert touched.before == {}


def test_what_is_beyond_the_newest_does_not_show(state: State) -> None:
    old = Cards(state, AffectedGroups())
    for n in range(1, 7):
        old.place(f"k{n}", encode_cards([GroupCard("months", f"k{n}", f"2026-{n:02}", month(n))]))
    later = Cards(state, AffectedGroups())
    later.place("k3", encode_cards([GroupCard("months", "k3", "2026-03", month(9))]))
    assert [most for most in range(7) if later.shows_change_in("months", most)] == [0, 4, 5, 6]
    gone = Cards(state, AffectedGroups())
    gone.place("k5", NO_CARDS)
    assert [most for most in range(7) if gone.shows_change_in("months", most)] == [0, 2, 3, 4, 5, 6]


def test_a_card_that_is_placed_later_is_seen(state: State) -> None:
    cards = NewCards(state, AffectedGroups())
    cards.place("a", encode_cards([GroupCard("months", "a", "2026-01", month(1))]))
    assert cards.read("months", 0) == (month(1),)
    cards.place("b", encode_cards([GroupCard("months", "b", "2026-03", month(3))]))
    assert cards.read("months", 0) == (month(3), month(1))


def test_cards_travel_encoded() -> None:
    shared = month(1)
    dealt = encode_cards([GroupCard("months", "a", "2026-01", shared), GroupCard("archive", "a", "2026-01", month(1))])
    assert (len(dealt.cards), dealt.decoded) == (1, (shared,)), "equal cards are kept once"
    assert pickle.loads(pickle.dumps(dealt)) == EncodedCards(dealt.cards, dealt.places)  # noqa: S301 - our own


def test_others_read_cards_while_more_is_written_than_memory_holds(state: State) -> None:
    cards = BulkCards(state, AffectedGroups())
    state.begin()
    cards.place("a", encode_cards([GroupCard("months", "a", "2026-01", month(1))]))
    cards.share()
    state.connection.execute("PRAGMA cache_size = 10")
    state.put_pages(
        PageRow(f"/{n}/", "item", f"{n}", f"{n}", f"{n}", b"", "0f", 1, 1, "text/html") for n in range(20_000)
    )
    reader = bulk_cards._reader_of(state)
    assert reader.cards("months", 0) == state.cards("months", 0) != []
    reader.connection.close()
    state.connection.execute("ROLLBACK")


def contents(site: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the state says of entries and cards, whatever their numbers."""
    with closing(sqlite3.connect(site / ".digest/state.sqlite")) as store:
        places = store.execute(
            "SELECT grp, ord, key, body FROM places_public JOIN cards_public USING (card) ORDER BY 1, 2, 3"
        )
        return {
            "places": places.fetchall(),
            "keys": store.execute("SELECT key FROM keys_public ORDER BY 1").fetchall(),
            "entries": store.execute("SELECT * FROM entries_public ORDER BY 1").fetchall(),
        }


def test_a_site_too_large_for_memory_is_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = Newsroom(tmp_path / "small"), Newsroom(tmp_path / "large")
    for room in (small, large):
        for n in range(40):
            day, story = f"2026-03-{1 + n % 9:02}", "talks" if n % 7 == 0 else f"s{n}"
            room.item(f"n{n}", day=day, body="Body.", story=story, categories=["sport", "culture"][: 1 + n % 2])
            if n % 5 == 0:
                room.item(f"v{n}", day="2026-03-09", body="More.", story=story, version_of=f"n{n}")
        room.item("held", day="2026-03-04", story="talks", status="hold")
        room.item("nobody's", day="2026-03-04", version_of="nobody")
    small.build()
    monkeypatch.setattr(affected, "MAX_ENTRIES_IN_MEMORY", 0)
    large.build()
    assert small.files() == large.files()
    assert contents(small.folder) == contents(large.folder)
