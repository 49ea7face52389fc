"""The last build on one page: when it stands, and all that makes it fall."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from digest.builder import pipeline
from digest.builder.commit.manifest import MANIFEST
from digest.builder.uptodate import fingerprint
from digest.config import CONFIG_FILE
from digest.content.store import scan
from digest.theme.locate import shipped_folder
from tests.newsroom import CONFIG, NOW, Newsroom


class Loud(Newsroom):
    """A site that says whether a build went the long way."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self.long = 0
        run = pipeline.run

        def counted(*arguments: object) -> object:
            self.long += 1
            return run(*arguments)  # type: ignore[arg-type] # as they came

        patch.setattr(pipeline, "run", counted)

    def goes_the_long_way(self, now: object = NOW, **more: object) -> bool:
        before = self.long
        self.build(now, **more)  # type: ignore[arg-type] # a moment
        return self.long > before


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loud:
    """A built site, whose files count as settled."""
    monkeypatch.setattr(scan, "CLOCK_GRAIN_NS", -10_000_000_000)
    room = Loud(tmp_path, monkeypatch)
    room.item("x", body="Body.", source="UNKNOWN", embargo=(NOW + timedelta(hours=5)).isoformat())
    room.item("y", body="Other.")
    for name in ("templates/gone.html", "static/icon.svg", "strings/en.toml"):
        file = room.folder / name
        file.parent.mkdir()
        file.write_text("")
    room.build()
    return room


def test_the_report_is_that_of_a_build_with_nothing_to_do(room: Loud, monkeypatch: pytest.MonkeyPatch) -> None:
    short = room.build()
    assert room.long == 1
    monkeypatch.setattr(fingerprint, "unchanged_report", lambda *_: None)
    long = room.build()
    assert room.long == 2
    assert {n: getattr(short, n) for n in short.__struct_fields__ if n != "seconds"} == {
        n: getattr(long, n) for n in long.__struct_fields__ if n != "seconds"
    }
    assert "source-unknown" in {i.code for i in short.issues}, "what is wrong is said again"


INPUTS: dict[str, Callable[[Loud], object]] = {
    "a page": lambda room: room.item("y", body="Otter."),
    "a page of the same size and time": lambda room: same_size_and_time(room.content / "2026/03/12/y.md"),
    "a new page": lambda room: room.item("z"),
    "a page that goes": lambda room: (room.content / "2026/03/12/y.md").unlink(),
    "a page with another name": lambda room: (room.content / "2026/03/12/y.md").rename(room.content / "y.md"),
    "another file of the content": lambda room: (room.content / "2026/03/12/y.jpg").write_bytes(b""),
    "the configuration": lambda room: (room.folder / CONFIG_FILE).write_text(
        CONFIG + '[regions.africa]\nname = "Afrique"\n'
    ),
    "a template": lambda room: (room.folder / "templates/gone.html").write_text("Gone"),
    "a new template": lambda room: (room.folder / "templates/404.html").write_text("Lost"),
    "a file of the site's own": lambda room: (room.folder / "static/logo.svg").write_text("<svg/>"),
    "one that goes": lambda room: (room.folder / "static/icon.svg").unlink(),
    "words": lambda room: (room.folder / "strings/de.toml").write_text(""),
    "a file of the output that went": lambda room: (room.output / "index.html").unlink(),
    "one that was written to": lambda room: (room.output / "index.html").write_text("Mine"),
    "the manifest": lambda room: (room.output / MANIFEST).unlink(),
    "the memo": lambda room: (room.folder / ".digest/memo-public").write_bytes(b"\xff"),
}


@pytest.mark.parametrize("name", INPUTS)
def test_a_change_of_anything_is_looked_into(room: Loud, name: str) -> None:
    INPUTS[name](room)
    assert room.goes_the_long_way()
    assert not room.goes_the_long_way()


def same_size_and_time(file: Path) -> None:
    before = file.stat()
    file.write_text(file.read_text().replace("Other", "Otter"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_it_holds_until_something_changes_by_itself(room: Loud) -> None:
    assert not room.goes_the_long_way(NOW + timedelta(hours=4))
    assert room.goes_the_long_way(NOW + timedelta(hours=5))
    assert "headline-x" in room.text("/")
    assert room.goes_the_long_way(NOW + timedelta(hours=4)), "time went back"
    assert "headline-x" not in room.text("/")


def test_other_code_builds_anew(room: Loud, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "engine_digest", lambda: "other")
        assert room.goes_the_long_way()
    assert room.goes_the_long_way()
    monkeypatch.setattr(fingerprint, "installed_libraries", lambda: ["pillow-12.0.dist-info"])
    assert room.goes_the_long_way(), "what a library does for pictures or labels"


def test_whoever_asks_for_everything_gets_it(room: Loud) -> None:
    (room.output / "CNAME").write_text("post.example")
    assert room.build(full=True).foreign == ("CNAME",)
    assert room.goes_the_long_way(), "a note of a foreign file is not said again"
    assert not room.goes_the_long_way()


def test_another_output_is_another_build(room: Loud, tmp_path: Path) -> None:
    assert room.goes_the_long_way(output=tmp_path / "elsewhere")


def test_a_file_that_may_change_without_a_trace_leaves_no_memo(room: Loud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "CLOCK_GRAIN_NS", 2_000_000_000)
    room.item("y", body="Otter.")
    room.build()
    assert room.goes_the_long_way()


def test_a_death_leaves_no_memo(room: Loud, monkeypatch: pytest.MonkeyPatch) -> None:
    class DeathError(BaseException):
        pass

    def die(*_: object) -> None:
        raise DeathError

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "load_context", die)
        with pytest.raises(DeathError):
            room.build(NOW + timedelta(hours=5))
    assert room.goes_the_long_way()


class _Opened:
    """Python's own audit events (PEP 578); a hook stays for ever, so it sleeps but for one test."""

    def __init__(self) -> None:
        self.files: set[Path] | None = None
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.files is not None and event == "open" and isinstance(arguments[0], str):
            self.files.add(Path(arguments[0]).resolve())


_OPENED = _Opened()


@contextmanager
def opened() -> Iterator[set[Path]]:
    """The files that Python opens meanwhile."""
    _OPENED.files = files = set[Path]()
    try:
        yield files
    finally:
        _OPENED.files = None


def test_all_that_a_build_reads_is_watched(room: Loud, tmp_path: Path) -> None:
    """Whoever lets a build read more has to let the memo see it."""
    mine = room.folder / "themes/mine"
    (mine / "templates").mkdir(parents=True)
    (mine / "theme.toml").write_text('name = "mine"\nparent = "broadsheet"\n')
    (mine / "templates/404.html").write_text("Lost")
    (room.folder / CONFIG_FILE).write_text(f'{CONFIG}\n[theme]\nname = "mine"\n')
    with opened() as files:
        room.clean(tmp_path / "elsewhere")
    watched = [room.content, *(room.folder / name for name in fingerprint.WATCHED), shipped_folder()]
    site = {f for f in files if f.is_relative_to(room.folder.resolve()) or f.is_relative_to(shipped_folder())}
    assert {room.folder.resolve() / CONFIG_FILE, (mine / "templates/404.html").resolve()} < site
    assert {
        f for f in site if f.name != CONFIG_FILE and not any(f.is_relative_to(w.resolve()) for w in watched)
    } == set()
