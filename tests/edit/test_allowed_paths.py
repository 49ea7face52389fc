"""What may be written at all."""

from pathlib import Path

import pytest

from digest.edit import Edit, check_allowed
from digest.issues import Issue
from tests.edit.shelf import Shelf

TEXT = "---\ntitle: A\n---\n"


@pytest.mark.parametrize("page", ["a.md", "2026/03/10/a.md", "inner/linked.md", "new/folder/a.md"])
def test_pages_may(shelf: Shelf, page: str) -> None:
    shelf.put("real/linked.md", TEXT)
    (shelf.site / "content/inner").symlink_to(shelf.site / "content/real")
    edit = Edit(page=page, text=TEXT)
    assert check_allowed(shelf.site, edit) is edit


@pytest.mark.parametrize(
    "page",
    [
        "../digest.toml", "../output/index.html", "../../outside.md", "x.txt", ".hidden.md",
        ".git/a.md", "dumps/a.md", "dumps/2026.txt", "out/a.md", "leak.md", "ring.md", "a\0.md",
    ],
)  # fmt: skip
def test_nothing_else_may(shelf: Shelf, page: str) -> None:
    outside = shelf.site.parent / "outside"
    outside.mkdir()
    content = shelf.site / "content"
    (content / "out").symlink_to(outside)
    (content / "leak.md").symlink_to(outside / "leak.md")
    (content / "ring.md").symlink_to(content / "ring.md")
    (shelf.site / "output").mkdir()
    found = check_allowed(shelf.site, Edit(page=page, text=TEXT))
    assert isinstance(found, Issue)
    assert found.code == "page-outside"


@pytest.mark.parametrize(("folder", "page", "may"), [
    ("", "digest.toml", True), ("", "pyproject.toml", False), ("", "../digest.toml", False),
    ("themes", "a.md", False), (".digest", "digest.toml", False),
])  # fmt: skip
def test_of_the_site_only_its_settings_may(shelf: Shelf, folder: str, page: str, may: bool) -> None:
    (shelf.site / "digest.toml").write_text("")
    found = check_allowed(shelf.site, Edit(page=page, folder=folder, text=""))
    assert isinstance(found, Edit) == may


def test_a_content_folder_that_is_a_link_is_the_owners_choice(shelf: Shelf, tmp_path: Path) -> None:
    (shelf.site / "content").rename(tmp_path / "elsewhere")
    (shelf.site / "content").symlink_to(tmp_path / "elsewhere")
    assert isinstance(check_allowed(shelf.site, Edit(page="a.md", text=TEXT)), Edit)
