"""The background writer: order, failures, and the end of its process."""

import os
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from digest.ingest.parallel import background_writer, prefetch
from digest.ingest.parallel.background_writer import BackgroundWriter
from digest.ingest.write.content_folder import ContentFolder
from digest.ingest.write.files import FileWriter
from digest.speedups import VARIABLE
from tests.ingest.import_site import ImportSite, briefs

SPEEDUP = "background-writer"


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BackgroundWriter]:
    monkeypatch.setattr(background_writer, "BATCH_BYTES", 10)
    queue = BackgroundWriter(FileWriter(str(tmp_path)))
    yield queue
    queue.close()


def test_all_pages_are_on_disk_after_flush(writer: BackgroundWriter, tmp_path: Path) -> None:
    for n in range(40):
        writer.put(f"2026/{n}.md", f"text {n}")
    writer.flush()
    assert [(tmp_path / f"2026/{n}.md").read_bytes() for n in range(40)] == [b"text %d" % n for n in range(40)]
    assert writer.unwritten() == set()
    assert sorted(path.name for path in tmp_path.rglob("*.new")) == []


def test_a_small_queue_starts_no_process(writer: BackgroundWriter, tmp_path: Path) -> None:
    writer.put("a.md", "a")
    assert writer._process is None
    assert writer.pending_text("a.md") == "a"
    assert not (tmp_path / "a.md").exists()


def test_the_last_text_of_a_page_wins(writer: BackgroundWriter, tmp_path: Path) -> None:
    writer.put("a.md", "first")
    writer.put("a.md", "second, and sent")
    assert writer.pending_text("a.md") == "second, and sent"
    writer.put("a.md", "third, and sent")
    assert writer.pending_text("a.md") == "third, and sent"
    writer.flush()
    assert writer.pending_text("a.md") is None
    assert (tmp_path / "a.md").read_bytes() == b"third, and sent"


def test_pages_of_a_dead_writer_are_written(writer: BackgroundWriter, tmp_path: Path) -> None:
    writer.put("a.md", "more than ten")
    process = writer._process
    assert process
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    for name in "bcd":
        writer.put(f"{name}.md", "more than ten")
    writer.flush()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md", "c.md", "d.md"]


def test_a_failed_write_raises_in_this_process(writer: BackgroundWriter, tmp_path: Path) -> None:
    (tmp_path / "day").write_text("a file where a folder belongs", "utf-8")
    writer.put("a.md", "a")
    writer.put("day/b.md", "more than ten")
    with pytest.raises(OSError, match="day"):
        writer.flush()
    assert writer.unwritten() == {"day/b.md"}
    with pytest.raises(OSError, match="day"):
        writer.flush()


def test_the_writer_ignores_interrupts_and_ends_on_close(writer: BackgroundWriter) -> None:
    writer.put("a.md", "more than ten")
    writer.flush()
    process = writer._process
    assert process
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    writer.put("b.md", "more than ten")
    writer.flush()
    assert process.is_alive()
    writer.close()
    assert process.exitcode == 0


def test_the_site_is_the_same_without_the_background_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "MIN_BYTES", 1)
    background_writing, calls = ContentFolder.background_writing, list[str]()

    def recorded(folder: ContentFolder) -> AbstractContextManager[None]:
        calls.append(os.environ[VARIABLE])
        return background_writing(folder)

    monkeypatch.setattr(ContentFolder, "background_writing", recorded)
    files = []
    for disabled in ("", SPEEDUP):
        monkeypatch.setenv(VARIABLE, disabled)
        site = ImportSite(tmp_path / f"without-{disabled}")
        site.import_dumps(site.write_dump("2026-03-10-nw.txt", briefs("Ferry sinks off Palawan", "Ice")), jobs=2)
        files.append(site.files())
    assert files[0] == files[1]
    assert calls == [""]
