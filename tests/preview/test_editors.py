"""Saves by editors and tools, as sequences of system calls on real files, are exactly one change each.

The sequences were recorded with `strace -f -e trace=file,desc`. Programs that are installed (`sed`, `git`, `cp`, `mv`)
run themselves.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from digest.builder import Audience, BuildRequest, Report, ResidentBuilder
from digest.preview.watch.batches import next_batch
from digest.preview.watch.events import Change
from digest.preview.watch.watcher import Watcher
from tests.machine import ROOT
from tests.preview.running import NOW, PAGE, new_site

TIMEOUT_S = 20.0
PAGE_PATH = "content/2026/ferry.md"
EDITED = PAGE.format(title="Ferry stays in port")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page in a folder."""
    site = new_site(tmp_path / "site")
    (site / "content/2026").mkdir()
    (site / "content/ferry.md").rename(site / PAGE_PATH)
    return site


@pytest.fixture
def watcher(site: Path) -> Iterator[Watcher]:
    """A watcher of the site."""
    watcher = Watcher(site, lambda: None)
    yield watcher
    watcher.close()


def _batch(watcher: Watcher) -> Mapping[str, Change]:
    """Return the next batch of changes."""
    batch = next_batch(watcher.events, TIMEOUT_S)
    assert batch
    return batch


def _assert_no_more_changes(site: Path, watcher: Watcher) -> None:
    """Check that no further change follows: the next batch is a change made now."""
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
    """`:w` with backup: creates a probe file, renames the old file, writes the new one beside a swap file."""
    swap, probe = page.with_name(".ferry.md.swp"), page.with_name("4913")
    _write(swap, "b0VIM")
    _write(probe, "")
    probe.unlink()
    page.rename(page.with_name("ferry.md~"))
    _write(page, EDITED, sync=True)
    page.chmod(0o644)
    swap.unlink()


def vim_writebackup(page: Path) -> None:
    """The same, but deletes the backup at the end."""
    page.rename(page.with_name("ferry.md~"))
    _write(page, EDITED, sync=True)
    page.with_name("ferry.md~").unlink()


def vim_copy(page: Path) -> None:
    """`backupcopy=yes`: copies the old file, then writes in place."""
    shutil.copy2(page, page.with_name("ferry.md~"))
    _write(page, EDITED, sync=True)
    page.with_name("ferry.md~").unlink()


def emacs(page: Path) -> None:
    """Creates a lock (a dangling link) and an auto-save file, renames the old file, writes the new one."""
    lock = page.with_name(".#ferry.md")
    lock.symlink_to("somebody@desk.4711:1770000000")
    _write(page.with_name("#ferry.md#"), "half")
    page.rename(page.with_name("ferry.md~"))
    _write(page, EDITED, sync=True)
    page.with_name("#ferry.md#").unlink()
    lock.unlink()


def vscode(page: Path) -> None:
    """Truncates the file, then writes in place."""
    descriptor = os.open(page, os.O_WRONLY)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, EDITED.encode())
    os.fdatasync(descriptor)
    os.close(descriptor)


def vscode_atomic(page: Path) -> None:
    """Writes a temporary file, then renames it over the page."""
    temporary = page.with_name("ferry.md.vsctmp")
    _write(temporary, EDITED)
    temporary.replace(page)


def jetbrains(page: Path) -> None:
    """Safe write: writes a temporary file, renames the old file, renames the new one."""
    temporary, old = page.with_name("ferry.md___jb_tmp___"), page.with_name("ferry.md___jb_old___")
    _write(temporary, EDITED)
    page.rename(old)
    temporary.rename(page)
    old.unlink()


def nano(page: Path) -> None:
    """Creates a lock, copies the old file, writes in place."""
    lock = page.with_name(".ferry.md.swp")
    _write(lock, "b0nano")
    shutil.copy2(page, page.with_name("ferry.md~"))
    _write(page, EDITED)
    lock.unlink()


def gedit(page: Path) -> None:
    """GLib: writes a file with a random name, then renames it over the page."""
    temporary = page.with_name(".goutputstream-4XK2W2")
    _write(temporary, EDITED, sync=True)
    page.with_name("ferry.md~").unlink(missing_ok=True)
    os.link(page, page.with_name("ferry.md~"))
    temporary.replace(page)


def kate(page: Path) -> None:
    """Creates a swap file; QSaveFile writes a file with a random suffix, then renames it."""
    swap, temporary = page.with_name(".ferry.md.kate-swp"), page.with_name(".ferry.md.hWqLpT")
    _write(swap, "x")
    _write(temporary, EDITED, sync=True)
    temporary.replace(page)
    swap.unlink()


def sed(page: Path) -> None:
    """`sed -i`, the program itself."""
    subprocess.run(["sed", "-i", "s/sails again/stays in port/", str(page)], check=True)


def syncthing(page: Path) -> None:
    """Writes a hidden temporary file with the old time, then renames it."""
    temporary = page.with_name(".syncthing.ferry.md.tmp")
    _write(temporary, EDITED)
    os.utime(temporary, (1_770_000_000, 1_770_000_000))
    temporary.replace(page)


def syncthing_windows(page: Path) -> None:
    """The same with the name of the temporary file on Windows."""
    temporary = page.with_name("~syncthing~ferry.md.tmp")
    _write(temporary, EDITED)
    temporary.replace(page)


def dropbox(page: Path) -> None:
    """Writes into its cache folder, then renames the file over the page."""
    cache = page.parent / ".dropbox.cache"
    cache.mkdir()
    _write(cache / "ferry.md", EDITED)
    (cache / "ferry.md").replace(page)
    cache.rmdir()


def delete_and_create(page: Path) -> None:
    """Deletes the page and creates it again."""
    page.unlink()
    _write(page, EDITED)


def same_size(page: Path) -> None:
    """Replaces a word by one of the same length and restores the old time."""
    status = page.stat()
    _write(page, page.read_text().replace("nine", "five"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def slow_write(page: Path) -> None:
    """Writes slowly: the file is incomplete for 0.2 seconds."""
    descriptor = os.open(page, os.O_WRONLY | os.O_TRUNC)
    os.write(descriptor, EDITED[:20].encode())
    time.sleep(0.2)
    os.write(descriptor, EDITED[20:].encode())
    os.close(descriptor)


SAVES = [
    vim_backup, vim_writebackup, vim_copy, emacs, vscode, vscode_atomic, jetbrains, nano, gedit, kate, sed, syncthing,
    syncthing_windows, dropbox, delete_and_create, same_size, slow_write,
]  # fmt: skip


def test_the_preview_page_of_the_docs_lists_every_editor() -> None:
    guide = (ROOT / "docs/how-to/preview.md").read_text("utf-8")
    assert [s.__name__ for s in SAVES if f"| `{s.__name__}` | {(s.__doc__ or '').strip()} |\n" not in guide] == []


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_exactly_one_change(site: Path, watcher: Watcher, save: Callable[[Path], None]) -> None:
    save(site / PAGE_PATH)
    seen = dict(_batch(watcher))
    assert seen == {PAGE_PATH: Change.SAVED}
    assert (site / PAGE_PATH).read_text() != PAGE.format(title="Ferry sails again")
    _assert_no_more_changes(site, watcher)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_build_of_the_change_updates_the_output(site: Path, save: Callable[[Path], None]) -> None:
    resident = ResidentBuilder(_request(site))
    resident.build(NOW)
    resident.prepare(NOW)
    save(site / PAGE_PATH)
    report = resident.build(NOW, [PAGE_PATH])
    resident.close()
    assert (report.ok, report.items, report.scanned) == (True, 1, 1)
    assert report.changes.changed
    assert not (site / ".digest/stage-preview").exists()


def _request(site: Path) -> BuildRequest:
    return BuildRequest(site=site, output=site / ".digest/preview", now=NOW, audience=Audience.PREVIEW)


class _Follower:
    """Builds the changes of a watcher, as a session does, and counts the builds."""

    def __init__(self, site: Path, watcher: Watcher) -> None:
        self.site, self.watcher, self.builds = site, watcher, 0
        self.resident = ResidentBuilder(_request(site))
        self.report = self.resident.build(NOW)
        self.resident.prepare(NOW)

    def build_until(self, items: int) -> Report:
        """Build until the site has this number of items."""
        while self.report.items != items:
            batch = _batch(self.watcher)
            self.watcher.update_watches(batch)
            self.report = self.resident.build(NOW, batch)
            self.resident.prepare(NOW)
            self.builds += 1
        return self.report


@pytest.fixture
def follower(site: Path, watcher: Watcher) -> Iterator[_Follower]:
    """A loop that builds all changes."""
    follower = _Follower(site, watcher)
    yield follower
    follower.resident.close()


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
    follower.build_until(1001)
    git("add", ".")
    git("commit", "-qm", "many")
    follower.builds = 0
    git("checkout", "-q", "-")
    follower.build_until(1)
    git("checkout", "-q", "many")
    follower.build_until(1001)
    assert follower.builds <= 4
    assert follower.report.ok


def test_deleted_and_restored_content_is_built(site: Path, follower: _Follower) -> None:
    kept = site.parent / "kept"
    shutil.copytree(site / "content", kept)
    shutil.rmtree(site / "content")
    follower.build_until(0)
    subprocess.run(["cp", "-r", str(kept), str(site / "content")], check=True)
    assert follower.build_until(1).ok
    (site / "content/2026/boat.md").write_text(PAGE.format(title="Boat sails"))
    assert follower.build_until(2).ok


def test_pages_of_a_moved_folder_are_built(site: Path, follower: _Follower) -> None:
    (site / "content/2026").rename(site / "content/archive")
    (site / "content/archive/boat.md").write_text(PAGE.format(title="Boat sails"))
    assert follower.build_until(2).ok
    (site / "content/archive").rename(site.parent / "away")
    assert follower.build_until(0).ok


def test_pages_behind_a_link_are_built(site: Path, follower: _Follower) -> None:
    elsewhere = site.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "boat.md").write_text(PAGE.format(title="Boat sails"))
    (site / "content/linked").symlink_to(elsewhere)
    follower.build_until(2)
    (elsewhere / "barge.md").write_text(PAGE.format(title="Barge sails"))
    follower.build_until(3)
    (site / "content/linked").unlink()
    assert follower.build_until(1).ok


def test_output_and_state_of_a_build_cause_no_change(site: Path, follower: _Follower) -> None:
    (site / PAGE_PATH).write_text(EDITED)
    assert set(_batch(follower.watcher)) == {PAGE_PATH}
    follower.resident.build(NOW, [PAGE_PATH])
    follower.resident.prepare(NOW)
    _assert_no_more_changes(site, follower.watcher)
