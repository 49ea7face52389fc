"""The content folder with a memory: what a refresh reads, what it says has changed, and what can be asked."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from digest.config import Config, Site, parse
from digest.content.loader import PageLoader
from digest.content.store import refresh as reading
from digest.content.store import scan as scanning
from digest.content.store.archive import SCHEMA, Archive
from digest.content.store.database import open_store
from digest.content.store.refresh import MapShards, Paths, RefreshResult
from digest.content.store.tables import FileRecord
from digest.engine_version import engine_digest
from digest.model import Item, Labeller, Labels

CONFIG = parse("")[0]


class Fixed:
    """A labeller of one mind."""

    name = "fixed"

    def __init__(self, version: str = "1", region: str = "europe") -> None:
        self.version, self._region = version, region

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        del headline, summary, body
        return Labels(region=self._region, category="sport")


def identify(title: str, day: date) -> str:
    return f"n{title.lower()}-{day:%d}"


class Desk:
    """A site's folder, with hands to change it and archives opened one after the other."""

    def __init__(self, site: Path) -> None:
        self.site, self.config, self.engine = site, CONFIG, "1"
        self.label: Callable[[], Labeller] = Fixed
        self._opened: list[Archive] = []

    def write(self, path: str, front: str, body: str = "") -> None:
        """A page, dated if it does not say otherwise."""
        file = self.site / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ndate: 2026-03-10\n{front}\n---\n{body}", encoding="utf-8")

    def archive(self) -> Archive:
        """As a new run opens it."""
        self.store = open_store(self.site, SCHEMA)
        return Archive(self.site, self.store, self.config, self.label, identify, self.engine)

    def refresh(self, paths: list[str] | None = None, spread: MapShards | None = None) -> RefreshResult:
        """One run that only refreshes."""
        archive = self.archive()
        with closing(self.store):
            return archive.refresh(paths, spread)

    def asked(self, question: Callable[[Archive], object]) -> object:
        """One run that refreshes and asks."""
        archive = self.archive()
        with closing(self.store):
            archive.refresh()
            return question(archive)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def titles(archive: Archive) -> list[str]:
    return [item.title for item in archive.items(row.path for row in archive.rows())]


# --- what is read ---------------------------------------------------------------------------------------------------


def test_a_first_refresh_reads_everything_and_a_second_nothing(desk: Desk) -> None:
    desk.write("b.md", "title: Snow")
    desk.write("2026/03/10/a.md", "title: Rain")
    first = desk.refresh()
    assert (first.changed, first.removed) == (("2026/03/10/a.md", "b.md"), ())
    assert (first.scanned, first.loaded) == (2, 2)
    second = desk.refresh()
    assert (second.changed, second.removed, second.scanned, second.loaded) == ((), (), 2, 0)


def test_one_edit_costs_one_reading(desk: Desk) -> None:
    for n in range(5):
        desk.write(f"{n}.md", f"title: T{n}")
    desk.refresh()
    desk.write("3.md", "title: Changed")
    done = desk.refresh()
    assert (done.changed, done.loaded) == (("3.md",), 1)
    assert desk.asked(titles) == ["T0", "T1", "T2", "Changed", "T4"]


def test_a_page_that_is_gone_is_told_and_forgotten(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.write("b.md", "title: Snow")
    desk.refresh()
    (desk.site / "content/a.md").unlink()
    assert desk.refresh().removed == ("a.md",)
    assert desk.asked(titles) == ["Snow"]


def test_a_page_that_moves_is_gone_here_and_new_there(desk: Desk) -> None:
    desk.write("a.md", "id: n1\ntitle: Rain")
    desk.refresh()
    (desk.site / "content/a.md").rename(desk.site / "content/b.md")
    done = desk.refresh()
    assert (done.changed, done.removed) == (("b.md",), ("a.md",))


def test_a_touched_file_is_compared_but_not_read_again(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    os.utime(desk.site / "content/a.md", ns=(1, 1))
    assert desk.refresh().loaded == 0


def test_a_change_that_no_item_shows_is_read_but_no_change(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    desk.write("a.md", "# for the desk\ntitle: Rain")
    done = desk.refresh()
    assert (done.loaded, done.changed) == (1, ())


def test_a_change_of_the_body_alone_is_a_change(desk: Desk) -> None:
    desk.write("a.md", "title: Rain\nsummary: Wet.", "One.\n\nTwo.")
    desk.refresh()
    desk.write("a.md", "title: Rain\nsummary: Wet.", "One.\n\nToo.")
    assert desk.refresh().changed == ("a.md",)


def test_an_edit_within_the_clocks_grain_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # A clock so coarse that nothing that the file system says tells the two texts apart.
    now = time.time_ns() // 1_000_000_000 * 1_000_000_000
    monkeypatch.setattr(scanning, "stat_of", lambda path, status: (path, status.st_size, now, now, status.st_ino))
    desk.write("a.md", "title: Rain")
    assert desk.refresh().changed == ("a.md",)
    desk.write("a.md", "title: Snow")
    assert desk.refresh().changed == ("a.md",)
    assert desk.asked(titles) == ["Snow"]


def test_an_edit_that_keeps_size_and_time_is_seen(desk: Desk) -> None:
    file = desk.site / "content/a.md"
    desk.write("a.md", "title: Rain")
    os.utime(file, ns=(1, 1))
    desk.refresh()
    desk.write("a.md", "title: Snow")
    os.utime(file, ns=(1, 1))
    assert desk.refresh().changed == ("a.md",)


def test_doubt_about_a_file_ends_when_it_has_rested(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    later = time.time_ns() + 60_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    desk.refresh()
    monkeypatch.setattr(reading, "load_bytes", refuse)
    desk.refresh()
    assert desk.asked(codes) == []


def test_some_paths_alone_may_be_looked_at(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        desk.write(f"{name}.md", f"title: {name}")
    desk.refresh()
    desk.write("a.md", "title: Changed")
    desk.write("b.md", "title: Changed, too")
    (desk.site / "content/c.md").unlink()
    done = desk.refresh(["a.md", "c.md", "never.md"])
    assert (done.changed, done.removed, done.scanned, done.complete) == (("a.md",), ("c.md",), 1, False)
    assert desk.refresh().changed == ("b.md",)


# --- what everything depends on -------------------------------------------------------------------------------------


def test_another_configuration_reads_everything_anew(desk: Desk) -> None:
    desk.write("a.md", "title: Rain\nembargo: 2026-03-11")
    desk.write("b.md", "title: Snow")
    desk.refresh()
    desk.config = Config(
        site=Site(time_zone="Asia/Tokyo"), regions=CONFIG.regions, categories=CONFIG.categories, sources=CONFIG.sources
    )
    done = desk.refresh()
    assert (done.loaded, done.changed) == (2, ("a.md",))


def test_a_setting_that_no_item_depends_on_reads_nothing(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    desk.config = parse('[site]\ntitle = "Another"\n')[0]
    assert desk.refresh().loaded == 0


def test_another_engine_reads_everything_anew(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    desk.engine = "2"
    assert desk.refresh().loaded == 1
    assert desk.refresh().loaded == 0


def test_with_other_foundations_some_paths_alone_are_not_enough(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.write("b.md", "title: Snow")
    desk.refresh()
    desk.engine = "2"
    done = desk.refresh(["a.md"])
    assert (done.loaded, done.complete) == (2, True)


def test_another_labeller_labels_anew_what_the_older_one_labelled(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.write("b.md", "title: Snow\nregions: [africa]\ncategories: [health]")
    desk.refresh()
    desk.label = lambda: Fixed("2", "asia-pacific")
    # Until a page needs the labeller, nobody knows that it is another one.
    desk.write("c.md", "title: Hail")
    done = desk.refresh()
    assert (done.changed, done.loaded) == (("a.md", "c.md"), 2)
    assert desk.asked(lambda archive: [item.regions for item in archive.items(["a.md", "b.md", "c.md"])]) == [
        ("asia-pacific",), ("africa",), ("asia-pacific",),
    ]  # fmt: skip


# --- two pages with one id ------------------------------------------------------------------------------------------


def rows(archive: Archive) -> list[tuple[str, str]]:
    return [(row.path, row.id) for row in archive.rows()]


def told(archive: Archive) -> str:
    return "\n".join(map(str, archive.issues()))


def codes(archive: Archive) -> list[tuple[str, str]]:
    return [(i.code, i.place.file) for i in archive.issues()]


def test_of_two_pages_with_one_id_the_first_by_path_stays(desk: Desk) -> None:
    desk.write("b.md", "id: n1\ntitle: Snow")
    desk.write("c.md", "id: n1\ntitle: Hail")
    assert desk.refresh().changed == ("b.md",)
    assert desk.asked(rows) == [("b.md", "n1")]
    assert desk.asked(told) == (
        "content/c.md: error[id-duplicate]: the id `n1` is also that of content/b.md; this page is ignored\n"
        "  hint: give one of the two an id of its own, or delete it"
    )


def test_a_page_that_takes_the_place_of_another_removes_it(desk: Desk) -> None:
    desk.write("b.md", "id: n1\ntitle: Snow")
    desk.refresh()
    desk.write("a.md", "id: n1\ntitle: Rain")
    done = desk.refresh()
    assert (done.changed, done.removed) == (("a.md",), ("b.md",))


def test_a_page_comes_back_when_the_other_goes(desk: Desk) -> None:
    desk.write("a.md", "id: n1\ntitle: Rain")
    desk.write("b.md", "id: n1\ntitle: Snow")
    desk.refresh()
    (desk.site / "content/a.md").unlink()
    done = desk.refresh()
    assert (done.changed, done.removed, done.loaded) == (("b.md",), ("a.md",), 0)
    assert desk.asked(codes) == []


def test_a_page_comes_back_when_the_other_gets_an_id_of_its_own(desk: Desk) -> None:
    desk.write("a.md", "id: n1\ntitle: Rain")
    desk.write("b.md", "id: n1\ntitle: Snow")
    desk.refresh()
    desk.write("a.md", "id: n2\ntitle: Rain")
    assert desk.refresh().changed == ("a.md", "b.md")
    assert desk.asked(rows) == [("a.md", "n2"), ("b.md", "n1")]


def test_the_one_left_out_may_change_unseen(desk: Desk) -> None:
    desk.write("a.md", "id: n1\ntitle: Rain")
    desk.write("b.md", "id: n1\ntitle: Snow")
    desk.refresh()
    desk.write("b.md", "id: n1\ntitle: Hail, at last")
    done = desk.refresh()
    assert (done.loaded, done.changed, done.removed) == (1, (), ())
    assert desk.asked(titles) == ["Rain"]


# --- what is wrong --------------------------------------------------------------------------------------------------


def test_issues_of_pages_that_did_not_change_are_told_again(desk: Desk) -> None:
    desk.write("a.md", "title: Rain\nlead: many")
    desk.write("b.md", "summary: No title.")
    desk.refresh()
    assert desk.refresh().loaded == 0
    assert desk.asked(codes) == [("page-value", "content/a.md"), ("page-title-missing", "content/b.md")]


def test_a_mended_page_has_no_issue_any_more(desk: Desk) -> None:
    desk.write("a.md", "summary: No title.")
    assert desk.refresh().changed == ()
    desk.write("a.md", "title: Rain")
    assert desk.refresh().changed == ("a.md",)
    assert desk.asked(codes) == []


def test_a_page_that_breaks_loses_its_item_and_no_other(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    desk.write("b.md", "title: Snow")
    desk.refresh()
    desk.write("a.md", "title: [")
    done = desk.refresh()
    assert (done.changed, done.removed) == ((), ("a.md",))
    assert desk.asked(titles) == ["Snow"]
    assert desk.asked(codes) == [("page-yaml", "content/a.md")]


def test_a_page_that_cannot_be_read_is_tried_again_until_it_can(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.md", "title: Rain")
    with monkeypatch.context() as shut:
        shut.setattr(reading, "load_bytes", refuse)
        assert desk.asked(told) == (
            "content/a.md: error[page-unreadable]: the page cannot be read: Permission denied\n"
            "  hint: let this user read the file"
        )
    assert desk.refresh().changed == ("a.md",)
    assert desk.asked(codes) == []


def refuse(path: str) -> bytes:
    raise PermissionError(13, "Permission denied", path)


def test_a_page_that_goes_while_it_is_read_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    desk.write("a.md", "title: Changed")
    read = reading.load_bytes

    def vanish(path: str) -> bytes:
        Path(path).unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(reading, "load_bytes", vanish)
    assert desk.refresh().removed == ("a.md",)


def test_pages_in_a_folder_that_cannot_be_read_stay_as_they_were(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("shut/a.md", "title: Rain")
    desk.write("open/b.md", "title: Snow")
    desk.refresh()
    scandir = os.scandir

    def locked(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    assert desk.refresh().removed == ()
    assert desk.asked(titles) == ["Snow", "Rain"]
    assert desk.asked(codes) == [("page-unreadable", "content/shut/")]


# --- what can be asked ----------------------------------------------------------------------------------------------

WIRE = "wire: {{dump: d.txt, seen: 2026-03-10, position: 1, lines: 1-2, key: {}}}"


@pytest.fixture
def full(desk: Desk) -> Iterator[Archive]:
    desk.write("a.md", f"id: n1\ntitle: Rain\nstory: weather\n{WIRE.format('k1')}", "It rained.")
    desk.write("b.md", f"id: n2\ntitle: Rain again\nversion_of: n1\nstory: weather\n{WIRE.format('k2')}")
    desk.write("2026/03/14/c.md", f"id: n3\ntitle: Rain\n{WIRE.format('k1')}")
    desk.write("d.md", "id: n4\ntitle: By hand")
    (desk.site / "content/2026/03/14/c.md").write_text(
        f"---\nid: n3\ntitle: Rain\n{WIRE.format('k1')}\n---\n", encoding="utf-8"
    )
    archive = desk.archive()
    with closing(desk.store):
        archive.refresh()
        yield archive


def test_rows_tell_what_is_there(full: Archive) -> None:
    assert [(row.path, row.id, row.version_of, row.story) for row in full.rows()] == [
        ("2026/03/14/c.md", "n3", "", "n3"),
        ("a.md", "n1", "", "weather"),
        ("b.md", "n2", "n1", "weather"),
        ("d.md", "n4", "", "n4"),
    ]
    assert len({row.digest for row in full.rows()}) == 4


def test_items_come_in_the_order_they_are_asked_for(full: Archive) -> None:
    assert [item.id for item in full.items(["d.md", "none.md", "a.md"])] == ["n4", "n1"]


def test_items_are_what_the_pages_say(full: Archive) -> None:
    item = next(full.items(["a.md"]))
    assert (item.title, item.story, item.standfirst) == ("Rain", "weather", "It rained.")
    assert item.origin is not None
    assert item.origin.key == "k1"


def test_known_items_are_those_since_a_day_by_day(full: Archive) -> None:
    assert [item.id for item in full.items_since(date(2026, 3, 11))] == ["n3"]
    assert [item.id for item in full.items_since(date(2026, 3, 10))] == ["n1", "n2", "n4", "n3"]


def test_items_are_found_by_id_and_story(full: Archive) -> None:
    found = full.by_id("n2")
    assert found is not None
    assert found.title == "Rain again"
    assert full.by_id("n9") is None
    assert [item.id for item in full.by_story("weather")] == ["n1", "n2"]


def test_a_body_is_what_is_on_disk_now(full: Archive, desk: Desk) -> None:
    assert full.read_body("a.md") == "It rained."
    desk.write("a.md", "id: n1\ntitle: Rain", "It poured.")
    assert full.read_body("a.md") == "It poured."
    with pytest.raises(FileNotFoundError):
        full.read_body("none.md")


def test_a_refresh_that_fails_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.md", "title: Rain")
    desk.refresh()
    desk.write("a.md", "title: Changed")
    desk.write("b.md", "title: Snow")
    with monkeypatch.context() as broken:
        broken.setattr(PageLoader, "load", interrupt)
        with pytest.raises(KeyboardInterrupt):
            desk.refresh()
    assert desk.refresh().changed == ("a.md", "b.md")


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_every_command_reads_with_the_same_engine_unless_told(desk: Desk) -> None:
    desk.write("a.md", "title: Rain")
    for loaded in (1, 0):
        with closing(open_store(desk.site, SCHEMA)) as store:
            archive = Archive(desk.site, store, CONFIG, Fixed, identify)
            assert archive.refresh().loaded == loaded
    desk.engine = engine_digest()
    assert desk.refresh().loaded == 0


def test_a_moment_keeps_the_zone_it_was_written_in(desk: Desk) -> None:
    desk.write("a.md", "title: Rain\nembargo: 2026-03-11T06:10:00+01:00\nupdated: 2026-03-12T06:10:30-03:30")
    item = desk.asked(lambda archive: next(archive.items(["a.md"])))
    assert isinstance(item, Item)
    assert str(item.embargo) == "2026-03-11 06:10:00+01:00"
    assert str(item.updated_at) == "2026-03-12 06:10:30-03:30"


def test_that_times_have_no_zone_is_said_once(desk: Desk) -> None:
    for day in (10, 11, 12):
        desk.write(f"{day}.md", f"title: Rain\npublish_at: 2026-03-{day}T12:00\nembargo: 2026-03-{day}T13:00")
    said = [i for i in desk.asked(lambda archive: archive.issues()) if i.code == "page-zone-missing"]  # type: ignore[attr-defined] # what is asked for
    assert len(said) == 1
    assert "(and 5 more such times)" in said[0].message
    assert said[0].place.file == "content/10.md"


def test_many_new_pages_are_read_elsewhere_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MIN_PARALLEL", 4)
    monkeypatch.setattr(reading, "_SHARD_SIZE", 3)
    asked: list[list[str]] = []

    def spread(
        work: Callable[[Paths], list[FileRecord | None]], shards: Iterable[Paths]
    ) -> Iterator[list[FileRecord | None]]:
        for shard in shards:
            asked.append(list(shard))
            yield work(shard)

    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    for desk in (one, two):
        desk.site.mkdir()
        for name in "abcdefg":
            desk.write(f"{name}.md", f"title: Page {name}\nid: {name}", f"Words of {name}.\n")
        desk.write("bad.md", "title: [")
    found = two.refresh(spread=spread)
    assert found == one.refresh()
    assert asked == [["a.md", "b.md", "bad.md"], ["c.md", "d.md", "e.md"], ["f.md", "g.md"]]
    for question in (Archive.rows, Archive.issues, titles):
        assert two.asked(question) == one.asked(question)
    assert two.refresh(spread=spread).loaded == 0
    two.write("c.md", "title: Another title\nid: c")
    assert two.refresh(spread=spread).changed == ("c.md",)
    assert len(asked) == 3, "what is known, and what is little, is read here"


def test_what_was_labelled_elsewhere_is_labelled_anew_by_another_labeller(desk: Desk) -> None:
    def spread(
        work: Callable[[Paths], list[FileRecord | None]], shards: Iterable[Paths]
    ) -> Iterator[list[FileRecord | None]]:
        yield from map(work, shards)

    for n in range(1000):
        desk.write(f"{n}.md", f"title: Page {n}\nid: a{n}")
    assert desk.refresh(spread=spread).loaded == 1000
    desk.label = lambda: Fixed("2", "africa")
    desk.write("new.md", "title: New\nid: new")
    assert desk.refresh().loaded == 1001


def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    for size in (0, 1, 1 << 16, (1 << 17) + 5):
        file = tmp_path / str(size)
        file.write_bytes(b"x" * size)
        assert reading.load_bytes(str(file)) == b"x" * size
