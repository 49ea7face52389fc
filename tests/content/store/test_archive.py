"""Archive: files read by a refresh, reported changes, and queries."""

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
    """Labeller with fixed labels."""

    name = "fixed"

    def __init__(self, version: str = "1", region: str = "europe") -> None:
        self.version, self._region = version, region

    def label(self, headline: str, summary: str = "", body: str = "") -> Labels:
        del headline, summary, body
        return Labels(region=self._region, category="sport")


def identify(title: str, day: date) -> str:
    return f"n{title.lower()}-{day:%d}"


class SitePages:
    """A site folder with methods to change pages and to open archives."""

    def __init__(self, site: Path) -> None:
        self.site, self.config, self.engine = site, CONFIG, "1"
        self.label: Callable[[], Labeller] = Fixed
        self._opened: list[Archive] = []

    def write(self, path: str, front: str, body: str = "") -> None:
        """Write a page, with a default date."""
        file = self.site / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ndate: 2026-03-10\n{front}\n---\n{body}", encoding="utf-8")

    def archive(self) -> Archive:
        """Open the archive like a new run."""
        self.store = open_store(self.site, SCHEMA)
        return Archive(self.site, self.store, self.config, self.label, identify, self.engine)

    def refresh(self, paths: list[str] | None = None, spread: MapShards | None = None) -> RefreshResult:
        """Open the archive, refresh it, and return the result."""
        archive = self.archive()
        with closing(self.store):
            return archive.refresh(paths, spread)

    def asked(self, question: Callable[[Archive], object]) -> object:
        """Open and refresh the archive, and return the result of a query."""
        archive = self.archive()
        with closing(self.store):
            archive.refresh()
            return question(archive)


@pytest.fixture
def site_pages(tmp_path: Path) -> SitePages:
    return SitePages(tmp_path)


def titles(archive: Archive) -> list[str]:
    return [item.title for item in archive.items(row.path for row in archive.rows())]


# --- what is read ---------------------------------------------------------------------------------------------------


def test_a_first_refresh_reads_everything_and_a_second_nothing(site_pages: SitePages) -> None:
    site_pages.write("b.md", "title: Snow")
    site_pages.write("2026/03/10/a.md", "title: Rain")
    first = site_pages.refresh()
    assert (first.changed, first.removed) == (("2026/03/10/a.md", "b.md"), ())
    assert (first.scanned, first.loaded) == (2, 2)
    second = site_pages.refresh()
    assert (second.changed, second.removed, second.scanned, second.loaded) == ((), (), 2, 0)


def test_one_edit_reads_one_file(site_pages: SitePages) -> None:
    for n in range(5):
        site_pages.write(f"{n}.md", f"title: T{n}")
    site_pages.refresh()
    site_pages.write("3.md", "title: Changed")
    done = site_pages.refresh()
    assert (done.changed, done.loaded) == (("3.md",), 1)
    assert site_pages.asked(titles) == ["T0", "T1", "T2", "Changed", "T4"]


def test_a_deleted_page_is_reported_and_removed(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.write("b.md", "title: Snow")
    site_pages.refresh()
    (site_pages.site / "content/a.md").unlink()
    assert site_pages.refresh().removed == ("a.md",)
    assert site_pages.asked(titles) == ["Snow"]


def test_a_moved_page_is_removed_and_added(site_pages: SitePages) -> None:
    site_pages.write("a.md", "id: n1\ntitle: Rain")
    site_pages.refresh()
    (site_pages.site / "content/a.md").rename(site_pages.site / "content/b.md")
    done = site_pages.refresh()
    assert (done.changed, done.removed) == (("b.md",), ("a.md",))


def test_a_file_with_new_mtime_but_equal_bytes_is_not_loaded(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    os.utime(site_pages.site / "content/a.md", ns=(1, 1))
    assert site_pages.refresh().loaded == 0


def test_a_change_without_effect_on_the_item_is_loaded_but_not_reported(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    site_pages.write("a.md", "# for the site_pages\ntitle: Rain")
    done = site_pages.refresh()
    assert (done.loaded, done.changed) == (1, ())


def test_a_change_of_the_body_alone_is_a_change(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain\nsummary: Wet.", "One.\n\nTwo.")
    site_pages.refresh()
    site_pages.write("a.md", "title: Rain\nsummary: Wet.", "One.\n\nToo.")
    assert site_pages.refresh().changed == ("a.md",)


def test_an_edit_within_the_clock_resolution_is_detected(
    site_pages: SitePages, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A clock so coarse that nothing that the file system says tells the two texts apart.
    now = time.time_ns() // 1_000_000_000 * 1_000_000_000
    monkeypatch.setattr(scanning, "stat_of", lambda path, status: (path, status.st_size, now, now, status.st_ino))
    site_pages.write("a.md", "title: Rain")
    assert site_pages.refresh().changed == ("a.md",)
    site_pages.write("a.md", "title: Snow")
    assert site_pages.refresh().changed == ("a.md",)
    assert site_pages.asked(titles) == ["Snow"]


def test_an_edit_that_keeps_size_and_mtime_is_detected(site_pages: SitePages) -> None:
    file = site_pages.site / "content/a.md"
    site_pages.write("a.md", "title: Rain")
    os.utime(file, ns=(1, 1))
    site_pages.refresh()
    site_pages.write("a.md", "title: Snow")
    os.utime(file, ns=(1, 1))
    assert site_pages.refresh().changed == ("a.md",)


def test_a_file_is_racy_only_until_the_next_refresh(site_pages: SitePages, monkeypatch: pytest.MonkeyPatch) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    later = time.time_ns() + 60_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    site_pages.refresh()
    monkeypatch.setattr(reading, "load_bytes", refuse)
    site_pages.refresh()
    assert site_pages.asked(codes) == []


def test_a_refresh_of_some_paths(site_pages: SitePages) -> None:
    for name in ("a", "b", "c"):
        site_pages.write(f"{name}.md", f"title: {name}")
    site_pages.refresh()
    site_pages.write("a.md", "title: Changed")
    site_pages.write("b.md", "title: Changed, too")
    (site_pages.site / "content/c.md").unlink()
    done = site_pages.refresh(["a.md", "c.md", "never.md"])
    assert (done.changed, done.removed, done.scanned, done.complete) == (("a.md",), ("c.md",), 1, False)
    assert site_pages.refresh().changed == ("b.md",)


# --- what everything depends on -------------------------------------------------------------------------------------


def test_another_configuration_rereads_everything(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain\nembargo: 2026-03-11")
    site_pages.write("b.md", "title: Snow")
    site_pages.refresh()
    site_pages.config = Config(
        site=Site(time_zone="Asia/Tokyo"), regions=CONFIG.regions, categories=CONFIG.categories, sources=CONFIG.sources
    )
    done = site_pages.refresh()
    assert (done.loaded, done.changed) == (2, ("a.md",))


def test_a_setting_that_no_item_depends_on_reads_nothing(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    site_pages.config = parse('[site]\ntitle = "Another"\n')[0]
    assert site_pages.refresh().loaded == 0


def test_another_engine_rereads_everything(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    site_pages.engine = "2"
    assert site_pages.refresh().loaded == 1
    assert site_pages.refresh().loaded == 0


def test_a_new_context_rereads_everything_even_with_paths(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.write("b.md", "title: Snow")
    site_pages.refresh()
    site_pages.engine = "2"
    done = site_pages.refresh(["a.md"])
    assert (done.loaded, done.complete) == (2, True)


def test_another_labeller_relabels_the_pages_of_the_older_one(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.write("b.md", "title: Snow\nregions: [africa]\ncategories: [health]")
    site_pages.refresh()
    site_pages.label = lambda: Fixed("2", "asia-pacific")
    # Until a page needs the labeller, nobody knows that it is another one.
    site_pages.write("c.md", "title: Hail")
    done = site_pages.refresh()
    assert (done.changed, done.loaded) == (("a.md", "c.md"), 2)
    assert site_pages.asked(lambda archive: [item.regions for item in archive.items(["a.md", "b.md", "c.md"])]) == [
        ("asia-pacific",), ("africa",), ("asia-pacific",),
    ]  # fmt: skip


# --- two pages with one id ------------------------------------------------------------------------------------------


def rows(archive: Archive) -> list[tuple[str, str]]:
    return [(row.path, row.id) for row in archive.rows()]


def told(archive: Archive) -> str:
    return "\n".join(map(str, archive.issues()))


def codes(archive: Archive) -> list[tuple[str, str]]:
    return [(i.code, i.place.file) for i in archive.issues()]


def test_of_two_pages_with_one_id_the_first_by_path_stays(site_pages: SitePages) -> None:
    site_pages.write("b.md", "id: n1\ntitle: Snow")
    site_pages.write("c.md", "id: n1\ntitle: Hail")
    assert site_pages.refresh().changed == ("b.md",)
    assert site_pages.asked(rows) == [("b.md", "n1")]
    assert site_pages.asked(told) == (
        "content/c.md: error[id-duplicate]: the id `n1` is also that of content/b.md; this page is ignored\n"
        "  hint: give one of the two an id of its own, or delete it"
    )


def test_a_new_first_page_of_an_id_hides_the_other(site_pages: SitePages) -> None:
    site_pages.write("b.md", "id: n1\ntitle: Snow")
    site_pages.refresh()
    site_pages.write("a.md", "id: n1\ntitle: Rain")
    done = site_pages.refresh()
    assert (done.changed, done.removed) == (("a.md",), ("b.md",))


def test_a_hidden_page_returns_when_the_other_is_deleted(site_pages: SitePages) -> None:
    site_pages.write("a.md", "id: n1\ntitle: Rain")
    site_pages.write("b.md", "id: n1\ntitle: Snow")
    site_pages.refresh()
    (site_pages.site / "content/a.md").unlink()
    done = site_pages.refresh()
    assert (done.changed, done.removed, done.loaded) == (("b.md",), ("a.md",), 0)
    assert site_pages.asked(codes) == []


def test_a_hidden_page_returns_when_the_other_gets_a_new_id(site_pages: SitePages) -> None:
    site_pages.write("a.md", "id: n1\ntitle: Rain")
    site_pages.write("b.md", "id: n1\ntitle: Snow")
    site_pages.refresh()
    site_pages.write("a.md", "id: n2\ntitle: Rain")
    assert site_pages.refresh().changed == ("a.md", "b.md")
    assert site_pages.asked(rows) == [("a.md", "n2"), ("b.md", "n1")]


def test_changes_of_a_hidden_page_are_not_reported(site_pages: SitePages) -> None:
    site_pages.write("a.md", "id: n1\ntitle: Rain")
    site_pages.write("b.md", "id: n1\ntitle: Snow")
    site_pages.refresh()
    site_pages.write("b.md", "id: n1\ntitle: Hail, at last")
    done = site_pages.refresh()
    assert (done.loaded, done.changed, done.removed) == (1, (), ())
    assert site_pages.asked(titles) == ["Rain"]


# --- what is wrong --------------------------------------------------------------------------------------------------


def test_issues_of_unchanged_pages_are_kept(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain\nlead: many")
    site_pages.write("b.md", "summary: No title.")
    site_pages.refresh()
    assert site_pages.refresh().loaded == 0
    assert site_pages.asked(codes) == [("page-value", "content/a.md"), ("page-title-missing", "content/b.md")]


def test_a_fixed_page_has_no_issue(site_pages: SitePages) -> None:
    site_pages.write("a.md", "summary: No title.")
    assert site_pages.refresh().changed == ()
    site_pages.write("a.md", "title: Rain")
    assert site_pages.refresh().changed == ("a.md",)
    assert site_pages.asked(codes) == []


def test_a_broken_page_loses_only_its_own_item(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.write("b.md", "title: Snow")
    site_pages.refresh()
    site_pages.write("a.md", "title: [")
    done = site_pages.refresh()
    assert (done.changed, done.removed) == ((), ("a.md",))
    assert site_pages.asked(titles) == ["Snow"]
    assert site_pages.asked(codes) == [("page-yaml", "content/a.md")]


def test_an_unreadable_page_is_retried(site_pages: SitePages, monkeypatch: pytest.MonkeyPatch) -> None:
    site_pages.write("a.md", "title: Rain")
    with monkeypatch.context() as shut:
        shut.setattr(reading, "load_bytes", refuse)
        assert site_pages.asked(told) == (
            "content/a.md: error[page-unreadable]: the page cannot be read: Permission denied\n"
            "  hint: let this user read the file"
        )
    assert site_pages.refresh().changed == ("a.md",)
    assert site_pages.asked(codes) == []


def refuse(path: str) -> bytes:
    raise PermissionError(13, "Permission denied", path)


def test_a_page_deleted_during_the_refresh_is_removed(site_pages: SitePages, monkeypatch: pytest.MonkeyPatch) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    site_pages.write("a.md", "title: Changed")
    read = reading.load_bytes

    def vanish(path: str) -> bytes:
        Path(path).unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(reading, "load_bytes", vanish)
    assert site_pages.refresh().removed == ("a.md",)


def test_pages_of_an_unreadable_folder_stay(site_pages: SitePages, monkeypatch: pytest.MonkeyPatch) -> None:
    site_pages.write("shut/a.md", "title: Rain")
    site_pages.write("open/b.md", "title: Snow")
    site_pages.refresh()
    scandir = os.scandir

    def locked(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    assert site_pages.refresh().removed == ()
    assert site_pages.asked(titles) == ["Snow", "Rain"]
    assert site_pages.asked(codes) == [("page-unreadable", "content/shut/")]


# --- what can be asked ----------------------------------------------------------------------------------------------

WIRE = "wire: {{dump: d.txt, seen: 2026-03-10, position: 1, lines: 1-2, key: {}}}"


@pytest.fixture
def full(site_pages: SitePages) -> Iterator[Archive]:
    site_pages.write("a.md", f"id: n1\ntitle: Rain\nstory: weather\n{WIRE.format('k1')}", "It rained.")
    site_pages.write("b.md", f"id: n2\ntitle: Rain again\nversion_of: n1\nstory: weather\n{WIRE.format('k2')}")
    site_pages.write("2026/03/14/c.md", f"id: n3\ntitle: Rain\n{WIRE.format('k1')}")
    site_pages.write("d.md", "id: n4\ntitle: By hand")
    (site_pages.site / "content/2026/03/14/c.md").write_text(
        f"---\nid: n3\ntitle: Rain\n{WIRE.format('k1')}\n---\n", encoding="utf-8"
    )
    archive = site_pages.archive()
    with closing(site_pages.store):
        archive.refresh()
        yield archive


def test_rows(full: Archive) -> None:
    assert [(row.path, row.id, row.version_of, row.story) for row in full.rows()] == [
        ("2026/03/14/c.md", "n3", "", "n3"),
        ("a.md", "n1", "", "weather"),
        ("b.md", "n2", "n1", "weather"),
        ("d.md", "n4", "", "n4"),
    ]
    assert len({row.digest for row in full.rows()}) == 4


def test_items_come_in_the_order_of_the_paths(full: Archive) -> None:
    assert [item.id for item in full.items(["d.md", "none.md", "a.md"])] == ["n4", "n1"]


def test_items_have_the_fields_of_the_pages(full: Archive) -> None:
    item = next(full.items(["a.md"]))
    assert (item.title, item.story, item.standfirst) == ("Rain", "weather", "It rained.")
    assert item.origin is not None
    assert item.origin.key == "k1"


def test_items_since_a_day_in_order(full: Archive) -> None:
    assert [item.id for item in full.items_since(date(2026, 3, 11))] == ["n3"]
    assert [item.id for item in full.items_since(date(2026, 3, 10))] == ["n1", "n2", "n4", "n3"]


def test_items_are_found_by_id_and_story(full: Archive) -> None:
    found = full.by_id("n2")
    assert found is not None
    assert found.title == "Rain again"
    assert full.by_id("n9") is None
    assert [item.id for item in full.by_story("weather")] == ["n1", "n2"]


def test_a_body_is_read_from_the_disk(full: Archive, site_pages: SitePages) -> None:
    assert full.read_body("a.md") == "It rained."
    site_pages.write("a.md", "id: n1\ntitle: Rain", "It poured.")
    assert full.read_body("a.md") == "It poured."
    with pytest.raises(FileNotFoundError):
        full.read_body("none.md")


def test_a_refresh_that_fails_changes_nothing(site_pages: SitePages, monkeypatch: pytest.MonkeyPatch) -> None:
    site_pages.write("a.md", "title: Rain")
    site_pages.refresh()
    site_pages.write("a.md", "title: Changed")
    site_pages.write("b.md", "title: Snow")
    with monkeypatch.context() as broken:
        broken.setattr(PageLoader, "load", interrupt)
        with pytest.raises(KeyboardInterrupt):
            site_pages.refresh()
    assert site_pages.refresh().changed == ("a.md", "b.md")


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_default_engine_is_the_installed_code(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain")
    for loaded in (1, 0):
        with closing(open_store(site_pages.site, SCHEMA)) as store:
            archive = Archive(site_pages.site, store, CONFIG, Fixed, identify)
            assert archive.refresh().loaded == loaded
    site_pages.engine = engine_digest()
    assert site_pages.refresh().loaded == 0


def test_a_moment_keeps_its_zone(site_pages: SitePages) -> None:
    site_pages.write("a.md", "title: Rain\nembargo: 2026-03-11T06:10:00+01:00\nupdated: 2026-03-12T06:10:30-03:30")
    item = site_pages.asked(lambda archive: next(archive.items(["a.md"])))
    assert isinstance(item, Item)
    assert str(item.embargo) == "2026-03-11 06:10:00+01:00"
    assert str(item.updated_at) == "2026-03-12 06:10:30-03:30"


def test_times_without_a_zone_give_one_issue(site_pages: SitePages) -> None:
    for day in (10, 11, 12):
        site_pages.write(f"{day}.md", f"title: Rain\npublish_at: 2026-03-{day}T12:00\nembargo: 2026-03-{day}T13:00")
    said = [i for i in site_pages.asked(lambda archive: archive.issues()) if i.code == "page-zone-missing"]  # type: ignore[attr-defined] # what is asked for
    assert len(said) == 1
    assert "(and 5 more such times)" in said[0].message
    assert said[0].place.file == "content/10.md"


def test_many_new_pages_are_read_by_map_shards_with_the_same_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_MIN_PARALLEL", 4)
    monkeypatch.setattr(reading, "_SHARD_SIZE", 3)
    asked: list[list[str]] = []

    def spread(
        work: Callable[[Paths], list[FileRecord | None]], shards: Iterable[Paths]
    ) -> Iterator[list[FileRecord | None]]:
        for shard in shards:
            asked.append(list(shard))
            yield work(shard)

    one, two = SitePages(tmp_path / "one"), SitePages(tmp_path / "two")
    for site_pages in (one, two):
        site_pages.site.mkdir()
        for name in "abcdefg":
            site_pages.write(f"{name}.md", f"title: Page {name}\nid: {name}", f"Words of {name}.\n")
        site_pages.write("bad.md", "title: [")
    found = two.refresh(spread=spread)
    assert found == one.refresh()
    assert asked == [["a.md", "b.md", "bad.md"], ["c.md", "d.md", "e.md"], ["f.md", "g.md"]]
    for question in (Archive.rows, Archive.issues, titles):
        assert two.asked(question) == one.asked(question)
    assert two.refresh(spread=spread).loaded == 0
    two.write("c.md", "title: Another title\nid: c")
    assert two.refresh(spread=spread).changed == ("c.md",)
    assert len(asked) == 3, "what is known, and what is little, is read here"


def test_pages_labelled_in_workers_are_relabelled_by_another_labeller(site_pages: SitePages) -> None:
    def spread(
        work: Callable[[Paths], list[FileRecord | None]], shards: Iterable[Paths]
    ) -> Iterator[list[FileRecord | None]]:
        yield from map(work, shards)

    for n in range(1000):
        site_pages.write(f"{n}.md", f"title: Page {n}\nid: a{n}")
    assert site_pages.refresh(spread=spread).loaded == 1000
    site_pages.label = lambda: Fixed("2", "africa")
    site_pages.write("new.md", "title: New\nid: new")
    assert site_pages.refresh().loaded == 1001


def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    for size in (0, 1, 1 << 16, (1 << 17) + 5):
        file = tmp_path / str(size)
        file.write_bytes(b"x" * size)
        assert reading.load_bytes(str(file)) == b"x" * size
