"""When a save is over: how long a batch waits, by what has happened so far."""

from digest.preview.watch import batches
from digest.preview.watch.batches import WAKE, Batch, EventQueue, next_batch
from digest.preview.watch.events import Change, Event, EventKind

PAGE = "content/ferry.md"
C, M, D, V, X = EventKind.CREATED, EventKind.MODIFIED, EventKind.DELETED, EventKind.MOVED, EventKind.CLOSED


def _after(*events: Event) -> Batch:
    batch = Batch()
    for event in events:
        batch.add(event)
    return batch


def test_a_file_that_was_written_and_closed_is_handed_over_soon() -> None:
    assert _after(Event(M, PAGE), Event(X, PAGE)).quiet_s == batches.QUIET_S
    assert _after(Event(V, "content/.ferry.md.tmp", PAGE)).quiet_s == batches.QUIET_S


def test_a_file_half_written_is_waited_for() -> None:
    batch = _after(Event(M, PAGE))
    assert batch.quiet_s == batches.QUIET_WHILE_OPEN_S
    assert batch.add(Event(X, PAGE))
    assert batch.quiet_s == batches.QUIET_S


def test_a_page_that_is_away_may_be_on_its_way_back() -> None:
    batch = _after(Event(V, PAGE, f"{PAGE}~"))
    assert batch.quiet_s == batches.QUIET_AFTER_DELETE_S
    for event in (Event(C, PAGE), Event(M, PAGE), Event(X, PAGE)):
        batch.add(event)
    assert (batch.quiet_s, batch.changes) == (batches.QUIET_S, {PAGE: Change.SAVED})


def test_many_files_are_waited_for_together() -> None:
    events = [Event(what, f"content/{n}.md") for n in range(batches.BURST_PATHS + 1) for what in (C, X)]
    assert _after(*events).quiet_s == batches.QUIET_AFTER_BURST_S


def test_what_does_not_matter_does_not_make_anybody_wait() -> None:
    batch = _after(Event(M, PAGE), Event(X, PAGE))
    for path in ("content/.ferry.md.swp", "output/index.html", "content/other.md~"):
        assert not batch.add(Event(M, path))
        assert not batch.add(Event(X, path))
    assert (batch.quiet_s, batch.changes) == (batches.QUIET_S, {PAGE: Change.SAVED})


def test_a_batch_is_handed_over_at_last_though_nothing_is_closed() -> None:
    events = EventQueue()
    events.put(Event(M, PAGE))
    assert next_batch(events, 20) == {PAGE: Change.SAVED}


def test_a_wake_hands_over_nothing() -> None:
    events = EventQueue()
    events.put(WAKE)
    assert next_batch(events, 20) == {}
