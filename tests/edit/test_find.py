"""Finding PAGE: by id, file, URL, or words of one headline."""

from pathlib import Path

import pytest

from digest.content.store.archive import Archive
from digest.edit import find_item
from digest.issues import Issue
from digest.model import Item
from tests.edit.site_folder import CONFIG, SiteFolder


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("n4", "n4"),
        ("2026/03/10/loom.md", "n4"),
        ("content/2026/03/10/loom.md", "n4"),
        ("https://post.example/news/2026/03/10/weaver-restores-a-loom-at-last/", "n4"),
        ("/news/2026/03/10/weaver-restores-a-loom-at-last/", "n4"),
        ("/2026/03/10/weaver-restores-a-loom-at-last", "n4"),
        ("2026/03/10/weaver-restores-a-loom-at-last/", "n4"),
        ("https://post.example/news/2026/03/10/#n4", "n4"),
        ("loom", "n4"),
        ("LOOM: “at last”", "n4"),
        ("loom weaver", "n4"),
        ("ferry sinks", "n1"),
        ("Divers reach ferry off Palawan", "n2"),
        ("Who owns the ferries", "n5"),
    ],
)
def test_a_page_is_found(newsroom: SiteFolder, archive: Archive, page: str, found: str) -> None:
    item = find_item(archive, newsroom.site, CONFIG, page)
    assert isinstance(item, Item)
    assert item.id == found


def test_a_file_is_found_relative_to_the_working_directory(
    newsroom: SiteFolder, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom.site / "content" / "opinion")
    for page in ("ferries.md", "../opinion/ferries.md", str(Path("ferries.md").resolve())):
        item = find_item(archive, newsroom.site, CONFIG, page)
        assert isinstance(item, Item)
        assert item.id == "n5"


def test_words_of_several_headlines_list_the_candidates(newsroom: SiteFolder, archive: Archive) -> None:
    problem = find_item(archive, newsroom.site, CONFIG, "Palawan")
    assert isinstance(problem, Issue)
    assert problem.code == "page-ambiguous"
    assert all(name in problem.message for name in ("n1", "n2", "n3", "3 pages"))


@pytest.mark.parametrize(
    "page", ["glacier", "/2026/03/10/none/", "/2026/02/30/loom/", "2026/03/10/none.md", "", "../.."]
)
def test_unknown_pages_are_not_found(newsroom: SiteFolder, archive: Archive, page: str) -> None:
    problem = find_item(archive, newsroom.site, CONFIG, page)
    assert isinstance(problem, Issue)
    assert problem.code == "page-not-found"


def test_a_similar_headline_is_suggested(newsroom: SiteFolder, archive: Archive) -> None:
    problem = find_item(archive, newsroom.site, CONFIG, "Weaver restores a lom: at last")
    assert isinstance(problem, Issue)
    assert "n4" in problem.hint
