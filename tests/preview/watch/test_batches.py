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


def test_a_closed_file_has_the_short_quiet_period() -> None:
    assert _after(Event(M, PAGE), Event(X, PAGE)).quiet_s == batches.QUIET_S
    assert _after(Event(V, "content/.ferry.md.tmp", PAGE)).quiet_s == batches.QUIET_S


def test_an_open_file_has_a_longer_quiet_period() -> None:
    batch = _after(Event(M, PAGE))
    assert batch.quiet_s == batches.QUIET_WHILE_OPEN_S
    assert batch.add(Event(X, PAGE))
    assert batch.quiet_s == batches.QUIET_S


def test_a_deleted_page_has_a_longer_quiet_period() -> None:
    batch = _after(Event(V, PAGE, f"{PAGE}~"))
    assert batch.quiet_s == batches.QUIET_AFTER_DELETE_S
    for event in (Event(C, PAGE), Event(M, PAGE), Event(X, PAGE)):
        batch.add(event)
    assert (batch.quiet_s, batch.changes) == (batches.QUIET_S, {PAGE: Change.SAVED})


def test_many_files_have_a_longer_quiet_period() -> None:
    events = [Event(what, f"content/{n}.md") for n in range(batches.BURST_PATHS + 1) for what in (C, X)]
    assert _after(*events).quiet_s == batches.QUIET_AFTER_BURST_S


def test_ignored_files_do_not_prolong_the_wait() -> None:
    batch = _after(Event(M, PAGE), Event(X, PAGE))
    for path in ("content/.ferry.md.swp", "output/index.html", "content/other.md~"):
        assert not batch.add(Event(M, path))
        assert not batch.add(Event(X, path))
    assert (batch.quiet_s, batch.changes) == (batches.QUIET_S, {PAGE: Change.SAVED})


def test_a_batch_ends_although_its_file_is_never_closed() -> None:
    events = EventQueue()
    events.put(Event(M, PAGE))
    assert next_batch(events, 20) == {PAGE: Change.SAVED}


def test_wake_returns_an_empty_batch() -> None:
    events = EventQueue()
    events.put(WAKE)
    assert next_batch(events, 20) == {}
