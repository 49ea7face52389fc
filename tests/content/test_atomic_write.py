"""Atomic writes: whole files, permissions and links."""

from pathlib import Path

from digest.content.atomic_write import replace_file


def test_a_new_file_and_its_folders_are_made(tmp_path: Path) -> None:
    replace_file(tmp_path / "a" / "b" / "c.md", b"text")
    assert (tmp_path / "a" / "b" / "c.md").read_bytes() == b"text"
    assert [p.name for p in (tmp_path / "a" / "b").iterdir()] == ["c.md"]


def test_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o600)
    replace_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_symbolic_link_stays(tmp_path: Path) -> None:
    (tmp_path / "target.md").write_bytes(b"old")
    link = tmp_path / "link.md"
    link.symlink_to("target.md")
    replace_file(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "target.md").read_bytes() == b"new"
