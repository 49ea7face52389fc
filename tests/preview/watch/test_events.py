"""Recorded event sequences of editors, and the changes that remain of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.preview.watch.events import Change, Event, EventKind, coalesce, is_build_input

PAGE = "content/2026/02/05/ferry.md"
CREATED, MODIFIED, DELETED, MOVED = EventKind.CREATED, EventKind.MODIFIED, EventKind.DELETED, EventKind.MOVED
FOLDER = "content/2026/02/05"

SAVES = {
    "in place (nano, VS Code)": [Event(MODIFIED, PAGE), Event(MODIFIED, PAGE)],
    "vim, with backup": [
        Event(CREATED, f"{FOLDER}/4913"),
        Event(DELETED, f"{FOLDER}/4913"),
        Event(MOVED, PAGE, f"{PAGE}~"),
        Event(CREATED, PAGE),
        Event(MODIFIED, PAGE),
        Event(MODIFIED, FOLDER, is_folder=True),
        Event(DELETED, f"{PAGE}~"),
    ],
    "vim, swap file alone beside it": [
        Event(CREATED, f"{FOLDER}/.ferry.md.swp"),
        Event(MODIFIED, f"{FOLDER}/.ferry.md.swp"),
        Event(MODIFIED, PAGE),
        Event(DELETED, f"{FOLDER}/.ferry.md.swp"),
    ],
    "emacs": [
        Event(CREATED, f"{FOLDER}/.#ferry.md"),
        Event(CREATED, f"{FOLDER}/#ferry.md#"),
        Event(MOVED, PAGE, f"{PAGE}~"),
        Event(CREATED, PAGE),
        Event(MODIFIED, PAGE),
        Event(DELETED, f"{FOLDER}/#ferry.md#"),
        Event(DELETED, f"{FOLDER}/.#ferry.md"),
    ],
    "JetBrains": [
        Event(CREATED, f"{PAGE}___jb_tmp___"),
        Event(MODIFIED, f"{PAGE}___jb_tmp___"),
        Event(MOVED, PAGE, f"{PAGE}___jb_old___"),
        Event(MOVED, f"{PAGE}___jb_tmp___", PAGE),
        Event(DELETED, f"{PAGE}___jb_old___"),
    ],
    "sed -i": [
        Event(CREATED, f"{FOLDER}/sedAbC123"),
        Event(MODIFIED, f"{FOLDER}/sedAbC123"),
        Event(MOVED, f"{FOLDER}/sedAbC123", PAGE),
    ],
    "delete and make anew": [Event(DELETED, PAGE), Event(CREATED, PAGE), Event(MODIFIED, PAGE)],
    "Syncthing": [
        Event(CREATED, f"{FOLDER}/.syncthing.ferry.md.tmp"),
        Event(MOVED, f"{FOLDER}/.syncthing.ferry.md.tmp", PAGE),
    ],
}


@pytest.mark.parametrize("events", SAVES.values(), ids=SAVES)
def test_event_sequences_of_editors_are_one_saved_page(events: list[Event]) -> None:
    assert coalesce(events) == {PAGE: Change.SAVED}


def test_a_rename_is_one_deleted_and_one_saved_page() -> None:
    changes = coalesce([Event(MOVED, PAGE, f"{FOLDER}/boat.md")])
    assert changes == {PAGE: Change.GONE, f"{FOLDER}/boat.md": Change.SAVED}


def test_a_page_moved_out_of_the_site_is_deleted() -> None:
    assert coalesce([Event(MOVED, PAGE)]) == {PAGE: Change.GONE}


def test_created_deleted_and_moved_folders_are_changes() -> None:
    for event in (
        Event(DELETED, FOLDER, is_folder=True),
        Event(CREATED, FOLDER, is_folder=True),
        Event(MOVED, FOLDER, is_folder=True),
    ):
        assert FOLDER in coalesce([event])


def test_changes_are_in_the_order_of_their_last_events() -> None:
    events = [Event(MODIFIED, PAGE), Event(MODIFIED, "digest.toml"), Event(MODIFIED, PAGE)]
    assert list(coalesce(events)) == ["digest.toml", PAGE]


@pytest.mark.parametrize(
    "path",
    [
        "output/index.html",
        ".digest/state.sqlite",
        ".digest/preview/index.html",
        ".git/index",
        "content/.git/x.md",
        "content/notes.txt",
        "content/2026/4913",
        "content/dumps/.2026-02-05-nw.txt.new",
        "content/x.md~",
        "content/.x.md.swp",
        "content/#x.md#",
        "content/x.md.tmp",
        "themes/mine/templates/.item.html.swp",
        "themes/mine/templates/item.html~",
        "static/logo.svg.part",
        "README.md",
        "digest.toml.bak",
        "",
    ],
)
def test_paths_that_no_build_reads(path: str) -> None:
    assert not is_build_input(path)


@pytest.mark.parametrize(
    "path",
    [
        "digest.toml",
        PAGE,
        "content/x.md",
        "templates/item.html",
        "static/logo.svg",
        "themes/mine/theme.toml",
        "content/ferry.JPG",
        "content/linked",
        "content/dumps/2026-02-05-nw.txt",
    ],
)
def test_paths_that_a_build_reads(path: str) -> None:
    assert is_build_input(path)


_PATHS = st.sampled_from([PAGE, "digest.toml", "output/x", "content/y.md", f"{PAGE}~", "themes/t/a.css"])
_EVENTS = st.lists(st.builds(Event, st.sampled_from(EventKind), _PATHS, st.just(""), st.just(False)))


@given(_EVENTS, _EVENTS)
def test_coalescing_in_parts_equals_coalescing_at_once(first: list[Event], then: list[Event]) -> None:
    changes = coalesce([*first, *then])
    assert changes == {**coalesce(first), **coalesce(then)}
    assert all(is_build_input(path) for path in changes)
