"""Scan of the content folder: pages, file status, links and unreadable folders."""

import os
from pathlib import Path

import pytest

from digest.content.store.scan import is_page, scan, scan_paths


def found(folder: Path) -> list[str]:
    """The paths of all pages, in order."""
    return sorted(path for path, *_ in scan(folder).files)


def write(path: Path, text: str = "x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_pages_are_found_in_any_folder_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "2026/03/10/z.md", "2026/03/10/a.md", "desk notes/c.md"):
        write(tmp_path / name)
    assert found(tmp_path) == ["2026/03/10/a.md", "2026/03/10/z.md", "b.md", "desk notes/c.md"]


def test_a_stat_is_size_times_and_inode(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "four")
    os.utime(tmp_path / "a.md", ns=(1, 1_700_000_000_123_456_789))
    status = (tmp_path / "a.md").stat()
    assert scan(tmp_path).files == [("a.md", 4, 1_700_000_000_123_456_789, status.st_ctime_ns, status.st_ino)]


NO_PAGES = [
    "a.md~", ".a.md.swp", ".a.md.swx", "4913", "#a.md#", ".#a.md", "~$a.md", "a.md.tmp", "a.md.bak", "a.md.orig",
    ".goutputstream-AB12CD", "a.md___jb_tmp___", "a.txt", "a.markdown", "md", ".md", ".hidden/a.md", ".git/x/a.md",
    "dumps/a.md", "dumps/2026/a.md", "a.md.part", "sedXyZ12",
]  # fmt: skip


@pytest.mark.parametrize("name", NO_PAGES)
def test_temporary_files_of_editors_are_no_pages(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert not is_page(name)
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["a.md", "x/a.md", "x/dumps/a.md", "a.b.md", "Ä.md", "a (copy).md"])
def test_what_is_a_page(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert is_page(name)
    assert found(tmp_path) == [name]


def test_a_folder_named_like_a_page_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    write(tmp_path / "a.md" / "b.md")
    assert found(tmp_path) == ["a.md/b.md"]
    assert scan_paths(tmp_path, ["a.md"]).files == []


def test_a_missing_folder_has_no_pages(tmp_path: Path) -> None:
    assert found(tmp_path / "none") == []


def test_links_to_folders_are_followed_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path / "outside/far.md")
    write(tmp_path / "content/2026/near.md")
    (tmp_path / "content/2026/up").symlink_to(tmp_path / "content")
    (tmp_path / "content/2026/self").symlink_to(".")
    (tmp_path / "content/away").symlink_to(tmp_path / "outside")
    (tmp_path / "outside/back").symlink_to(tmp_path / "content")
    assert found(tmp_path / "content") == ["2026/near.md", "away/far.md"]


def test_a_page_that_is_also_linked_keeps_its_own_path(tmp_path: Path) -> None:
    write(tmp_path / "z/a.md")
    (tmp_path / "b").symlink_to("z")
    assert found(tmp_path) == ["z/a.md"]


def test_links_to_files_are_pages_and_broken_ones_are_not(tmp_path: Path) -> None:
    write(tmp_path / "shared.txt", "12345")
    (tmp_path / "a.md").symlink_to("shared.txt")
    (tmp_path / "b.md").symlink_to("gone.md")
    assert [(path, size) for path, size, *_ in scan(tmp_path).files] == [("a.md", 5)]


def test_a_file_name_that_is_not_utf_8_is_an_issue(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (tmp_path / name).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    seen = scan(tmp_path)
    assert seen.files == []
    assert [str(i) for i in seen.issues] == [
        "content/caf?.md: error[page-unreadable]: the name of the file is not UTF-8\n  hint: rename it"
    ]


def test_an_unreadable_folder_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "shut/a.md")
    write(tmp_path / "open/b.md")
    scandir = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    seen = scan(tmp_path)
    assert [path for path, *_ in seen.files] == ["open/b.md"]
    assert seen.unreadable_folders == ("shut/",)
    assert [(i.code, i.place.file, i.message) for i in seen.issues] == [
        ("page-unreadable", "content/shut/", "the folder cannot be read: Permission denied")
    ]


def test_scan_paths_equals_a_scan_of_these_paths(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "x/c.md", "dumps/d.md"):
        write(tmp_path / name)
    whole = sorted(scan(tmp_path).files)
    some = scan_paths(tmp_path, ["x/c.md", "a.md", "gone.md", "dumps/d.md"]).files
    assert sorted(some) == [stat for stat in whole if stat[0] != "b.md"]


def test_the_scan_works_without_folder_descriptors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "2026/b.md", "2026/03/c.md", "2026/03/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", "utf-8")
    found = scan(tmp_path)
    monkeypatch.setattr(os, "supports_fd", set())
    other = scan(tmp_path)
    assert sorted(found.files) == sorted(other.files)
    assert list(found.other_files) == list(other.other_files)
    assert len(found.files) == 3
