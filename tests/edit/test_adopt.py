"""What the build would infer is written into hand-made pages, and nothing else changes."""

from digest.content.rewrite import raw_fields
from digest.edit import adopt
from tests.edit.shelf import CONFIG, Shelf, identify, labeller


def test_a_title_is_enough(shelf: Shelf) -> None:
    shelf.put("2026/03/10/x.md", "---\n# by hand\ntitle: 'Harbour reopens'   # keep\n---\n\nIt did.\n")
    pages, issues = adopt(shelf.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    assert (pages, issues) == (("2026/03/10/x.md",), ())
    text = shelf.text("2026/03/10/x.md")
    assert text == (
        "---\n# by hand\nid: x15-10\ntitle: 'Harbour reopens'   # keep\nslug: harbour-reopens\ndate: 2026-03-10\n"
        "regions: [europe, africa]\ncategories: [sport]\nstory: x15-10\n---\n\nIt did.\n"
    )


def test_what_is_written_already_stays(shelf: Shelf) -> None:
    shelf.put("2026/03/10/x.md", "---\ntitle: A\ncategories: [health]\nslug: b\n---\n")
    adopt(shelf.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    fields = raw_fields(shelf.text("2026/03/10/x.md"))
    assert (fields["categories"], fields["slug"]) == (["health"], "b")


def test_a_second_time_there_is_nothing_to_write(shelf: Shelf) -> None:
    shelf.put("2026/03/10/x.md", "---\ntitle: A\n---\n")
    adopt(shelf.site, CONFIG, ["2026/03/10/x.md"], labeller, identify)
    before = shelf.text("2026/03/10/x.md")
    assert adopt(shelf.site, CONFIG, ["2026/03/10/x.md"], labeller, identify) == ((), ())
    assert shelf.text("2026/03/10/x.md") == before


def test_one_page_with_an_error_and_nothing_is_written(shelf: Shelf) -> None:
    good = shelf.put("2026/03/10/x.md", "---\ntitle: A\n---\n")
    shelf.put("2026/03/10/y.md", "---\ntitle: B\nregions: [atlantis]\n---\n")
    pages, issues = adopt(shelf.site, CONFIG, ["2026/03/10/x.md", "2026/03/10/y.md", "none.md"], labeller, identify)
    assert pages == ()
    assert sorted(issue.code for issue in issues) == ["page-label-unknown", "page-unreadable"]
    assert shelf.text("2026/03/10/x.md") == good
