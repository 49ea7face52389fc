"""Paths that the desk may write."""

from pathlib import Path

import pytest

from digest.edit import Edit, check_allowed
from digest.issues import Issue
from tests.edit.site_folder import SiteFolder

TEXT = "---\ntitle: A\n---\n"


@pytest.mark.parametrize("page", ["a.md", "2026/03/10/a.md", "inner/linked.md", "new/folder/a.md"])
def test_pages_are_allowed(newsroom: SiteFolder, page: str) -> None:
    newsroom.put("real/linked.md", TEXT)
    (newsroom.site / "content/inner").symlink_to(newsroom.site / "content/real")
    edit = Edit(page=page, text=TEXT)
    assert check_allowed(newsroom.site, edit) is edit


@pytest.mark.parametrize(
    "page",
    [
        "../digest.toml", "../output/index.html", "../../outside.md", "x.txt", ".hidden.md",
        ".git/a.md", "dumps/a.md", "dumps/2026.txt", "out/a.md", "leak.md", "ring.md", "a\0.md",
    ],
)  # fmt: skip
def test_other_files_are_rejected(newsroom: SiteFolder, page: str) -> None:
    outside = newsroom.site.parent / "outside"
    outside.mkdir()
    content = newsroom.site / "content"
    (content / "out").symlink_to(outside)
    (content / "leak.md").symlink_to(outside / "leak.md")
    (content / "ring.md").symlink_to(content / "ring.md")
    (newsroom.site / "output").mkdir()
    found = check_allowed(newsroom.site, Edit(page=page, text=TEXT))
    assert isinstance(found, Issue)
    assert found.code == "page-outside"


@pytest.mark.parametrize(("folder", "page", "may"), [
    ("", "digest.toml", True), ("", "pyproject.toml", False), ("", "../digest.toml", False),
    ("themes", "a.md", False), (".digest", "digest.toml", False),
])  # fmt: skip
def test_in_the_site_folder_only_digest_toml_is_allowed(
    newsroom: SiteFolder, folder: str, page: str, may: bool
) -> None:
    (newsroom.site / "digest.toml").write_text("")
    found = check_allowed(newsroom.site, Edit(page=page, folder=folder, text=""))
    assert isinstance(found, Edit) == may


def test_a_content_folder_may_be_a_link(newsroom: SiteFolder, tmp_path: Path) -> None:
    (newsroom.site / "content").rename(tmp_path / "elsewhere")
    (newsroom.site / "content").symlink_to(tmp_path / "elsewhere")
    assert isinstance(check_allowed(newsroom.site, Edit(page="a.md", text=TEXT)), Edit)
