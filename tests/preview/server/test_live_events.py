"""Event hub: current state for new subscribers, merged changes for those that missed events, heartbeats."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.preview.server import live_events
from digest.preview.server.live_events import MAX_PATHS, BuildEvent, EventHub, encode_event, merge_events


def _event(number: int, **parts: object) -> BuildEvent:
    return BuildEvent(epoch=f"run-{number}", **parts)  # type: ignore[arg-type] # fields of the test


def _hub_after(*events: BuildEvent) -> EventHub:
    """Return a hub that has published these events."""
    hub = EventHub(_event(0))
    for event in events:
        hub.publish(event)
    return hub


def test_a_new_subscriber_gets_the_latest_event() -> None:
    async def first() -> BuildEvent | None:
        return await anext(_hub_after(_event(1, changed=("/x/",))).subscribe())

    assert asyncio.run(first()) == _event(1)


def test_an_older_epoch_gets_all_changes_since() -> None:
    hub = _hub_after(_event(1, changed=("/a/",)), _event(2, changed=("/b/",)), _event(3, changed=("/a/", "/c/")))
    assert hub.since("run-3") == _event(3)
    assert hub.since("run-2") is hub.latest
    assert hub.since("run-1").changed == ("/b/", "/a/", "/c/")
    assert hub.since("run-0").changed == ("/a/", "/b/", "/c/")


@pytest.mark.parametrize("epoch", ["other-3", "run-4", "run-", "run--1", "run-²", "run", "", "run-x"])
def test_an_unknown_epoch_gets_everything(epoch: str) -> None:
    hub = _hub_after(_event(1), _event(2), _event(3, changed=("/a/",)))
    assert hub.since(epoch) == _event(3, everything=True)


def test_an_epoch_older_than_the_history_gets_everything() -> None:
    hub = _hub_after(*(_event(n, changed=("/a/",)) for n in range(1, 400)))
    assert hub.since("run-1").everything
    assert not hub.since("run-398").everything


def test_changed_issues_are_sent_without_a_new_epoch() -> None:
    async def two_events() -> list[BuildEvent | None]:
        hub = _hub_after(_event(1))
        stream = hub.subscribe("run-1")
        first = await anext(stream)
        hub.publish(_event(1, issues=({"code": "x"},)))
        return [first, await anext(stream)]

    assert asyncio.run(two_events()) == [_event(1), _event(1, issues=({"code": "x"},))]


def test_missed_builds_are_merged_into_one_event() -> None:
    async def two_events() -> BuildEvent | None:
        hub = _hub_after()
        stream = hub.subscribe()
        await anext(stream)
        hub.publish(_event(1, changed=("/a/",)))
        hub.publish(_event(2, changed=("/b/",)))
        return await anext(stream)

    assert asyncio.run(two_events()) == _event(2, changed=("/a/", "/b/"))


def test_a_quiet_stream_sends_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_events, "_HEARTBEAT_S", 0.01)

    async def second_event() -> BuildEvent | None:
        stream = _hub_after().subscribe()
        await anext(stream)
        return await anext(stream)

    event = asyncio.run(second_event())
    assert event is None
    assert encode_event(event).startswith(b": ")


def test_close_ends_the_stream() -> None:
    async def all_events() -> list[BuildEvent | None]:
        hub = _hub_after()
        stream = hub.subscribe()
        received = [await anext(stream)]
        hub.close()
        return received + [event async for event in stream]

    assert asyncio.run(all_events()) == [_event(0)]


def test_chains_of_moves_are_merged() -> None:
    events = [_event(1, changed=("/b/",), moved={"/a/": "/b/"}), _event(2, changed=("/c/",), moved={"/b/": "/c/"})]
    merged = merge_events(events, events[-1])
    assert (merged.moved, merged.changed) == ({"/a/": "/c/", "/b/": "/c/"}, ("/c/",))


def test_a_path_that_exists_again_is_not_removed() -> None:
    events = [_event(1, removed=("/a/",), moved={"/x/": "/y/"}), _event(2, changed=("/a/", "/x/"))]
    merged = merge_events(events, events[-1])
    assert (merged.changed, merged.removed, merged.moved) == (("/a/", "/x/"), (), {})


def test_too_many_paths_become_everything() -> None:
    events = [_event(n, changed=tuple(f"/{n}/{m}/" for m in range(MAX_PATHS // 2 + 1))) for n in (1, 2)]
    assert merge_events(events, events[-1]) == _event(2, everything=True)


_PATHS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)


@given(st.lists(st.tuples(_PATHS, _PATHS), max_size=6))
def test_merged_events_equal_the_events_one_by_one(steps: list[tuple[list[str], list[str]]]) -> None:
    """For each path, the last event counts."""
    last: dict[str, str] = {}
    events = []
    for number, (changed, touched) in enumerate(steps):
        removed = [path for path in touched if path not in changed]
        last |= dict.fromkeys(changed, "changed") | dict.fromkeys(removed, "removed")
        events.append(_event(number, changed=tuple(changed), removed=tuple(removed)))
    merged = merge_events(events, _event(9))
    assert set(merged.changed) == {path for path, change in last.items() if change == "changed"}
    assert set(merged.removed) == {path for path, change in last.items() if change == "removed"}


def test_encoded_event() -> None:
    lines = encode_event(_event(1, changed=("/a\nb/",))).decode().split("\n")
    assert lines[:2] == ["event: news", "id: run-1"]
    assert json.loads(lines[2].removeprefix("data: "))["changed"] == ["/a\nb/"]
    assert lines[3:] == ["", ""]
