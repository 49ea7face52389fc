"""Reading and writing of the content folder."""

from pathlib import Path

import pytest

from digest.ingest.write.content_folder import ContentFolder
from digest.wire import BytesSource


def test_a_page_is_written_atomically_and_keeps_its_line_ends(tmp_path: Path) -> None:
    folder = ContentFolder(tmp_path)
    folder.write("2026/03/10/a.md", "---\r\ntitle: Ä\r\n---\r\n")
    assert folder.read("2026/03/10/a.md") == "---\r\ntitle: Ä\r\n---\r\n"
    assert folder.exists("2026/03/10/a.md")
    assert list(folder.written) == ["content/2026/03/10/a.md"]
    assert [path.name for path in (tmp_path / "content/2026/03/10").iterdir()] == ["a.md"]


def test_pages_in_the_background_queue_can_be_read(tmp_path: Path) -> None:
    folder = ContentFolder(tmp_path)
    with folder.background_writing():
        folder.add("a.md", "first")
        assert folder.read("a.md") == "first"
        assert folder.exists("a.md")
        folder.write("a.md", "second")
        folder.write("b.md", "at once")
        assert not (tmp_path / "content/a.md").exists()
        assert (tmp_path / "content/b.md").exists()
        folder.copy_dump("dumps/d.txt", BytesSource(b"dump"))
        assert (tmp_path / "content/a.md").read_text("utf-8") == "second"
        folder.add("c.md", "last")
    assert (tmp_path / "content/c.md").read_text("utf-8") == "last"
    assert list(folder.written) == [f"content/{path}" for path in ("a.md", "b.md", "dumps/d.txt", "c.md")]


def test_a_page_that_could_not_be_written_is_not_in_written(tmp_path: Path) -> None:
    folder = ContentFolder(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/day").write_text("a file where a folder belongs", "utf-8")
    with folder.background_writing():
        folder.add("a.md", "there")
        folder.add("day/b.md", "not there")
        with pytest.raises(OSError, match="day"):
            folder.flush()
    assert list(folder.written) == ["content/a.md"]


def test_all_writes_go_to_the_scratch_folder(tmp_path: Path) -> None:
    site, scratch = tmp_path / "site", tmp_path / "scratch"
    ContentFolder(site).write("a.md", "old")
    folder = ContentFolder(site, scratch)
    assert folder.read("a.md") == "old"
    folder.write("a.md", "new")
    folder.copy_dump("dumps/d.txt", BytesSource(b"dump"))
    assert folder.read("a.md") == "new"
    assert folder.exists("dumps/d.txt")
    assert ContentFolder(site).read("a.md") == "old"
    assert not (site / "content/dumps").exists()


def test_a_copy_has_the_bytes_of_the_dump(tmp_path: Path) -> None:
    data = bytes(range(256)) * 9_000
    ContentFolder(tmp_path).copy_dump("dumps/d.txt", BytesSource(data))
    assert (tmp_path / "content/dumps/d.txt").read_bytes() == data
