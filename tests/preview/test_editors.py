"""Every editor's and tool's own sequence of system calls, on real files, ends in the one change that it means.

The sequences are what `strace -f -e trace=file,desc` shows of each program when it saves; what the programs here can do
themselves (`sed`, `git`, `cp`, `mv`) they do.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from digest.builder import Audience, BuildRequest, Report, Workshop
from digest.preview.watch.batches import next_batch
from digest.preview.watch.events import Change
from digest.preview.watch.watcher import Watcher
from tests.machine import ROOT
from tests.preview.running import NOW, PAGE, new_site

PATIENCE_S = 20.0
HERE = "content/2026/ferry.md"
TWO = PAGE.format(title="Ferry stays in port")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page in a folder."""
    site = new_site(tmp_path / "site")
    (site / "content/2026").mkdir()
    (site / "content/ferry.md").rename(site / HERE)
    return site


@pytest.fixture
def watcher(site: Path) -> Iterator[Watcher]:
    """A watch on it."""
    watching = Watcher(site, lambda: None)
    yield watching
    watching.close()


def _batch(watcher: Watcher) -> Mapping[str, Change]:
    """The next batch of changes."""
    found = next_batch(watcher.events, PATIENCE_S)
    assert found
    return found


def _nothing_more(site: Path, watcher: Watcher) -> None:
    """That no further change is under way: the next that is heard is one made now."""
    (site / "digest.toml").touch()
    (site / "digest.toml").write_text((site / "digest.toml").read_text())
    assert set(_batch(watcher)) == {"digest.toml"}


def _write(file: Path, text: str, *, flags: int = os.O_TRUNC, sync: bool = False) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | flags, 0o644)
    os.write(descriptor, text.encode())
    if sync:
        os.fsync(descriptor)
    os.close(descriptor)


def vim_backup(page: Path) -> None:
    """`:w` with backup: a probe, the old file put aside, the new one written beside its swap file."""
    swap, probe = page.with_name(".ferry.md.swp"), page.with_name("4913")
    _write(swap, "b0VIM")
    _write(probe, "")
    probe.unlink()
    page.rename(page.with_name("ferry.md~"))
    _write(page, TWO, sync=True)
    page.chmod(0o644)
    swap.unlink()


def vim_writebackup(page: Path) -> None:
    """The same, the old file deleted in the end."""
    page.rename(page.with_name("ferry.md~"))
    _write(page, TWO, sync=True)
    page.with_name("ferry.md~").unlink()


def vim_copy(page: Path) -> None:
    """`backupcopy=yes`: the backup is a copy, the file is written in place."""
    shutil.copy2(page, page.with_name("ferry.md~"))
    _write(page, TWO, sync=True)
    page.with_name("ferry.md~").unlink()


def emacs(page: Path) -> None:
    """A lock that is a dangling link, an auto-save, the old file put aside."""
    lock = page.with_name(".#ferry.md")
    lock.symlink_to("somebody@desk.4711:1770000000")
    _write(page.with_name("#ferry.md#"), "half")
    page.rename(page.with_name("ferry.md~"))
    _write(page, TWO, sync=True)
    page.with_name("#ferry.md#").unlink()
    lock.unlink()


def vscode(page: Path) -> None:
    """Truncates, then writes."""
    descriptor = os.open(page, os.O_WRONLY)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, TWO.encode())
    os.fdatasync(descriptor)
    os.close(descriptor)


def vscode_atomic(page: Path) -> None:
    """Writes beside, then renames."""
    beside = page.with_name("ferry.md.vsctmp")
    _write(beside, TWO)
    beside.replace(page)


def jetbrains(page: Path) -> None:
    """Safe write: two renames."""
    beside, old = page.with_name("ferry.md___jb_tmp___"), page.with_name("ferry.md___jb_old___")
    _write(beside, TWO)
    page.rename(old)
    beside.rename(page)
    old.unlink()


def nano(page: Path) -> None:
    """A lock, a backup that is a copy, in place."""
    lock = page.with_name(".ferry.md.swp")
    _write(lock, "b0nano")
    shutil.copy2(page, page.with_name("ferry.md~"))
    _write(page, TWO)
    lock.unlink()


def gedit(page: Path) -> None:
    """GLib: a stream with a random name, renamed over the file."""
    beside = page.with_name(".goutputstream-4XK2W2")
    _write(beside, TWO, sync=True)
    page.with_name("ferry.md~").unlink(missing_ok=True)
    os.link(page, page.with_name("ferry.md~"))
    beside.replace(page)


def kate(page: Path) -> None:
    """A swap file; QSaveFile writes beside under a random ending."""
    swap, beside = page.with_name(".ferry.md.kate-swp"), page.with_name(".ferry.md.hWqLpT")
    _write(swap, "x")
    _write(beside, TWO, sync=True)
    beside.replace(page)
    swap.unlink()


def sed(page: Path) -> None:
    """The program itself."""
    subprocess.run(["sed", "-i", "s/sails again/stays in port/", str(page)], check=True)


def syncthing(page: Path) -> None:
    """A temporary file, the old version moved away, a rename."""
    beside = page.with_name(".syncthing.ferry.md.tmp")
    _write(beside, TWO)
    os.utime(beside, (1_770_000_000, 1_770_000_000))
    beside.replace(page)


def syncthing_windows(page: Path) -> None:
    """The name that it has where dots hide nothing."""
    beside = page.with_name("~syncthing~ferry.md.tmp")
    _write(beside, TWO)
    beside.replace(page)


def dropbox(page: Path) -> None:
    """Into its cache beside, then renamed over the file."""
    cache = page.parent / ".dropbox.cache"
    cache.mkdir()
    _write(cache / "ferry.md", TWO)
    (cache / "ferry.md").replace(page)
    cache.rmdir()


def anew(page: Path) -> None:
    """Deleted and made again."""
    page.unlink()
    _write(page, TWO)


def same_size(page: Path) -> None:
    """Another word of the same length, with the old time put back."""
    status = page.stat()
    _write(page, page.read_text().replace("nine", "five"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def half_written(page: Path) -> None:
    """A slow writer: what is there at half time is not what is meant."""
    descriptor = os.open(page, os.O_WRONLY | os.O_TRUNC)
    os.write(descriptor, TWO[:20].encode())
    time.sleep(0.2)
    os.write(descriptor, TWO[20:].encode())
    os.close(descriptor)


SAVES = [
    vim_backup, vim_writebackup, vim_copy, emacs, vscode, vscode_atomic, jetbrains, nano, gedit, kate, sed, syncthing,
    syncthing_windows, dropbox, anew, same_size, half_written,
]  # fmt: skip


def test_the_preview_page_of_the_docs_lists_every_editor() -> None:
    guide = (ROOT / "docs/how-to/preview.md").read_text("utf-8")
    assert [s.__name__ for s in SAVES if f"| `{s.__name__}` | {(s.__doc__ or '').strip()} |\n" not in guide] == []


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_exactly_one_change(site: Path, watcher: Watcher, save: Callable[[Path], None]) -> None:
    save(site / HERE)
    seen = dict(_batch(watcher))
    assert seen == {HERE: Change.SAVED}
    assert (site / HERE).read_text() != PAGE.format(title="Ferry sails again")
    _nothing_more(site, watcher)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_build_of_the_change_updates_the_output(site: Path, save: Callable[[Path], None]) -> None:
    workshop = Workshop(_request(site))
    workshop.build(NOW)
    workshop.prepare(NOW)
    save(site / HERE)
    report = workshop.build(NOW, [HERE])
    workshop.close()
    assert (report.ok, report.items, report.scanned) == (True, 1, 1)
    assert report.changes.changed
    assert not (site / ".digest/stage-preview").exists()


def _request(site: Path) -> BuildRequest:
    return BuildRequest(site=site, output=site / ".digest/preview", now=NOW, audience=Audience.PREVIEW)


class _Follower:
    """Builds what a watcher hears, as a session does, and counts."""

    def __init__(self, site: Path, watcher: Watcher) -> None:
        self.site, self.watcher, self.builds = site, watcher, 0
        self.workshop = Workshop(_request(site))
        self.report = self.workshop.build(NOW)
        self.workshop.prepare(NOW)

    def until(self, items: int) -> Report:
        """Builds until the site has so many items."""
        while self.report.items != items:
            found = _batch(self.watcher)
            self.watcher.update_watches(found)
            self.report = self.workshop.build(NOW, found)
            self.workshop.prepare(NOW)
            self.builds += 1
        return self.report


@pytest.fixture
def follower(site: Path, watcher: Watcher) -> Iterator[_Follower]:
    """Somebody who builds."""
    following = _Follower(site, watcher)
    yield following
    following.workshop.close()


def test_a_checkout_of_a_thousand_files_is_one_build(site: Path, follower: _Follower) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
        subprocess.run(command, cwd=site, check=True, capture_output=True)

    (site / ".gitignore").write_text(".digest/\n")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "many")
    for number in range(1000):
        (site / f"content/2026/{number}.md").write_text(PAGE.format(title=f"Boat {number} sails"))
    follower.until(1001)
    git("add", ".")
    git("commit", "-qm", "many")
    follower.builds = 0
    git("checkout", "-q", "-")
    follower.until(1)
    git("checkout", "-q", "many")
    follower.until(1001)
    assert follower.builds <= 4
    assert follower.report.ok


def test_deleted_and_restored_content_is_built(site: Path, follower: _Follower) -> None:
    kept = site.parent / "kept"
    shutil.copytree(site / "content", kept)
    shutil.rmtree(site / "content")
    follower.until(0)
    subprocess.run(["cp", "-r", str(kept), str(site / "content")], check=True)
    assert follower.until(1).ok
    (site / "content/2026/boat.md").write_text(PAGE.format(title="Boat sails"))
    assert follower.until(2).ok


def test_pages_of_a_moved_folder_are_built(site: Path, follower: _Follower) -> None:
    (site / "content/2026").rename(site / "content/archive")
    (site / "content/archive/boat.md").write_text(PAGE.format(title="Boat sails"))
    assert follower.until(2).ok
    (site / "content/archive").rename(site.parent / "away")
    assert follower.until(0).ok


def test_pages_behind_a_link_are_built(site: Path, follower: _Follower) -> None:
    elsewhere = site.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "boat.md").write_text(PAGE.format(title="Boat sails"))
    (site / "content/linked").symlink_to(elsewhere)
    follower.until(2)
    (elsewhere / "barge.md").write_text(PAGE.format(title="Barge sails"))
    follower.until(3)
    (site / "content/linked").unlink()
    assert follower.until(1).ok


def test_output_and_state_of_a_build_cause_no_change(site: Path, follower: _Follower) -> None:
    (site / HERE).write_text(TWO)
    assert set(_batch(follower.watcher)) == {HERE}
    follower.workshop.build(NOW, [HERE])
    follower.workshop.prepare(NOW)
    _nothing_more(site, follower.watcher)
