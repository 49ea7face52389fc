"""Editors' event sequences, as they were recorded, and what is left of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.preview.watch.events import Change, Event, EventKind, coalesce, is_build_input

PAGE = "content/2026/02/05/ferry.md"
C, M, D, V = EventKind.CREATED, EventKind.MODIFIED, EventKind.DELETED, EventKind.MOVED
HOME = "content/2026/02/05"

SAVES = {
    "in place (nano, VS Code)": [Event(M, PAGE), Event(M, PAGE)],
    "vim, with backup": [
        Event(C, f"{HOME}/4913"),
        Event(D, f"{HOME}/4913"),
        Event(V, PAGE, f"{PAGE}~"),
        Event(C, PAGE),
        Event(M, PAGE),
        Event(M, HOME, is_folder=True),
        Event(D, f"{PAGE}~"),
    ],
    "vim, swap file alone beside it": [
        Event(C, f"{HOME}/.ferry.md.swp"),
        Event(M, f"{HOME}/.ferry.md.swp"),
        Event(M, PAGE),
        Event(D, f"{HOME}/.ferry.md.swp"),
    ],
    "emacs": [
        Event(C, f"{HOME}/.#ferry.md"),
        Event(C, f"{HOME}/#ferry.md#"),
        Event(V, PAGE, f"{PAGE}~"),
        Event(C, PAGE),
        Event(M, PAGE),
        Event(D, f"{HOME}/#ferry.md#"),
        Event(D, f"{HOME}/.#ferry.md"),
    ],
    "JetBrains": [
        Event(C, f"{PAGE}___jb_tmp___"),
        Event(M, f"{PAGE}___jb_tmp___"),
        Event(V, PAGE, f"{PAGE}___jb_old___"),
        Event(V, f"{PAGE}___jb_tmp___", PAGE),
        Event(D, f"{PAGE}___jb_old___"),
    ],
    "sed -i": [Event(C, f"{HOME}/sedAbC123"), Event(M, f"{HOME}/sedAbC123"), Event(V, f"{HOME}/sedAbC123", PAGE)],
    "delete and make anew": [Event(D, PAGE), Event(C, PAGE), Event(M, PAGE)],
    "Syncthing": [Event(C, f"{HOME}/.syncthing.ferry.md.tmp"), Event(V, f"{HOME}/.syncthing.ferry.md.tmp", PAGE)],
}


@pytest.mark.parametrize("events", SAVES.values(), ids=SAVES)
def test_event_sequences_of_editors_are_one_saved_page(events: list[Event]) -> None:
    assert coalesce(events) == {PAGE: Change.SAVED}


def test_a_rename_is_one_deleted_and_one_saved_page() -> None:
    changes = coalesce([Event(V, PAGE, f"{HOME}/boat.md")])
    assert changes == {PAGE: Change.GONE, f"{HOME}/boat.md": Change.SAVED}


def test_a_page_moved_out_of_the_site_is_deleted() -> None:
    assert coalesce([Event(V, PAGE)]) == {PAGE: Change.GONE}


def test_created_deleted_and_moved_folders_are_changes() -> None:
    for event in (Event(D, HOME, is_folder=True), Event(C, HOME, is_folder=True), Event(V, HOME, is_folder=True)):
        assert HOME in coalesce([event])


def test_changes_are_in_the_order_of_their_last_events() -> None:
    events = [Event(M, PAGE), Event(M, "digest.toml"), Event(M, PAGE)]
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
    whole = coalesce([*first, *then])
    assert whole == {**coalesce(first), **coalesce(then)}
    assert all(is_build_input(path) for path in whole)
