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


def test_a_new_subscriber_gets_the_latest_event() -> None:
    async def first() -> BuildEvent | None:
        return await anext(_hub(_news(1, changed=("/x/",))).subscribe())

    assert asyncio.run(first()) == _news(1)


def test_an_older_epoch_gets_all_changes_since() -> None:
    told = _hub(_news(1, changed=("/a/",)), _news(2, changed=("/b/",)), _news(3, changed=("/a/", "/c/")))
    assert told.since("run-3") == _news(3)
    assert told.since("run-2") is told.latest
    assert told.since("run-1").changed == ("/b/", "/a/", "/c/")
    assert told.since("run-0").changed == ("/a/", "/b/", "/c/")


@pytest.mark.parametrize("epoch", ["other-3", "run-4", "run-", "run--1", "run-²", "run", "", "run-x"])
def test_an_unknown_epoch_gets_everything(epoch: str) -> None:
    told = _hub(_news(1), _news(2), _news(3, changed=("/a/",)))
    assert told.since(epoch) == _news(3, everything=True)


def test_an_epoch_older_than_the_history_gets_everything() -> None:
    told = _hub(*(_news(n, changed=("/a/",)) for n in range(1, 400)))
    assert told.since("run-1").everything
    assert not told.since("run-398").everything


def test_changed_issues_are_sent_without_a_new_epoch() -> None:
    async def both() -> list[BuildEvent | None]:
        told = _hub(_news(1))
        stream = told.subscribe("run-1")
        first = await anext(stream)
        told.publish(_news(1, issues=({"code": "x"},)))
        return [first, await anext(stream)]

    assert asyncio.run(both()) == [_news(1), _news(1, issues=({"code": "x"},))]


def test_missed_builds_are_merged_into_one_event() -> None:
    async def both() -> BuildEvent | None:
        told = _hub()
        stream = told.subscribe()
        await anext(stream)
        told.publish(_news(1, changed=("/a/",)))
        told.publish(_news(2, changed=("/b/",)))
        return await anext(stream)

    assert asyncio.run(both()) == _news(2, changed=("/a/", "/b/"))


def test_a_quiet_stream_sends_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_events, "_BEAT_S", 0.01)

    async def beat() -> BuildEvent | None:
        stream = _hub().subscribe()
        await anext(stream)
        return await anext(stream)

    found = asyncio.run(beat())
    assert found is None
    assert encode_event(found).startswith(b": ")


def test_close_ends_the_stream() -> None:
    async def all_of_it() -> list[BuildEvent | None]:
        told = _hub()
        stream = told.subscribe()
        heard = [await anext(stream)]
        told.close()
        return heard + [news async for news in stream]

    assert asyncio.run(all_of_it()) == [_news(0)]


def test_chains_of_moves_are_merged() -> None:
    past = [_news(1, changed=("/b/",), moved={"/a/": "/b/"}), _news(2, changed=("/c/",), moved={"/b/": "/c/"})]
    found = merge_events(past, past[-1])
    assert (found.moved, found.changed) == ({"/a/": "/c/", "/b/": "/c/"}, ("/c/",))


def test_a_path_that_exists_again_is_not_removed() -> None:
    past = [_news(1, removed=("/a/",), moved={"/x/": "/y/"}), _news(2, changed=("/a/", "/x/"))]
    found = merge_events(past, past[-1])
    assert (found.changed, found.removed, found.moved) == (("/a/", "/x/"), (), {})


def test_too_many_paths_become_everything() -> None:
    past = [_news(n, changed=tuple(f"/{n}/{m}/" for m in range(MAX_PATHS // 2 + 1))) for n in (1, 2)]
    assert merge_events(past, past[-1]) == _news(2, everything=True)


_PATHS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)


@given(st.lists(st.tuples(_PATHS, _PATHS), max_size=6))
def test_merged_events_equal_the_events_one_by_one(steps: list[tuple[list[str], list[str]]]) -> None:
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


def test_encoded_event() -> None:
    lines = encode_event(_news(1, changed=("/a\nb/",))).decode().split("\n")
    assert lines[:2] == ["event: news", "id: run-1"]
    assert json.loads(lines[2].removeprefix("data: "))["changed"] == ["/a\nb/"]
    assert lines[3:] == ["", ""]
