"""Adopt writes inferred fields into hand-made pages and changes nothing else."""

from digest.content.rewrite import raw_fields
from digest.edit import adopt
from tests.edit.site_folder import CONFIG, SiteFolder, identify, labeller


def test_a_title_is_enough(newsroom: SiteFolder) -> None:
    newsroom.put("2026/03/10/x.md", "---\n# by hand\ntitle: 'Harbour reopens'   # keep\n---\n\nIt did.\n")
    pages, issues = adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    assert (pages, issues) == (("2026/03/10/x.md",), ())
    text = newsroom.text("2026/03/10/x.md")
    assert text == (
        "---\n# by hand\nid: x15-10\ntitle: 'Harbour reopens'   # keep\nslug: harbour-reopens\ndate: 2026-03-10\n"
        "regions: [europe, africa]\ncategories: [sport]\nstory: x15-10\n---\n\nIt did.\n"
    )


def test_existing_fields_stay(newsroom: SiteFolder) -> None:
    newsroom.put("2026/03/10/x.md", "---\ntitle: A\ncategories: [health]\nslug: b\n---\n")
    adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    fields = raw_fields(newsroom.text("2026/03/10/x.md"))
    assert (fields["categories"], fields["slug"]) == (["health"], "b")


def test_a_second_adopt_writes_nothing(newsroom: SiteFolder) -> None:
    newsroom.put("2026/03/10/x.md", "---\ntitle: A\n---\n")
    adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    before = newsroom.text("2026/03/10/x.md")
    assert adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify) == ((), ())
    assert newsroom.text("2026/03/10/x.md") == before


def test_an_error_in_one_page_prevents_all_changes(newsroom: SiteFolder) -> None:
    good = newsroom.put("2026/03/10/x.md", "---\ntitle: A\n---\n")
    newsroom.put("2026/03/10/y.md", "---\ntitle: B\nregions: [atlantis]\n---\n")
    pages, issues = adopt(newsroom.site, CONFIG, ["2026/03/10/x.md", "2026/03/10/y.md", "none.md"], labeller, identify)
    assert pages == ()
    assert sorted(issue.code for issue in issues) == ["page-label-unknown", "page-unreadable"]
    assert newsroom.text("2026/03/10/x.md") == good
