"""Past editions do not change, except for corrections."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from digest.ingest import Outcome, import_dumps
from digest.site.site_entry import card_of_day
from tests.newsroom import NOW, Newsroom
from tests.site.values import DAY, context_of, entry, item, origin, shown

ROOT = Path(__file__).parents[2]
LATER = date(2026, 3, 13)
EDITION = "/2026/03/11/"


def _then(room: Newsroom) -> str:
    room.build()
    return room.text(EDITION)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    """Three entries of a day, one of them in two dumps."""
    room = Newsroom(tmp_path)
    room.item("ferry", "2026-03-11", wire=_wire("2026-03-11T0600-nw.txt"))
    room.item("court", "2026-03-11", wire=_wire("2026-03-11T0600-nw.txt", "2026-03-11T1200-nw.txt"))
    room.item("reef", "2026-03-11", "The reef is well.", wire=_wire("2026-03-11T0600-nw.txt"))
    return room


def _wire(dump: str, *also: str, article: str = "") -> str:
    more = f", also: [{', '.join(also)}]" if also else ""
    more += f", article: {article}" if article else ""
    return f"\n  {{dump: {dump}, seen: 2026-03-11, position: 2, lines: 1-2, key: abc{more}}}"


def test_later_versions_follow_ups_and_sightings_do_not_change_an_edition(room: Newsroom) -> None:
    before = _then(room)
    room.item("ferry2", "2026-03-12", version_of="n0000ferry", title="Ferry refloated")
    room.item("court2", "2026-03-12", story="n0000court")
    room.item("reef", "2026-03-11", "The reef is well.", wire=_wire("2026-03-11T0600-nw.txt", "2026-03-12T0600-nw.txt"))
    assert _then(room) == before
    today = room.text("/2026/03/12/")
    assert "Ferry refloated" in today
    assert "Ferry refloated" in room.text("/")


def test_an_article_for_an_earlier_brief_is_in_the_edition_of_its_own_day(room: Newsroom) -> None:
    before = _then(room)
    wire = _wire("2026-03-11T0600-nw.txt", "2026-03-12T0600-nw.txt", article="2026-03-12")
    room.item("ferry", "2026-03-11", "The ferry came free at noon.", updated="2026-03-12", wire=wire)
    assert _then(room) == before
    assert "Headline ferry" in room.text("/2026/03/12/")
    assert "at noon" in room.text("/2026/03/11/headline-ferry/")
    assert ">1</small>" in room.text("/2026/03/"), "a day that has only what is new in older entries"


def test_a_follow_up_of_the_same_day_counts(room: Newsroom) -> None:
    before = _then(room)
    room.item("court2", "2026-03-11", story="n0000court")
    assert _then(room) != before


def test_corrections_kills_and_expiry_change_an_edition(room: Newsroom) -> None:
    seen = [_then(room)]
    room.item("ferry2", "2026-03-12", version_of="n0000ferry", title="Barge aground", markers=["corrected"])
    seen.append(_then(room))
    assert "Barge aground" in seen[-1]
    assert "Headline ferry" not in seen[-1], "what a correction took back is not said again"
    room.item("court", "2026-03-11", status="killed")
    seen.append(_then(room))
    assert "court" not in seen[-1]
    room.item("reef", "2026-03-11", "The reef is well.", expires="2026-03-12T00:00:00Z")
    seen.append(_then(room))
    assert "reef" not in seen[-1]
    assert all(a != b for a, b in itertools.pairwise(seen))


def test_the_front_is_never_empty_at_midnight(room: Newsroom) -> None:
    room.build(NOW.replace(hour=0, minute=0))
    assert "Headline court" in room.text("/")


def test_card_of_day() -> None:
    context = context_of()
    whole = entry(
        item(origin=origin("2026-03-12-nw.txt", "2026-03-13-nw.txt")), item("y", LATER, version_of="nx", title="New")
    )
    found = shown(whole, context)
    assert (found.card.title, found.card.versions, found.card.sightings) == ("New", 2, 2)
    then = card_of_day(found, DAY, context)
    assert (then.title, then.versions, then.sightings, then.page) == ("Headline x", 1, 1, False)
    assert card_of_day(found, LATER, context) == found.card


def test_past_editions_of_the_example_site_do_not_change(tmp_path: Path) -> None:
    room = Newsroom(tmp_path, (ROOT / "digest.toml").read_text("utf-8"))
    closed: dict[str, str] = {}
    for day in (10, 11, 12):
        dumps = sorted((ROOT / "content" / "dumps").glob(f"2026-03-{day}*.txt"))
        assert import_dumps(room.folder, dumps).count(Outcome.NEW)
        room.build(NOW.replace(day=day, hour=22))
        assert {url: room.text(url) for url in closed} == closed
        closed[f"/2026/03/{day}/"] = room.text(f"/2026/03/{day}/")
    assert "Barbados stun Jamaica" in closed["/2026/03/11/"]
    assert "Barbados stun Jamaica" not in closed["/2026/03/10/"]
