"""News: who hears what, and what those hear who were away."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.preview.server import live_events
from digest.preview.server.live_events import MAX_PATHS, BuildEvent, EventHub, encode_event, merge_events


def _news(number: int, **parts: object) -> BuildEvent:
    return BuildEvent(epoch=f"run-{number}", **parts)  # type: ignore[arg-type] # parts are the test's own


def _hub(*news: BuildEvent) -> EventHub:
    """A hub that has told all this."""
    told = EventHub(_news(0))
    for each in news:
        told.publish(each)
    return told


def test_who_comes_anew_hears_how_things_are() -> None:
    async def first() -> BuildEvent | None:
        return await anext(_hub(_news(1, changed=("/x/",))).subscribe())

    assert asyncio.run(first()) == _news(1)


def test_who_shows_an_older_page_hears_what_changed_since() -> None:
    told = _hub(_news(1, changed=("/a/",)), _news(2, changed=("/b/",)), _news(3, changed=("/a/", "/c/")))
    assert told.since("run-3") == _news(3)
    assert told.since("run-2") is told.latest
    assert told.since("run-1").changed == ("/b/", "/a/", "/c/")
    assert told.since("run-0").changed == ("/a/", "/b/", "/c/")


@pytest.mark.parametrize("epoch", ["other-3", "run-4", "run-", "run--1", "run-²", "run", "", "run-x"])
def test_who_shows_a_page_of_nobody_knows_when_loads_it_anew(epoch: str) -> None:
    told = _hub(_news(1), _news(2), _news(3, changed=("/a/",)))
    assert told.since(epoch) == _news(3, everything=True)


def test_who_was_away_too_long_looks_at_everything() -> None:
    told = _hub(*(_news(n, changed=("/a/",)) for n in range(1, 400)))
    assert told.since("run-1").everything
    assert not told.since("run-398").everything


def test_issues_alone_are_told_without_a_new_epoch() -> None:
    async def both() -> list[BuildEvent | None]:
        told = _hub(_news(1))
        stream = told.subscribe("run-1")
        first = await anext(stream)
        told.publish(_news(1, issues=({"code": "x"},)))
        return [first, await anext(stream)]

    assert asyncio.run(both()) == [_news(1), _news(1, issues=({"code": "x"},))]


def test_two_builds_between_two_looks_are_one_news() -> None:
    async def both() -> BuildEvent | None:
        told = _hub()
        stream = told.subscribe()
        await anext(stream)
        told.publish(_news(1, changed=("/a/",)))
        told.publish(_news(2, changed=("/b/",)))
        return await anext(stream)

    assert asyncio.run(both()) == _news(2, changed=("/a/", "/b/"))


def test_a_quiet_stream_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_events, "_BEAT_S", 0.01)

    async def beat() -> BuildEvent | None:
        stream = _hub().subscribe()
        await anext(stream)
        return await anext(stream)

    found = asyncio.run(beat())
    assert found is None
    assert encode_event(found).startswith(b": ")


def test_closing_ends_the_stream() -> None:
    async def all_of_it() -> list[BuildEvent | None]:
        told = _hub()
        stream = told.subscribe()
        heard = [await anext(stream)]
        told.close()
        return heard + [news async for news in stream]

    assert asyncio.run(all_of_it()) == [_news(0)]


def test_moves_are_followed_to_their_end() -> None:
    past = [_news(1, changed=("/b/",), moved={"/a/": "/b/"}), _news(2, changed=("/c/",), moved={"/b/": "/c/"})]
    found = merge_events(past, past[-1])
    assert (found.moved, found.changed) == ({"/a/": "/c/", "/b/": "/c/"}, ("/c/",))


def test_what_came_back_is_not_gone() -> None:
    past = [_news(1, removed=("/a/",), moved={"/x/": "/y/"}), _news(2, changed=("/a/", "/x/"))]
    found = merge_events(past, past[-1])
    assert (found.changed, found.removed, found.moved) == (("/a/", "/x/"), (), {})


def test_too_much_is_everything() -> None:
    past = [_news(n, changed=tuple(f"/{n}/{m}/" for m in range(MAX_PATHS // 2 + 1))) for n in (1, 2)]
    assert merge_events(past, past[-1]) == _news(2, everything=True)


_PATHS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)


@given(st.lists(st.tuples(_PATHS, _PATHS), max_size=6))
def test_what_is_told_at_once_is_what_was_told_bit_by_bit(steps: list[tuple[list[str], list[str]]]) -> None:
    """Of each path the last word counts."""
    last: dict[str, str] = {}
    past = []
    for number, (changed, others) in enumerate(steps):
        removed = [path for path in others if path not in changed]
        last |= dict.fromkeys(changed, "changed") | dict.fromkeys(removed, "removed")
        past.append(_news(number, changed=tuple(changed), removed=tuple(removed)))
    found = merge_events(past, _news(9))
    assert set(found.changed) == {path for path, word in last.items() if word == "changed"}
    assert set(found.removed) == {path for path, word in last.items() if word == "removed"}


def test_an_event_has_the_epoch_as_its_id() -> None:
    lines = encode_event(_news(1, changed=("/a\nb/",))).decode().split("\n")
    assert lines[:2] == ["event: news", "id: run-1"]
    assert json.loads(lines[2].removeprefix("data: "))["changed"] == ["/a\nb/"]
    assert lines[3:] == ["", ""]
