"""Shipping into a real folder: first, again, interrupted, back, and beside files of others."""

from pathlib import Path

import pytest

from digest import config
from digest.deploy import Target, rollback, ship, target_of
from digest.deploy.manifest import NAME
from digest.model import OutputFile
from tests.deploy.outputs import build, served

ONE = {"index.html": "front 1", "a.css": "style", "2026/02/05/x/index.html": "x", "feed.xml": "feed 1"}
TWO = {"index.html": "front 2", "a.css": "style", "2026/02/05/y/index.html": "y", "feed.xml": "feed 2"}
THREE = {"index.html": "front 3", "a.css": "style 3", "feed.xml": "feed 2"}


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """A folder that is not there yet."""
    return target_of(config.Target(path="live"), tmp_path)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """The folder behind `target`."""
    return tmp_path / "live"


def _ship(tmp_path: Path, target: Target, files: dict[str, str]) -> None:
    output = tmp_path / f"output-{len(list(tmp_path.iterdir()))}"
    shipped = ship(build(output, files), target)
    assert shipped.ok, shipped.issues
    assert not shipped.issues


def _codes(shipped: object) -> list[str]:
    return [i.code for i in shipped.issues]  # type: ignore[attr-defined]


def test_the_first_shipment_copies_everything(tmp_path: Path, target: Target, live: Path) -> None:
    _ship(tmp_path, target, ONE)
    assert served(live) == ONE
    assert (live / NAME).is_file()


def test_the_next_one_replaces_and_deletes_what_is_gone_with_its_folder(
    tmp_path: Path, target: Target, live: Path
) -> None:
    _ship(tmp_path, target, ONE)
    _ship(tmp_path, target, TWO)
    assert served(live) == TWO
    assert not (live / "2026/02/05/x").exists()


def test_what_did_not_change_is_not_touched(tmp_path: Path, target: Target, live: Path) -> None:
    _ship(tmp_path, target, ONE)
    before = (live / "a.css").stat()
    _ship(tmp_path, target, TWO)
    after = (live / "a.css").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_equal_files_at_two_paths_both_arrive(tmp_path: Path, target: Target, live: Path) -> None:
    twins = {"index.html": "same", "about/index.html": "same"}
    _ship(tmp_path, target, twins)
    assert served(live) == twins


def test_a_file_that_no_manifest_owns_stays(tmp_path: Path, target: Target, live: Path) -> None:
    live.mkdir()
    (live / "verification.html").write_text("from a search engine")
    (live / "2026").mkdir()
    (live / "2026/notes.html").write_text("mine")
    _ship(tmp_path, target, ONE)
    _ship(tmp_path, target, THREE)
    assert served(live) == THREE | {"verification.html": "from a search engine", "2026/notes.html": "mine"}


def test_a_foreign_file_in_the_way_stops_the_shipment_before_anything_changed(
    tmp_path: Path, target: Target, live: Path
) -> None:
    live.mkdir()
    (live / "index.html").write_text("somebody's front page")
    shipped = ship(build(tmp_path / "output", ONE), target)
    assert (shipped.ok, _codes(shipped)) == (False, ["target-foreign"])
    assert served(live) == {"index.html": "somebody's front page"}


def test_a_link_out_of_the_folder_stops_the_shipment(tmp_path: Path, target: Target, live: Path) -> None:
    live.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (live / "2026").symlink_to(tmp_path / "elsewhere")
    shipped = ship(build(tmp_path / "output", ONE), target)
    assert _codes(shipped) == ["target-foreign"]
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_output_that_is_not_what_its_manifest_says_is_not_shipped(
    tmp_path: Path, target: Target, live: Path
) -> None:
    _ship(tmp_path, target, ONE)
    output = build(tmp_path / "output", TWO)
    (output / "feed.xml").write_text("half a fe")
    (output / "2026/02/05/y/index.html").unlink()
    shipped = ship(output, target)
    assert (shipped.ok, _codes(shipped)) == (False, ["output-changed", "output-changed"])
    assert served(live) == ONE


def test_an_output_without_a_manifest_is_not_shipped(tmp_path: Path, target: Target) -> None:
    assert _codes(ship(tmp_path, target)) == ["output-missing"]


def test_an_unreadable_manifest_in_the_target_stops_the_shipment(tmp_path: Path, target: Target, live: Path) -> None:
    _ship(tmp_path, target, ONE)
    (live / NAME).write_text("{")
    shipped = ship(build(tmp_path / "output", TWO), target)
    assert (shipped.ok, _codes(shipped)) == (False, ["target-manifest"])
    assert served(live) == ONE


def test_a_dry_run_plans_and_touches_nothing(tmp_path: Path, target: Target, live: Path) -> None:
    _ship(tmp_path, target, ONE)
    shipped = ship(build(tmp_path / "output", TWO), target, dry_run=True)
    assert shipped.plan is not None
    assert [f.path for f in shipped.plan.delete] == ["2026/02/05/x/index.html"]
    assert served(live) == ONE


def test_back_and_back_again(tmp_path: Path, target: Target, live: Path) -> None:
    for files in (ONE, TWO, THREE):
        _ship(tmp_path, target, files)
    assert rollback(target).ok
    assert served(live) == TWO
    assert rollback(target).ok
    assert served(live) == ONE
    assert _codes(rollback(target)) == ["rollback-missing"]
    assert served(live) == ONE


def test_forward_after_a_step_back(tmp_path: Path, target: Target, live: Path) -> None:
    for files in (ONE, TWO):
        _ship(tmp_path, target, files)
    rollback(target)
    _ship(tmp_path, target, THREE)
    assert served(live) == THREE
    rollback(target)
    assert served(live) == ONE


def test_a_dry_step_back_touches_nothing(tmp_path: Path, target: Target, live: Path) -> None:
    for files in (ONE, TWO):
        _ship(tmp_path, target, files)
    assert rollback(target, dry_run=True).ok
    assert served(live) == TWO


def test_shipping_the_same_again_does_not_bury_the_release_before(tmp_path: Path, target: Target, live: Path) -> None:
    for files in (ONE, TWO, TWO, TWO):
        _ship(tmp_path, target, files)
    rollback(target)
    assert served(live) == ONE


def test_only_the_last_releases_are_kept(tmp_path: Path, target: Target, live: Path) -> None:
    for number in range(9):
        _ship(tmp_path, target, {"index.html": f"front {number}", "a.css": "style"})
    memory = tmp_path / ".live.releases"
    assert len(list((memory / "manifests").iterdir())) == 5
    assert len(list(memory.glob("files/??/*"))) == 5
    for number in (7, 6, 5, 4, 3):
        assert rollback(target).ok
        assert served(live)["index.html"] == f"front {number}"
    assert not rollback(target).ok


class DeathError(Exception):
    pass


def _dying(target: Target, monkeypatch: pytest.MonkeyPatch, method: str, calls: int) -> None:
    """Lets a method of the target die at its nth call."""
    done, real = [0], getattr(target, method)

    def dies(*args: OutputFile, **kwargs: bool) -> object:
        done[0] += 1
        if done[0] == calls:
            raise DeathError
        return real(*args, **kwargs)

    monkeypatch.setattr(target, method, dies)


@pytest.mark.parametrize(("method", "calls"), [("put", 1), ("put", 2), ("delete", 1), ("finish", 1)])
def test_a_death_on_the_way_is_mended_by_shipping_whatever_is_built_next(
    tmp_path: Path, target: Target, live: Path, monkeypatch: pytest.MonkeyPatch, method: str, calls: int
) -> None:
    _ship(tmp_path, target, ONE)
    with monkeypatch.context() as death:
        _dying(target, death, method, calls)
        with pytest.raises(DeathError):
            ship(build(tmp_path / "dead", TWO), target)
    _ship(tmp_path, target, THREE)
    assert served(live) == THREE
    rollback(target)
    assert served(live) == ONE


def test_a_death_on_the_way_is_mended_by_shipping_the_old_site_again(
    tmp_path: Path, target: Target, live: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ship(tmp_path, target, ONE)
    with monkeypatch.context() as death:
        _dying(target, death, "finish", 1)
        with pytest.raises(DeathError):
            ship(build(tmp_path / "dead", TWO), target)
    _ship(tmp_path, target, ONE)
    assert served(live) == ONE


@pytest.mark.parametrize("method", ["put", "finish"])
def test_a_death_on_the_way_back_is_mended_by_going_back_once_more(
    tmp_path: Path, target: Target, live: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    for files in (ONE, TWO):
        _ship(tmp_path, target, files)
    with monkeypatch.context() as death:
        _dying(target, death, method, 1)
        with pytest.raises(DeathError):
            rollback(target)
    assert rollback(target).ok
    assert served(live) == ONE


def test_a_kept_file_that_was_tampered_with_is_not_put_back(tmp_path: Path, target: Target, live: Path) -> None:
    for files in (ONE, TWO):
        _ship(tmp_path, target, files)
    for path in (tmp_path / ".live.releases/files").glob("??/*"):
        path.write_text("something else")
    back = rollback(target)
    assert not back.ok
    assert set(_codes(back)) == {"output-changed"}
    assert served(live) == TWO


def test_a_manifest_in_the_target_cannot_make_us_delete_elsewhere(tmp_path: Path, target: Target, live: Path) -> None:
    _ship(tmp_path, target, ONE)
    precious = tmp_path / "precious.html"
    precious.write_text("keep me")
    text = (live / NAME).read_text().replace('"a.css"', '"../precious.html"')
    (live / NAME).write_text(text)
    assert not ship(build(tmp_path / "output", TWO), target).ok
    assert precious.read_text() == "keep me"
