"""Rules of an import: which items become new pages, versions, updates or sightings."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.ingest import ImportReport, Outcome
from tests.ingest.import_site import ImportSite, article, briefs

FERRY = "Ferry sinks off Palawan, 3 dead"
NEWER = "Ferry sinks off Palawan, 9 dead"
LOOM = "Weaver in Oaxaca restores a loom of 1780"
VOTE = "Senate in Lesotho rejects budget for a third time"
BODY = (
    "The ferry left the harbour at dawn and struck a reef an hour later, the coast guard said.",
    "All who were aboard were brought to the nearest island in fishing boats.",
    "The owner of the ferry said that its captain had sailed the route for twenty years.",
)


def _outcomes(report: ImportReport) -> dict[Outcome, int]:
    return {outcome: report.count(outcome) for outcome in Outcome if report.count(outcome)}


def _outcomes_in_any_batches(site: ImportSite, one_by_one: ImportSite, dumps: Mapping[str, str]) -> dict[Outcome, int]:
    """Return the outcomes of the items; assert that importing at once and one by one gives the same pages."""
    for name, text in dumps.items():
        site.write_dump(name, text)
        one_by_one.import_dumps(one_by_one.write_dump(name, text))
    report = site.import_dumps(*dumps)
    assert site.files() == one_by_one.files()
    return _outcomes(report)


def _codes(report: ImportReport) -> list[str]:
    return [issue.code for issue in report.issues]


def test_fields_of_the_page_of_a_brief(site: ImportSite) -> None:
    report = site.import_briefs("2026-03-10T0610-nw-utc.txt", LOOM)
    page = "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"
    assert report.written == (f"content/{page}", "content/dumps/2026-03-10T0610-nw-utc.txt")
    fields = site.fields(page)
    assert list(fields) == ["id", "title", "date", "regions", "categories", "story", "source", "wire"]
    assert fields["title"] == LOOM
    assert fields["date"] == "2026-03-10"
    assert fields["source"] == "NW-UTC"
    assert list(fields["wire"]["seals"]) == [name for name in fields if name != "wire"]
    assert fields["wire"]["seen"] == "2026-03-10T06:10"
    assert fields["wire"]["lines"] == "1-2"


def test_an_article_has_its_byline_and_one_seal_for_each_paragraph(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10.txt", article(FERRY, BODY[0], "- At sea -", *BODY[1:])))
    [(page, text)] = site.pages().items()
    assert site.fields(page)["byline"] == "O. Salim"
    assert site.fields(page)["source"] == "NW-UTC"
    assert len(site.fields(page)["wire"]["seals"]["body"].split()) == 4
    assert text.endswith("---\n\n" + "\n\n".join((BODY[0], "## At sea", *BODY[1:])) + "\n")


def test_an_equal_headline_within_three_days_is_one_item_across_sources(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    report = site.import_briefs("2026-03-13-mdl.txt", FERRY.upper() + ".")
    assert _outcomes(report) == {Outcome.SEEN: 1}
    [page] = site.pages()
    assert site.fields(page)["source"] == ["NW", "MDL"]
    assert site.fields(page)["wire"]["also"] == ["2026-03-13-mdl.txt"]
    assert site.fields(page)["title"] == FERRY


def test_an_equal_headline_after_the_window_is_a_new_item(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    report = site.import_briefs("2026-03-14-nw.txt", FERRY)
    assert report.count(Outcome.SEEN) == 0
    first, second = site.pages()
    assert site.fields(first)["id"] != site.fields(second)["id"]
    assert "version_of" not in site.fields(second)


def test_same_headline_days_is_configurable(tmp_path: Path) -> None:
    site = ImportSite(tmp_path, "[import]\nsame_headline_days = 1\n")
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    assert _outcomes(site.import_briefs("2026-03-11-nw.txt", FERRY)) == {Outcome.SEEN: 1}
    assert site.import_briefs("2026-03-13-nw.txt", FERRY).count(Outcome.SEEN) == 0


def test_a_recurring_headline_is_one_item_a_day(tmp_path: Path) -> None:
    site = ImportSite(tmp_path, '[import]\nrecurring = ["Stocks in …"]\n')
    site.import_briefs("2026-03-10T0600-nw.txt", "Stocks in Asia at the close")
    assert _outcomes(site.import_briefs("2026-03-10T1800-nw.txt", "Stocks in Asia at the close")) == {Outcome.SEEN: 1}
    report = site.import_briefs("2026-03-11T0600-nw.txt", "Stocks in Asia at the close")
    assert report.count(Outcome.NEW) + report.count(Outcome.FOLLOW_UP) == 1
    assert len(site.pages()) == 2
    assert not any("version_of" in site.fields(page) for page in site.pages())


def test_a_headline_twice_in_one_dump_is_one_item(site: ImportSite) -> None:
    report = site.import_briefs("2026-03-10-nw.txt", *[FERRY] * 500)
    assert _outcomes(report) == {Outcome.NEW: 1, Outcome.SEEN: 499}
    [page] = site.pages()
    assert "also" not in site.fields(page)["wire"]


def test_an_article_upgrades_the_page_of_its_brief(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    before = site.fields(*site.pages())
    report = site.import_dumps(site.write_dump("2026-03-11-nw.txt", article(FERRY, *BODY, byline="M.Iyer--MDL")))
    assert _outcomes(report) == {Outcome.ARTICLE: 1}
    [(page, text)] = site.pages().items()
    fields = site.fields(page)
    assert fields["id"] == before["id"]
    assert fields["byline"] == "M. Iyer"
    assert fields["source"] == ["NW", "MDL"]
    assert fields["updated"] == "2026-03-11"
    assert fields["wire"]["dump"] == "2026-03-10-nw.txt"
    assert text.endswith("\n\n".join(BODY) + "\n")


def test_a_brief_with_the_headline_of_an_article_only_adds_a_sighting(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(FERRY)))
    [(page, text)] = site.pages().items()
    report = site.import_briefs("2026-03-11-nw-utc.txt", FERRY)
    assert _outcomes(report) == {Outcome.SEEN: 1}
    assert parts_without_wire(site.pages()[page]) == parts_without_wire(text)


def parts_without_wire(text: str) -> list[str]:
    """Return the lines of a page without the field `wire`."""
    return [line for line in text.splitlines() if not line.startswith("wire:")]


def test_a_version_is_a_file_of_its_own(site: ImportSite) -> None:
    site.import_briefs("2026-03-10T0600-nw.txt", FERRY)
    [root] = site.pages()
    report = site.import_briefs("2026-03-10T1200-nw.txt", NEWER)
    assert _outcomes(report) == {Outcome.VERSION: 1}
    [version] = set(site.pages()) - {root}
    assert site.fields(version)["version_of"] == site.fields(root)["id"]
    assert site.fields(version)["story"] == site.fields(root)["story"]


def test_an_article_for_a_version_upgrades_the_page_of_the_brief(site: ImportSite) -> None:
    site.import_briefs("2026-03-10T0600-nw.txt", FERRY)
    [page] = site.pages()
    before = site.fields(page)
    report = site.import_dumps(site.write_dump("2026-03-10T1200-nw.txt", article(NEWER, *BODY)))
    assert _outcomes(report) == {Outcome.ARTICLE: 1}
    assert list(site.pages()) == [page]
    after = site.fields(page)
    assert after["id"] == before["id"]
    assert after["title"] == NEWER
    assert after["slug"] == "ferry-sinks-off-palawan-3-dead"
    for headline in (FERRY, NEWER):
        assert _outcomes(site.import_briefs(f"2026-03-10T13{len(headline)}-nw.txt", headline)) == {Outcome.SEEN: 1}
        (site.inbox / f"2026-03-10T13{len(headline)}-nw.txt").unlink()
    assert list(site.pages()) == [page]


def test_threading_uses_new_titles_of_this_and_of_earlier_imports(site: ImportSite, tmp_path: Path) -> None:
    talks = "Chad and Sudan open second day of border talks in Faya"
    dumps = {
        "2026-03-10T0600-nw.txt": briefs(talks.replace("open", "to open").removesuffix(" in Faya")),
        "2026-03-10T1200-nw.txt": article(talks, *BODY),
        "2026-03-10T1800-nw.txt": briefs("Faya border talks end without a text"),
    }
    assert _outcomes_in_any_batches(site, ImportSite(tmp_path / "other"), dumps) == {
        Outcome.NEW: 1,
        Outcome.ARTICLE: 1,
        Outcome.FOLLOW_UP: 1,
    }


def test_a_version_gets_the_labels_that_an_editor_gave_its_entry(site: ImportSite) -> None:
    site.import_briefs("2026-03-10T0600-nw.txt", FERRY)
    [root] = site.pages()
    regions = next(line for line in site.pages()[root].splitlines() if line.startswith("regions:"))
    site.edit(root, regions, "regions: [world, africa]")
    site.import_briefs("2026-03-10T1200-nw.txt", NEWER)
    [version] = set(site.pages()) - {root}
    assert site.fields(version)["regions"] == ["world", "africa"]


def test_a_version_gets_the_labels_of_its_upgraded_entry(site: ImportSite, tmp_path: Path) -> None:
    body = (
        "The parliament of Kenya in Nairobi voted on a new budget for ministers and courts on Monday.",
        "Members of parliament from Kenya and Uganda had asked the government for an election before the vote.",
    )
    dumps = {
        "2026-03-10T0600-nw.txt": briefs(FERRY),
        "2026-03-10T1200-nw.txt": article(FERRY, *body),
        "2026-03-10T1800-nw.txt": briefs(NEWER),
    }
    assert _outcomes_in_any_batches(site, ImportSite(tmp_path / "other"), dumps) == {
        Outcome.NEW: 1,
        Outcome.ARTICLE: 1,
        Outcome.VERSION: 1,
    }


OTHER = (
    "Two thousand people sang in the square until the lamps went out over the old town.",
    "Nobody could say who had begun, and nobody wanted to be the one to end it.",
)


def test_articles_with_one_headline_and_different_bodies_are_two_pages(site: ImportSite) -> None:
    both = article(FERRY, *BODY) + article(FERRY, *OTHER, byline="M.Iyer--MDL")
    report = site.import_dumps(site.write_dump("2026-03-10-nw.txt", both))
    assert _codes(report) == ["headline-bodies"]
    one, two = site.pages()
    assert site.fields(one)["id"] != site.fields(two)["id"]
    assert {one, two} == {f"2026/03/10/ferry-sinks-off-palawan-3-dead{n}.md" for n in ("", "-2")}
    again = site.import_dumps(site.write_dump("2026-03-11-nw.txt", both))
    assert _outcomes(again) == {Outcome.SEEN: 2}
    assert len(site.pages()) == 2


def test_a_removed_second_article_is_not_created_again(site: ImportSite) -> None:
    both = article(FERRY, *BODY) + article(FERRY, *OTHER, byline="M.Iyer--MDL")
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", both))
    (site.content / "2026/03/10/ferry-sinks-off-palawan-3-dead-2.md").unlink()
    again = site.import_dumps(site.write_dump("2026-03-11-nw.txt", both))
    assert _outcomes(again) == {Outcome.SEEN: 1, Outcome.REMOVED: 1}
    assert len(site.pages()) == 1


def test_an_article_with_a_changed_paragraph_updates_its_page(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(FERRY, *BODY)))
    changed = (BODY[0], BODY[1], "The owner of the ferry could not be reached.", "An inquiry was opened.")
    report = site.import_dumps(site.write_dump("2026-03-11-nw.txt", article(FERRY, *changed)))
    assert _outcomes(report) == {Outcome.UPDATED: 1}
    [(page, text)] = site.pages().items()
    assert text.endswith("\n\n".join(changed) + "\n")
    assert site.fields(page)["updated"] == "2026-03-11"


def test_items_of_a_day_with_one_slug_get_two_urls(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", "Storm: Lima closes port", "Storm, Lima closes port?")
    assert [p.rpartition("/")[2] for p in site.pages()] == ["storm-lima-closes-port-2.md", "storm-lima-closes-port.md"]
    [second] = [p for p in site.pages() if p.endswith("-2.md")]
    assert site.fields(second)["slug"] == "storm-lima-closes-port-2"


def test_a_headline_without_letters_gets_its_id_as_slug(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", "?!")
    [page] = site.pages()
    assert page == f"2026/03/10/{site.fields(page)['id']}.md"


def test_the_slug_of_an_editors_page_is_not_used_again(site: ImportSite) -> None:
    page = site.content / "features" / "loom.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A loom\ndate: 2026-03-10\nslug: weaver-in-oaxaca-restores-a-loom-of-1780\n---\n")
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    assert "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780-2.md" in site.pages()


def test_an_unreadable_page_is_not_overwritten(site: ImportSite) -> None:
    page = site.content / "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"
    page.parent.mkdir(parents=True)
    page.write_text("no front matter\n")
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    assert page.read_text() == "no front matter\n"
    assert len(site.pages()) == 2


def test_a_removed_page_is_not_created_again(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY, LOOM)
    [loom] = [p for p in site.pages() if "loom" in p]
    (site.content / loom).unlink()
    report = site.import_briefs("2026-03-12-mdl.txt", LOOM, VOTE)
    assert _outcomes(report) == {Outcome.NEW: 1, Outcome.REMOVED: 1}
    assert not any("loom" in page for page in site.pages())


def test_a_removed_page_may_be_created_again_after_the_window(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    (site.content / "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md").unlink()
    assert _outcomes(site.import_briefs("2026-03-15-nw.txt", LOOM)) == {Outcome.NEW: 1}


def test_a_sighting_of_an_older_page_is_no_removal(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    site.import_briefs("2026-03-13-nw.txt", LOOM)
    assert site.import_briefs("2026-03-14-nw.txt", LOOM).count(Outcome.REMOVED) == 0
    assert len(site.pages()) == 2


def test_a_moved_page_is_not_a_removed_page(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    [page] = site.pages()
    (site.content / "arts").mkdir()
    (site.content / page).rename(site.content / "arts" / "loom.md")
    assert _outcomes(site.import_briefs("2026-03-11-nw.txt", LOOM)) == {Outcome.SEEN: 1}
    assert list(site.pages()) == ["arts/loom.md"]


def test_an_editors_title_stays_and_the_headline_is_recognised(site: ImportSite) -> None:
    site.import_briefs("2026-03-10-nw.txt", LOOM)
    [page] = site.pages()
    site.edit(page, f"title: {LOOM}", "title: 'A loom of 1780 weaves again'  # better")
    report = site.import_briefs("2026-03-11-nw.txt", LOOM)
    assert _outcomes(report) == {Outcome.SEEN: 1}
    assert "title: 'A loom of 1780 weaves again'  # better\n" in site.pages()[page]


def test_an_edited_paragraph_stays_and_the_wires_is_offered(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(FERRY, *BODY)))
    [page] = site.pages()
    site.edit(page, BODY[2], "The owner would say nothing.")
    changed = article(FERRY, "Before dawn the ferry struck a reef.", BODY[1], "The owner could not be reached.")
    report = site.import_dumps(site.write_dump("2026-03-11-nw.txt", changed))
    assert _codes(report) == ["merge-conflict"]
    text = site.pages()[page]
    assert "The owner would say nothing." in text
    assert "Before dawn the ferry struck a reef." in text
    assert "could not be reached" not in text


@pytest.mark.parametrize("status", ["killed", "hold"])
def test_an_editors_status_stays(site: ImportSite, status: str) -> None:
    site.import_briefs("2026-03-10-nw.txt", FERRY)
    [page] = site.pages()
    site.edit(page, "\nwire:", f"\nstatus: {status}\nwire:")
    site.import_dumps(site.write_dump("2026-03-11-nw.txt", article(FERRY, *BODY)))
    assert site.fields(page)["status"] == status
