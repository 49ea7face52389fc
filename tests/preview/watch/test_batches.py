"""The quiet period after which a batch is complete, by the events so far."""

from digest.preview.watch import batches
from digest.preview.watch.batches import WAKE, Batch, EventQueue, next_batch
from digest.preview.watch.events import Change, Event, EventKind

PAGE = "content/ferry.md"
CREATED, MODIFIED, MOVED, CLOSED = EventKind.CREATED, EventKind.MODIFIED, EventKind.MOVED, EventKind.CLOSED


def _after(*events: Event) -> Batch:
    batch = Batch()
    for event in events:
        batch.add(event)
    return batch


def test_a_closed_file_has_the_short_quiet_period() -> None:
    assert _after(Event(MODIFIED, PAGE), Event(CLOSED, PAGE)).quiet_s == batches.QUIET_S
    assert _after(Event(MOVED, "content/.ferry.md.tmp", PAGE)).quiet_s == batches.QUIET_S


def test_an_open_file_has_a_longer_quiet_period() -> None:
    batch = _after(Event(MODIFIED, PAGE))
    assert batch.quiet_s == batches.QUIET_WHILE_OPEN_S
    assert batch.add(Event(CLOSED, PAGE))
    assert batch.quiet_s == batches.QUIET_S


def test_a_deleted_page_has_a_longer_quiet_period() -> None:
    batch = _after(Event(MOVED, PAGE, f"{PAGE}~"))
    assert batch.quiet_s == batches.QUIET_AFTER_DELETE_S
    for event in (Event(CREATED, PAGE), Event(MODIFIED, PAGE), Event(CLOSED, PAGE)):
        batch.add(event)
    assert (batch.quiet_s, batch.changes) == (batches.QUIET_S, {PAGE: Change.SAVED})


def test_many_files_have_a_longer_quiet_period() -> None:
    events = [Event(kind, f"content/{n}.md") for n in range(batches.BURST_PATHS + 1) for kind in (CREATED, CLOSED)]
    assert _after(*events).quiet_s == batches.QUIET_AFTER_BURST_S


def test_ignored_files_do_not_prolong_the_wait() -> None:
    batch = _after(Event(MODIFIED, PAGE), Event(CLOSED, PAGE))
    for path in ("content/.ferry.md.swp", "output/index.html", "content/other.md~"):
        assert not batch.add(Event(MODIFIED, path))
        assert not batch.add(Event(CLOSED, path))
    assert (batch.quiet_s, batch.changes) == (batches.QUIET_S, {PAGE: Change.SAVED})


def test_a_batch_ends_although_its_file_is_never_closed() -> None:
    events = EventQueue()
    events.put(Event(MODIFIED, PAGE))
    assert next_batch(events, 20) == {PAGE: Change.SAVED}


def test_wake_returns_an_empty_batch() -> None:
    events = EventQueue()
    events.put(WAKE)
    assert next_batch(events, 20) == {}
