"""Steps of a commit, and the stage that they work from."""

import errno
import os
from pathlib import Path

import pytest

from digest.builder.commit.journal import DELETE, MOVE, PUT, operations, run_operations
from digest.builder.commit.manifest import MANIFEST, foreign_files, read_manifest
from digest.builder.commit.stage import Stage, is_empty_output
from digest.builder.state.schema import Operation
from tests.newsroom import Newsroom, files_in


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path / "stage", tmp_path / "output")
    stage.clear()
    return stage


def test_the_manifest_comes_last_and_deletes_after_what_is_put() -> None:
    steps = operations(["a.css", "p/index.html"], ["old.html"], manifest=True)
    assert steps == [
        Operation(PUT, "a.css"),
        Operation(PUT, "p/index.html"),
        Operation(DELETE, "old.html"),
        Operation(PUT, MANIFEST),
    ]
    assert operations([], [], manifest=False) == []


def test_a_staged_file_is_put_in_place_with_its_time(stage: Stage) -> None:
    fresh, time = stage.put("deep/er/index.html", b"words")
    assert fresh
    run_operations([Operation(PUT, "deep/er/index.html")], stage)
    placed = Path(stage.output) / "deep/er/index.html"
    assert placed.read_bytes() == b"words"
    assert placed.stat().st_mtime_ns == time


def test_the_same_bytes_are_not_staged_again(stage: Stage) -> None:
    stage.put("a.html", b"words")
    run_operations([Operation(PUT, "a.html")], stage)
    time = (Path(stage.output) / "a.html").stat().st_mtime_ns
    assert stage.put("a.html", b"words") == (False, time)
    assert stage.put("a.html", b"other")[0]
    assert stage.put("a.html", b"word")[0]


def test_every_step_can_be_repeated(stage: Stage) -> None:
    stage.put("a.html", b"a")
    stage.put("b/c.html", b"c")
    steps = operations(["a.html", "b/c.html"], ["old/x.html"], manifest=False)
    old = Path(stage.output) / "old/x.html"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    for _ in range(3):
        run_operations(steps, stage)
        assert files_in(Path(stage.output)) == {"a.html": b"a", "b/c.html": b"c"}
    assert not old.parent.exists()


def test_a_folder_with_something_left_in_it_stays(stage: Stage) -> None:
    folder = Path(stage.output) / "old"
    folder.mkdir(parents=True)
    (folder / "ours.html").write_bytes(b"")
    (folder / "theirs.txt").write_bytes(b"")
    run_operations([Operation(DELETE, "old/ours.html")], stage)
    assert [p.name for p in folder.iterdir()] == ["theirs.txt"]


def test_another_file_system_gets_a_copy_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.replace

    def replace(source: str, target: str) -> None:
        if source.startswith(stage.folder):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        whole(source, target)

    monkeypatch.setattr(os, "replace", replace)
    stage.put("a.html", b"words")
    run_operations([Operation(PUT, "a.html")], stage)
    assert files_in(Path(stage.output)) == {"a.html": b"words"}
    assert files_in(Path(stage.folder)) == {}


def test_the_manifest_names_every_file_once_in_order(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.item("x", body="Body.")
    room.build()
    manifest = read_manifest(room.output)
    assert manifest is not None
    paths = [file.path for file in manifest.files]
    assert paths == sorted(paths)
    assert set(paths) == room.files().keys() - {MANIFEST}
    assert all((room.output / f.path).stat().st_size == f.size for f in manifest.files)
    types = {f.path: f.type for f in manifest.files}
    assert types["index.html"].startswith("text/html")
    assert types["feed.json"] == "application/feed+json"


def test_a_manifest_that_is_none_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    (tmp_path / MANIFEST).write_text("{broken")
    assert read_manifest(tmp_path) is None


def test_foreign_files_are_all_that_nobody_owns(tmp_path: Path) -> None:
    for name in ("a.html", "b/c.html", ".gitignore", MANIFEST):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert foreign_files(tmp_path, {"a.html"}) == ("b/c.html",)


def test_a_file_where_a_folder_belongs_is_an_error(stage: Stage) -> None:
    stage.put("a/b.html", b"words")
    Path(stage.output).mkdir()
    (Path(stage.output) / "a").write_text("in the way")
    with pytest.raises(OSError, match="a"):
        run_operations([Operation(PUT, "a/b.html")], stage)
    assert (Path(stage.output) / "a").read_text() == "in the way"


def _whole(stage: Stage) -> list[Operation]:
    """A stage that is the output to be, and the steps to it."""
    stage.clear(whole=True)
    for file in ("assets/a.css", "p/q/index.html", "p/index.html", "index.html", MANIFEST):
        assert stage.put(file, file.encode())[0]
    return operations(["assets/a.css", "p/q/index.html", "p/index.html", "index.html"], [], manifest=True, whole=True)


def test_a_whole_stage_is_moved_folder_by_folder(stage: Stage) -> None:
    steps = _whole(stage)
    assert steps == [Operation(MOVE, name) for name in ("assets", "p", "index.html", MANIFEST)]
    for _ in range(2):
        run_operations(steps, stage)
        assert {file: data.decode() for file, data in files_in(Path(stage.output)).items()} == {
            file: file for file in ("assets/a.css", "p/q/index.html", "p/index.html", "index.html", MANIFEST)
        }
    assert list(Path(stage.folder).iterdir()) == []


def test_what_came_in_the_way_meanwhile_is_left_and_the_rest_put_file_by_file(stage: Stage) -> None:
    steps = _whole(stage)
    foreign = Path(stage.output) / "p/q/theirs.txt"
    foreign.parent.mkdir(parents=True)
    foreign.write_bytes(b"theirs")
    run_operations(steps, stage)
    found = files_in(Path(stage.output))
    assert found["p/q/theirs.txt"] == b"theirs"
    assert found["p/q/index.html"] == b"p/q/index.html"
    assert len(found) == 6


@pytest.mark.parametrize(
    ("names", "bare"), [([], True), ([".gitignore", ".git"], True), (["a.html"], False), ([".gitignore", "a"], False)]
)
def test_an_output_is_bare_when_only_version_control_has_something_in_it(
    tmp_path: Path, names: list[str], bare: bool
) -> None:
    for name in names:
        (tmp_path / name).touch()
    assert is_empty_output(tmp_path) is bare
    assert is_empty_output(tmp_path / "not there")


def test_an_empty_stage_leaves_nothing_of_an_older_one(stage: Stage) -> None:
    _whole(stage)
    stage.clear()
    assert list(Path(stage.folder).iterdir()) == []
    assert not stage.is_whole
