"""What the build would infer is written into hand-made pages, and nothing else changes."""

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


def test_what_is_written_already_stays(newsroom: SiteFolder) -> None:
    newsroom.put("2026/03/10/x.md", "---\ntitle: A\ncategories: [health]\nslug: b\n---\n")
    adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    fields = raw_fields(newsroom.text("2026/03/10/x.md"))
    assert (fields["categories"], fields["slug"]) == (["health"], "b")


def test_a_second_time_there_is_nothing_to_write(newsroom: SiteFolder) -> None:
    newsroom.put("2026/03/10/x.md", "---\ntitle: A\n---\n")
    adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    before = newsroom.text("2026/03/10/x.md")
    assert adopt(newsroom.site, CONFIG, ["2026/03/10/x.md"], labeller, identify) == ((), ())
    assert newsroom.text("2026/03/10/x.md") == before


def test_one_page_with_an_error_and_nothing_is_written(newsroom: SiteFolder) -> None:
    good = newsroom.put("2026/03/10/x.md", "---\ntitle: A\n---\n")
    newsroom.put("2026/03/10/y.md", "---\ntitle: B\nregions: [atlantis]\n---\n")
    pages, issues = adopt(newsroom.site, CONFIG, ["2026/03/10/x.md", "2026/03/10/y.md", "none.md"], labeller, identify)
    assert pages == ()
    assert sorted(issue.code for issue in issues) == ["page-label-unknown", "page-unreadable"]
    assert newsroom.text("2026/03/10/x.md") == good
