"""Which headline is which item: the rules of an import, seen from outside."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.ingest import ImportReport, Outcome
from tests.ingest.desk import Desk, article, briefs

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


def _outcomes_however_taken(desk: Desk, one_by_one: Desk, dumps: Mapping[str, str]) -> dict[Outcome, int]:
    """What became of the items of dumps; the pages are the same whether these are taken at once or one by one."""
    for name, text in dumps.items():
        desk.dump(name, text)
        one_by_one.take(one_by_one.dump(name, text))
    report = desk.take(*dumps)
    assert desk.files() == one_by_one.files()
    return _outcomes(report)


def _codes(report: ImportReport) -> list[str]:
    return [issue.code for issue in report.issues]


def test_a_headline_becomes_a_page_with_all_that_import_knows(desk: Desk) -> None:
    report = desk.say("2026-03-10T0610-nw-utc.txt", LOOM)
    page = "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"
    assert report.written == (f"content/{page}", "content/dumps/2026-03-10T0610-nw-utc.txt")
    fields = desk.fields(page)
    assert list(fields) == ["id", "title", "date", "regions", "categories", "story", "source", "wire"]
    assert fields["title"] == LOOM
    assert fields["date"] == "2026-03-10"
    assert fields["source"] == "NW-UTC"
    assert list(fields["wire"]["seals"]) == [name for name in fields if name != "wire"]
    assert fields["wire"]["seen"] == "2026-03-10T06:10"
    assert fields["wire"]["lines"] == "1-2"


def test_an_article_has_its_byline_and_one_seal_for_each_paragraph(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10.txt", article(FERRY, BODY[0], "- At sea -", *BODY[1:])))
    [(page, text)] = desk.pages().items()
    assert desk.fields(page)["byline"] == "O. Salim"
    assert desk.fields(page)["source"] == "NW-UTC"
    assert len(desk.fields(page)["wire"]["seals"]["body"].split()) == 4
    assert text.endswith("---\n\n" + "\n\n".join((BODY[0], "## At sea", *BODY[1:])) + "\n")


def test_within_three_days_an_equal_headline_is_one_item_across_sources(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FERRY)
    report = desk.say("2026-03-13-mdl.txt", FERRY.upper() + ".")
    assert _outcomes(report) == {Outcome.SEEN: 1}
    [page] = desk.pages()
    assert desk.fields(page)["source"] == ["NW", "MDL"]
    assert desk.fields(page)["wire"]["also"] == ["2026-03-13-mdl.txt"]
    assert desk.fields(page)["title"] == FERRY


def test_later_it_is_a_new_item(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FERRY)
    report = desk.say("2026-03-14-nw.txt", FERRY)
    assert report.count(Outcome.SEEN) == 0
    first, second = desk.pages()
    assert desk.fields(first)["id"] != desk.fields(second)["id"]
    assert "version_of" not in desk.fields(second)


def test_the_days_of_a_headline_are_the_publishers_choice(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "[import]\nsame_headline_days = 1\n")
    desk.say("2026-03-10-nw.txt", FERRY)
    assert _outcomes(desk.say("2026-03-11-nw.txt", FERRY)) == {Outcome.SEEN: 1}
    assert desk.say("2026-03-13-nw.txt", FERRY).count(Outcome.SEEN) == 0


def test_a_recurring_headline_is_new_every_day_and_once_a_day(tmp_path: Path) -> None:
    desk = Desk(tmp_path, '[import]\nrecurring = ["Stocks in …"]\n')
    desk.say("2026-03-10T0600-nw.txt", "Stocks in Asia at the close")
    assert _outcomes(desk.say("2026-03-10T1800-nw.txt", "Stocks in Asia at the close")) == {Outcome.SEEN: 1}
    report = desk.say("2026-03-11T0600-nw.txt", "Stocks in Asia at the close")
    assert report.count(Outcome.NEW) + report.count(Outcome.FOLLOW_UP) == 1
    assert len(desk.pages()) == 2
    assert not any("version_of" in desk.fields(page) for page in desk.pages())


def test_a_headline_twice_in_one_dump_is_one_item(desk: Desk) -> None:
    report = desk.say("2026-03-10-nw.txt", *[FERRY] * 500)
    assert _outcomes(report) == {Outcome.NEW: 1, Outcome.SEEN: 499}
    [page] = desk.pages()
    assert "also" not in desk.fields(page)["wire"]


def test_an_article_turns_the_page_of_its_brief_into_the_article(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FERRY)
    before = desk.fields(*desk.pages())
    report = desk.take(desk.dump("2026-03-11-nw.txt", article(FERRY, *BODY, byline="M.Iyer--MDL")))
    assert _outcomes(report) == {Outcome.ARTICLE: 1}
    [(page, text)] = desk.pages().items()
    fields = desk.fields(page)
    assert fields["id"] == before["id"]
    assert fields["byline"] == "M. Iyer"
    assert fields["source"] == ["NW", "MDL"]
    assert fields["updated"] == "2026-03-11"
    assert fields["wire"]["dump"] == "2026-03-10-nw.txt"
    assert text.endswith("\n\n".join(BODY) + "\n")


def test_a_brief_for_the_headline_of_an_article_changes_nothing_but_its_sightings(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(FERRY, *BODY) + briefs(FERRY)))
    [(page, text)] = desk.pages().items()
    report = desk.say("2026-03-11-nw-utc.txt", FERRY)
    assert _outcomes(report) == {Outcome.SEEN: 1}
    assert parts_without_wire(desk.pages()[page]) == parts_without_wire(text)


def parts_without_wire(text: str) -> list[str]:
    """The lines of a page but for the one that import keeps for itself."""
    return [line for line in text.splitlines() if not line.startswith("wire:")]


def test_a_version_is_a_file_of_its_own(desk: Desk) -> None:
    desk.say("2026-03-10T0600-nw.txt", FERRY)
    [root] = desk.pages()
    report = desk.say("2026-03-10T1200-nw.txt", NEWER)
    assert _outcomes(report) == {Outcome.VERSION: 1}
    [version] = set(desk.pages()) - {root}
    assert desk.fields(version)["version_of"] == desk.fields(root)["id"]
    assert desk.fields(version)["story"] == desk.fields(root)["story"]


def test_an_article_for_a_version_of_a_brief_turns_that_page_into_the_article(desk: Desk) -> None:
    desk.say("2026-03-10T0600-nw.txt", FERRY)
    [page] = desk.pages()
    before = desk.fields(page)
    report = desk.take(desk.dump("2026-03-10T1200-nw.txt", article(NEWER, *BODY)))
    assert _outcomes(report) == {Outcome.ARTICLE: 1}
    assert list(desk.pages()) == [page]
    after = desk.fields(page)
    assert after["id"] == before["id"]
    assert after["title"] == NEWER
    assert after["slug"] == "ferry-sinks-off-palawan-3-dead"
    for headline in (FERRY, NEWER):
        assert _outcomes(desk.say(f"2026-03-10T13{len(headline)}-nw.txt", headline)) == {Outcome.SEEN: 1}
        (desk.tray / f"2026-03-10T13{len(headline)}-nw.txt").unlink()
    assert list(desk.pages()) == [page]


def test_threading_knows_the_new_title_of_a_page_whether_it_was_given_in_this_import_or_before(
    desk: Desk, tmp_path: Path
) -> None:
    talks = "Chad and Sudan open second day of border talks in Faya"
    dumps = {
        "2026-03-10T0600-nw.txt": briefs(talks.replace("open", "to open").removesuffix(" in Faya")),
        "2026-03-10T1200-nw.txt": article(talks, *BODY),
        "2026-03-10T1800-nw.txt": briefs("Faya border talks end without a text"),
    }
    assert _outcomes_however_taken(desk, Desk(tmp_path / "other"), dumps) == {
        Outcome.NEW: 1,
        Outcome.ARTICLE: 1,
        Outcome.FOLLOW_UP: 1,
    }


def test_the_labels_of_a_version_are_those_an_editor_gave_its_entry(desk: Desk) -> None:
    desk.say("2026-03-10T0600-nw.txt", FERRY)
    [root] = desk.pages()
    regions = next(line for line in desk.pages()[root].splitlines() if line.startswith("regions:"))
    desk.edit(root, regions, "regions: [world, africa]")
    desk.say("2026-03-10T1200-nw.txt", NEWER)
    [version] = set(desk.pages()) - {root}
    assert desk.fields(version)["regions"] == ["world", "africa"]


def test_the_labels_of_a_version_are_those_its_entry_got_with_its_body_in_this_import_or_before(
    desk: Desk, tmp_path: Path
) -> None:
    body = (
        "The parliament of Kenya in Nairobi voted on a new budget for ministers and courts on Monday.",
        "Members of parliament from Kenya and Uganda had asked the government for an election before the vote.",
    )
    dumps = {
        "2026-03-10T0600-nw.txt": briefs(FERRY),
        "2026-03-10T1200-nw.txt": article(FERRY, *body),
        "2026-03-10T1800-nw.txt": briefs(NEWER),
    }
    assert _outcomes_however_taken(desk, Desk(tmp_path / "other"), dumps) == {
        Outcome.NEW: 1,
        Outcome.ARTICLE: 1,
        Outcome.VERSION: 1,
    }


OTHER = (
    "Two thousand people sang in the square until the lamps went out over the old town.",
    "Nobody could say who had begun, and nobody wanted to be the one to end it.",
)


def test_two_articles_with_one_headline_and_different_bodies_are_both_kept(desk: Desk) -> None:
    both = article(FERRY, *BODY) + article(FERRY, *OTHER, byline="M.Iyer--MDL")
    report = desk.take(desk.dump("2026-03-10-nw.txt", both))
    assert _codes(report) == ["headline-bodies"]
    one, two = desk.pages()
    assert desk.fields(one)["id"] != desk.fields(two)["id"]
    assert {one, two} == {f"2026/03/10/ferry-sinks-off-palawan-3-dead{n}.md" for n in ("", "-2")}
    again = desk.take(desk.dump("2026-03-11-nw.txt", both))
    assert _outcomes(again) == {Outcome.SEEN: 2}
    assert len(desk.pages()) == 2


def test_one_of_two_articles_that_an_editor_removed_is_not_made_again(desk: Desk) -> None:
    both = article(FERRY, *BODY) + article(FERRY, *OTHER, byline="M.Iyer--MDL")
    desk.take(desk.dump("2026-03-10-nw.txt", both))
    (desk.content / "2026/03/10/ferry-sinks-off-palawan-3-dead-2.md").unlink()
    again = desk.take(desk.dump("2026-03-11-nw.txt", both))
    assert _outcomes(again) == {Outcome.SEEN: 1, Outcome.REMOVED: 1}
    assert len(desk.pages()) == 1


def test_an_article_that_comes_again_with_a_changed_paragraph_updates_its_page(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(FERRY, *BODY)))
    changed = (BODY[0], BODY[1], "The owner of the ferry could not be reached.", "An inquiry was opened.")
    report = desk.take(desk.dump("2026-03-11-nw.txt", article(FERRY, *changed)))
    assert _outcomes(report) == {Outcome.UPDATED: 1}
    [(page, text)] = desk.pages().items()
    assert text.endswith("\n\n".join(changed) + "\n")
    assert desk.fields(page)["updated"] == "2026-03-11"


def test_two_items_of_a_day_with_one_slug_get_two_addresses(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", "Storm: Lima closes port", "Storm, Lima closes port?")
    assert [p.rpartition("/")[2] for p in desk.pages()] == ["storm-lima-closes-port-2.md", "storm-lima-closes-port.md"]
    [second] = [p for p in desk.pages() if p.endswith("-2.md")]
    assert desk.fields(second)["slug"] == "storm-lima-closes-port-2"


def test_a_headline_of_signs_alone_is_known_by_its_id(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", "?!")
    [page] = desk.pages()
    assert page == f"2026/03/10/{desk.fields(page)['id']}.md"


def test_an_address_that_an_editors_page_has_is_not_taken(desk: Desk) -> None:
    page = desk.content / "features" / "loom.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A loom\ndate: 2026-03-10\nslug: weaver-in-oaxaca-restores-a-loom-of-1780\n---\n")
    desk.say("2026-03-10-nw.txt", LOOM)
    assert "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780-2.md" in desk.pages()


def test_a_page_that_cannot_be_read_is_not_overwritten(desk: Desk) -> None:
    page = desk.content / "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"
    page.parent.mkdir(parents=True)
    page.write_text("no front matter\n")
    desk.say("2026-03-10-nw.txt", LOOM)
    assert page.read_text() == "no front matter\n"
    assert len(desk.pages()) == 2


def test_what_an_editor_removed_is_not_made_again(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", FERRY, LOOM)
    [loom] = [p for p in desk.pages() if "loom" in p]
    (desk.content / loom).unlink()
    report = desk.say("2026-03-12-mdl.txt", LOOM, VOTE)
    assert _outcomes(report) == {Outcome.NEW: 1, Outcome.REMOVED: 1}
    assert not any("loom" in page for page in desk.pages())


def test_what_was_removed_may_come_again_after_the_window(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    (desk.content / "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md").unlink()
    assert _outcomes(desk.say("2026-03-15-nw.txt", LOOM)) == {Outcome.NEW: 1}


def test_a_sighting_that_belonged_to_an_older_page_is_no_removal(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    desk.say("2026-03-13-nw.txt", LOOM)
    assert desk.say("2026-03-14-nw.txt", LOOM).count(Outcome.REMOVED) == 0
    assert len(desk.pages()) == 2


def test_a_page_that_an_editor_moved_is_not_a_page_that_is_gone(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    [page] = desk.pages()
    (desk.content / "arts").mkdir()
    (desk.content / page).rename(desk.content / "arts" / "loom.md")
    assert _outcomes(desk.say("2026-03-11-nw.txt", LOOM)) == {Outcome.SEEN: 1}
    assert list(desk.pages()) == ["arts/loom.md"]


def test_an_editors_title_survives_and_the_headline_is_still_known(desk: Desk) -> None:
    desk.say("2026-03-10-nw.txt", LOOM)
    [page] = desk.pages()
    desk.edit(page, f"title: {LOOM}", "title: 'A loom of 1780 weaves again'  # better")
    report = desk.say("2026-03-11-nw.txt", LOOM)
    assert _outcomes(report) == {Outcome.SEEN: 1}
    assert "title: 'A loom of 1780 weaves again'  # better\n" in desk.pages()[page]


def test_where_both_changed_a_paragraph_the_editors_stays_and_the_wires_is_offered(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(FERRY, *BODY)))
    [page] = desk.pages()
    desk.edit(page, BODY[2], "The owner would say nothing.")
    changed = article(FERRY, "Before dawn the ferry struck a reef.", BODY[1], "The owner could not be reached.")
    report = desk.take(desk.dump("2026-03-11-nw.txt", changed))
    assert _codes(report) == ["merge-conflict"]
    text = desk.pages()[page]
    assert "The owner would say nothing." in text
    assert "Before dawn the ferry struck a reef." in text
    assert "could not be reached" not in text


@pytest.mark.parametrize("status", ["killed", "hold"])
def test_what_an_editor_decided_about_a_page_stays(desk: Desk, status: str) -> None:
    desk.say("2026-03-10-nw.txt", FERRY)
    [page] = desk.pages()
    desk.edit(page, "\nwire:", f"\nstatus: {status}\nwire:")
    desk.take(desk.dump("2026-03-11-nw.txt", article(FERRY, *BODY)))
    assert desk.fields(page)["status"] == status
