"""Headlines of any theme are mapped to their entries."""

import pytest

from digest.preview.desk import messages
from digest.preview.desk.locate import Headline
from tests.preview.desk.desk_site import DeskSite


@pytest.mark.parametrize(
    ("headline", "entry_id"),
    [
        (Headline("/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"), "n1"),
        (Headline("http://localhost:8000/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"), "n1"),
        (Headline("/news/2026/03/10/#n4"), "n4"),
        (Headline("", "n4", "Anything"), "n4"),
        (Headline("https://elsewhere.example/a?b=1", "", "Who owns"), "n5"),
        (Headline("", "", "weaver  restores a LOOM at last"), "n4"),
        (Headline("", "", "Divers reach ferry off Palawan, find 12"), "n2"),
        (Headline("/news/2026/03/10/", "", "The edition"), ""),
        (Headline("/news/region/europe/", "europe", "Europe"), ""),
        (Headline("/other/2026/03/10/ferry/", "", ""), ""),
        (Headline("/news/9999/99/99/ferry/", "", ""), ""),
        (Headline("", "", "A heading of the page"), ""),
    ],
)
def test_headlines_are_located_by_path_id_link_or_title(desk_site: DeskSite, headline: Headline, entry_id: str) -> None:
    response = desk_site.desk.locate(messages.LocateRequest("/news/", [headline]))
    assert [entry.id for entry in response.entries] == [entry_id]
    assert not entry_id or response.entries[0].digest == desk_site.state(entry_id).digest


def test_the_heading_of_an_item_page_is_its_entry(desk_site: DeskSite) -> None:
    page_path = "/news/2026/03/10/ferry-sinks-off-palawan-40-missing/"
    request = messages.LocateRequest(
        page_path, [Headline("", "", "Ferry sinks off Palawan, 40 missing"), Headline("", "", "Related")]
    )
    assert [entry.id for entry in desk_site.desk.locate(request).entries] == ["n1", ""]


def test_an_ambiguous_headline_is_not_located(desk_site: DeskSite) -> None:
    desk_site.put("2026/03/10/loom-2.md", "---\nid: n7\ntitle: Weaver restores a loom at last\n---\n")
    desk_site.build()
    request = messages.LocateRequest("/news/", [Headline("", "", "Weaver restores a loom at last")])
    assert [entry.id for entry in desk_site.desk.locate(request).entries] == [""]


def test_a_new_headline_is_located_after_the_build(desk_site: DeskSite) -> None:
    desk_site.put("2026/03/10/new.md", "---\nid: n8\ntitle: New\n---\n")
    request = messages.LocateRequest("/news/", [Headline("/news/2026/03/10/new/", "", "New")])
    assert desk_site.desk.locate(request).entries[0].id == ""
    desk_site.build()
    assert desk_site.desk.locate(request).entries[0].id == "n8"
