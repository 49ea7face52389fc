"""Merging, splitting and pinning stories."""

from digest.content.rewrite import raw_fields
from digest.content.store.archive import Archive
from digest.edit import merge_stories, pin_story, split_story, undo
from tests.edit.site_folder import SiteFolder


def _stories(newsroom: SiteFolder) -> dict[str, str]:
    content = newsroom.site / "content"
    return {p.stem: str(raw_fields(p.read_text()).get("story", "")) for p in sorted(content.rglob("*.md"))}


def test_merge_and_split(newsroom: SiteFolder, archive: Archive) -> None:
    before = _stories(newsroom)
    assert merge_stories(newsroom.site, archive, "owners", "ferry") == ()
    assert set(_stories(newsroom).values()) == {"owners", "loom"}
    undo(newsroom.site)
    assert _stories(newsroom) == before


def test_merging_a_missing_story_is_an_issue(newsroom: SiteFolder, archive: Archive) -> None:
    before = _stories(newsroom)
    for pair in (("ferry", "none"), ("none", "ferry")):
        assert [issue.code for issue in merge_stories(newsroom.site, archive, *pair)] == ["page-not-found"]
    assert _stories(newsroom) == before


def test_split_moves_all_versions_of_an_entry(newsroom: SiteFolder, archive: Archive) -> None:
    item = archive.by_id("n2")
    assert item
    assert split_story(newsroom.site, archive, [item]) == ()
    stories = _stories(newsroom)
    assert stories["ferry"] == "ferry"
    assert stories["ferry-2"] == stories["divers"] not in {"ferry", "loom", "owners"}


def test_a_new_story_gets_an_unused_slug(newsroom: SiteFolder, archive: Archive) -> None:
    item = archive.by_id("n2")
    assert item
    split_story(newsroom.site, archive, [item])
    first = _stories(newsroom)["ferry-2"]
    newsroom.page("2026/03/12/other.md", id="n9", title="Other", story=first)
    undo(newsroom.site)
    archive.refresh()
    split_story(newsroom.site, archive, [item])
    assert _stories(newsroom)["ferry-2"] == f"{first}-2"


def test_pin_writes_an_inferred_story(newsroom: SiteFolder, archive: Archive) -> None:
    newsroom.page("2026/03/12/own.md", id="n8", title="Our own")
    archive.refresh()
    item = archive.by_id("n8")
    assert item
    assert pin_story(newsroom.site, [item]) == ()
    assert _stories(newsroom)["own"] == "n8"
