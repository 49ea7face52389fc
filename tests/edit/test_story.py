"""Stories put together, taken apart and pinned by hand."""

from digest.content.rewrite import raw_fields
from digest.content.store.archive import Archive
from digest.edit import merge_stories, pin_story, split_story, undo
from tests.edit.shelf import Shelf


def _stories(shelf: Shelf) -> dict[str, str]:
    content = shelf.site / "content"
    return {p.stem: str(raw_fields(p.read_text()).get("story", "")) for p in sorted(content.rglob("*.md"))}


def test_two_stories_become_one_and_two_again(shelf: Shelf, archive: Archive) -> None:
    before = _stories(shelf)
    assert merge_stories(shelf.site, archive, "owners", "ferry") == ()
    assert set(_stories(shelf).values()) == {"owners", "loom"}
    undo(shelf.site)
    assert _stories(shelf) == before


def test_a_story_that_is_not_there_is_not_merged(shelf: Shelf, archive: Archive) -> None:
    before = _stories(shelf)
    for pair in (("ferry", "none"), ("none", "ferry")):
        assert [issue.code for issue in merge_stories(shelf.site, archive, *pair)] == ["page-not-found"]
    assert _stories(shelf) == before


def test_an_entry_leaves_its_story_with_all_its_versions(shelf: Shelf, archive: Archive) -> None:
    item = archive.by_id("n2")
    assert item
    assert split_story(shelf.site, archive, [item]) == ()
    stories = _stories(shelf)
    assert stories["ferry"] == "ferry"
    assert stories["ferry-2"] == stories["divers"] not in {"ferry", "loom", "owners"}


def test_a_new_story_takes_no_name_that_another_has(shelf: Shelf, archive: Archive) -> None:
    item = archive.by_id("n2")
    assert item
    split_story(shelf.site, archive, [item])
    first = _stories(shelf)["ferry-2"]
    shelf.page("2026/03/12/other.md", id="n9", title="Other", story=first)
    undo(shelf.site)
    archive.refresh()
    split_story(shelf.site, archive, [item])
    assert _stories(shelf)["ferry-2"] == f"{first}-2"


def test_a_story_that_was_only_inferred_is_written_down(shelf: Shelf, archive: Archive) -> None:
    shelf.page("2026/03/12/own.md", id="n8", title="Our own")
    archive.refresh()
    item = archive.by_id("n8")
    assert item
    assert pin_story(shelf.site, [item]) == ()
    assert _stories(shelf)["own"] == "n8"
