"""A scribe: what is there when, and who ends when."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.ingest.parallel import background_writer as scribes
from digest.ingest.parallel.background_writer import BackgroundWriter
from digest.ingest.write.files import FileWriter


@pytest.fixture
def scribe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BackgroundWriter]:
    monkeypatch.setattr(scribes, "BATCH_BYTES", 10)
    found = BackgroundWriter(FileWriter(str(tmp_path)))
    yield found
    found.close()


def test_what_is_put_is_there_when_all_is_settled(scribe: BackgroundWriter, tmp_path: Path) -> None:
    for n in range(40):
        scribe.put(f"2026/{n}.md", f"text {n}")
    scribe.flush()
    assert [(tmp_path / f"2026/{n}.md").read_bytes() for n in range(40)] == [b"text %d" % n for n in range(40)]
    assert scribe.unwritten() == set()
    assert sorted(path.name for path in tmp_path.rglob("*.new")) == []


def test_little_is_written_without_another_process_being_busy_with_it(scribe: BackgroundWriter, tmp_path: Path) -> None:
    scribe.put("a.md", "a")
    assert scribe._process is None
    assert scribe.pending_text("a.md") == "a"
    assert not (tmp_path / "a.md").exists()


def test_the_last_text_of_a_page_counts(scribe: BackgroundWriter, tmp_path: Path) -> None:
    scribe.put("a.md", "first")
    scribe.put("a.md", "second, and sent")
    assert scribe.pending_text("a.md") == "second, and sent"
    scribe.put("a.md", "third, and sent")
    assert scribe.pending_text("a.md") == "third, and sent"
    scribe.flush()
    assert scribe.pending_text("a.md") is None
    assert (tmp_path / "a.md").read_bytes() == b"third, and sent"


def test_a_scribe_that_dies_costs_nothing_but_time(scribe: BackgroundWriter, tmp_path: Path) -> None:
    scribe.put("a.md", "more than ten")
    process = scribe._process
    assert process
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    for name in "bcd":
        scribe.put(f"{name}.md", "more than ten")
    scribe.flush()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md", "c.md", "d.md"]


def test_what_cannot_be_written_is_told_here(scribe: BackgroundWriter, tmp_path: Path) -> None:
    (tmp_path / "day").write_text("a file where a folder belongs", "utf-8")
    scribe.put("a.md", "a")
    scribe.put("day/b.md", "more than ten")
    with pytest.raises(OSError, match="day"):
        scribe.flush()
    assert scribe.unwritten() == {"day/b.md"}
    with pytest.raises(OSError, match="day"):
        scribe.flush()


def test_a_scribe_ends_with_who_asks_and_not_by_an_interrupt(scribe: BackgroundWriter) -> None:
    scribe.put("a.md", "more than ten")
    scribe.flush()
    process = scribe._process
    assert process
    assert process.pid
    os.kill(process.pid, signal.SIGINT)
    scribe.put("b.md", "more than ten")
    scribe.flush()
    assert process.is_alive()
    scribe.close()
    assert process.exitcode == 0
