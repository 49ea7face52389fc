"""The watcher on real files: every kind of save is one change; folders, links and polling."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.inotify import InotifyObserver

from digest.preview.watch import watcher as watcher_module
from digest.preview.watch.batches import EventQueue, next_batch
from digest.preview.watch.events import Change, Event, EventKind
from digest.preview.watch.watcher import Watcher

TIMEOUT_S = 10.0


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one page."""
    (tmp_path / "digest.toml").write_text("")
    (tmp_path / "content/2026").mkdir(parents=True)
    (tmp_path / "content/2026/ferry.md").write_text("one")
    (tmp_path / "output").mkdir()
    return tmp_path


@pytest.fixture
def watcher(site: Path) -> Iterator[Watcher]:
    """A watcher of the site."""
    watcher = Watcher(site, lambda: None)
    yield watcher
    watcher.close()


def _until(watcher: Watcher, path: str) -> dict[str, Change]:
    """Return all changes up to the first one of this path."""
    seen: dict[str, Change] = {}
    while path not in seen:
        batch = next_batch(watcher.events, TIMEOUT_S)
        assert batch, f"no change of {path}, only {seen}"
        seen |= batch
    return seen


def _in_place(page: Path) -> None:
    page.write_text("two")


def _by_rename(page: Path) -> None:
    beside = page.with_name(".ferry.md.tmp")
    beside.write_text("two")
    beside.replace(page)


def _like_vim(page: Path) -> None:
    probe = page.with_name("4913")
    probe.touch()
    probe.unlink()
    page.rename(page.with_name("ferry.md~"))
    with page.open("w") as stream:
        stream.write("two")
        stream.flush()
        os.fsync(stream.fileno())
    page.with_name("ferry.md~").unlink()


def _like_jetbrains(page: Path) -> None:
    beside, old = page.with_name("ferry.md___jb_tmp___"), page.with_name("ferry.md___jb_old___")
    beside.write_text("two")
    page.rename(old)
    beside.rename(page)
    old.unlink()


def _anew(page: Path) -> None:
    page.unlink()
    page.write_text("two")


@pytest.mark.parametrize("save", [_in_place, _by_rename, _like_vim, _like_jetbrains, _anew])
def test_every_kind_of_save_is_one_changed_page(site: Path, watcher: Watcher, save: Callable[[Path], None]) -> None:
    save(site / "content/2026/ferry.md")
    assert _until(watcher, "content/2026/ferry.md") == {"content/2026/ferry.md": Change.SAVED}


def test_a_deleted_page(site: Path, watcher: Watcher) -> None:
    (site / "content/2026/ferry.md").unlink()
    assert _until(watcher, "content/2026/ferry.md") == {"content/2026/ferry.md": Change.GONE}


def test_changes_of_output_and_cache_are_ignored(site: Path, watcher: Watcher) -> None:
    (site / "output/index.html").write_text("x")
    (site / ".digest/state").write_text("x")
    (site / "digest.toml").write_text("[site]")
    assert _until(watcher, "digest.toml") == {"digest.toml": Change.SAVED}


def test_a_new_folder_is_watched(site: Path, watcher: Watcher) -> None:
    (site / "templates").mkdir()
    _until(watcher, "templates")
    watcher.update_watches(["content", "templates"])
    (site / "templates/item.html").write_text("x")
    assert _until(watcher, "templates/item.html")["templates/item.html"] is Change.SAVED


def test_files_created_before_their_folder_was_watched_are_noticed(site: Path, watcher: Watcher) -> None:
    (site / "templates").mkdir()
    _until(watcher, "templates")
    (site / "templates/item.html").write_text("x")
    watcher.update_watches(["content", "templates"])
    assert "templates" in _until(watcher, "templates")


def test_a_content_folder_that_was_deleted_and_restored_is_watched_again(site: Path, watcher: Watcher) -> None:
    shutil.copytree(site / "content", site / "output/kept")
    shutil.rmtree(site / "content")
    _until(watcher, "content")
    watcher.update_watches(["content", "templates"])
    shutil.copytree(site / "output/kept", site / "content")
    _until(watcher, "content")
    watcher.update_watches(["content", "templates"])
    (site / "content/2026/ferry.md").write_text("two")
    assert _until(watcher, "content/2026/ferry.md")["content/2026/ferry.md"] is Change.SAVED


def test_a_thousand_files_are_few_batches(site: Path, watcher: Watcher) -> None:
    for number in range(1000):
        (site / f"content/2026/{number}.md").write_text("x")
    seen, batches = set[str](), 0
    while len(seen) < 1000:
        batch = next_batch(watcher.events, TIMEOUT_S)
        assert batch
        seen |= set(batch)
        batches += 1
    assert batches <= 10


def test_polling_starts_when_watches_run_out_later(
    site: Path, watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(InotifyObserver, "schedule", refused)
    monkeypatch.setattr(watcher_module, "POLL_S", 0.05)
    (site / "content/2027").mkdir()
    watcher.update_watches(_until(watcher, "content/2027"))
    (site / "content/2026/ferry.md").write_text("longer than it was")
    assert "content/2026/ferry.md" in _until(watcher, "content/2026/ferry.md")


def test_linked_folders_are_watched_under_the_path_of_the_link(site: Path, watcher: Watcher) -> None:
    elsewhere = site.parent / f"{site.name}-elsewhere"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep/loop").symlink_to(elsewhere)
    (site / "content/linked").symlink_to(elsewhere)
    watcher.update_watches(_until(watcher, "content/linked"))
    (elsewhere / "deep/boat.md").write_text("one")
    assert _until(watcher, "content/linked/deep/boat.md")["content/linked/deep/boat.md"] is Change.SAVED


def test_close_ends_the_wait(site: Path) -> None:
    watcher = Watcher(site, lambda: None)
    watcher.close()
    assert next_batch(watcher.events) is None


def test_the_wait_ends_after_the_timeout() -> None:
    assert next_batch(EventQueue(), 0.01) == {}


def test_ignored_files_do_not_end_the_wait() -> None:
    events = EventQueue()
    for path in ("output/a", "content/.x.md.swp", "content/x.md"):
        events.put(Event(EventKind.MODIFIED, path))
    assert next_batch(events, TIMEOUT_S) == {"content/x.md": Change.SAVED}


def test_polling_where_the_system_has_no_more_watches(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(InotifyObserver, "schedule", refused)
    monkeypatch.setattr(watcher_module, "POLL_S", 0.05)
    calls: list[bool] = []
    watcher = Watcher(site, lambda: calls.append(True))
    try:
        assert calls
        (site / "content/2026/ferry.md").write_text("longer than it was")
        assert _until(watcher, "content/2026/ferry.md") == {"content/2026/ferry.md": Change.SAVED}
    finally:
        watcher.close()
