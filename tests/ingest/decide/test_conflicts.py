"""What the wire still offers, and decisions on it."""

import pytest

from digest.content.rewrite import fields_in, parts_of
from digest.ingest import ConflictResolution, find_conflicts
from tests.ingest.desk import Desk, article, briefs

HEADLINE = "Weaver in Oaxaca restores a loom of 1780"
PAGE = "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"
BODY = ("It stood in a barn for 90 years.", "Of 212 parts, 40 were missing.", "She hopes to weave a shawl by spring.")
NEWER = (BODY[0], "Of 212 parts, 38 were missing.", "She hopes to weave a shawl by summer.")


@pytest.fixture
def disputed(desk: Desk) -> Desk:
    """A site with a page whose second paragraph both an editor and the wire have changed."""
    desk.take(desk.dump("2026-03-10-nw.txt", article(HEADLINE, *BODY)))
    desk.edit(PAGE, BODY[1], "Some parts were missing.")
    desk.take(desk.dump("2026-03-11-nw.txt", article(HEADLINE, *NEWER)))
    return desk


def test_an_offer_stands_until_somebody_decides(disputed: Desk) -> None:
    for _ in range(2):
        assert [issue.code for issue in find_conflicts(disputed.site, [PAGE])] == ["merge-conflict"]
    before = disputed.files()
    assert disputed.take("2026-03-11-nw.txt").written == ()
    assert disputed.files() == before


def test_a_page_that_nobody_has_touched_has_no_offer(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(HEADLINE, *BODY) + briefs("Glacier above Huaraz shrinks")))
    assert list(find_conflicts(desk.site, desk.pages())) == []


def test_the_wires_text_may_be_taken(disputed: Desk) -> None:
    report = disputed.take(resolutions=(ConflictResolution(side="wire", page=PAGE),))
    assert report.issues == ()
    assert report.written == (f"content/{PAGE}",)
    assert parts_of(disputed.pages()[PAGE]).body.split("\n\n") == ["\n" + NEWER[0], NEWER[1], NEWER[2] + "\n"]
    assert list(find_conflicts(disputed.site, [PAGE])) == []


def test_or_the_editors_for_good(disputed: Desk) -> None:
    body = parts_of(disputed.pages()[PAGE]).body
    disputed.take(resolutions=(ConflictResolution(side="ours", page=PAGE),))
    assert parts_of(disputed.pages()[PAGE]).body == body
    assert list(find_conflicts(disputed.site, [PAGE])) == []
    report = disputed.take(disputed.dump("2026-03-12-nw.txt", article(HEADLINE, *NEWER)))
    assert report.issues == ()
    assert parts_of(disputed.pages()[PAGE]).body == body


def test_a_decision_may_come_with_the_dump(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10-nw.txt", article(HEADLINE, *BODY)))
    desk.edit(PAGE, BODY[1], "Some parts were missing.")
    dump = desk.dump("2026-03-11-nw.txt", article(HEADLINE, *NEWER))
    desk.take(dump, resolutions=(ConflictResolution(side="wire", page=PAGE),))
    assert NEWER[1] in desk.pages()[PAGE]


def test_a_decision_in_a_dry_run_changes_nothing(disputed: Desk) -> None:
    before = disputed.files()
    report = disputed.take(resolutions=(ConflictResolution(side="wire", page=PAGE),), dry_run=True)
    assert report.written == (f"content/{PAGE}",)
    assert disputed.files() == before


def test_a_title_is_offered_and_taken_without_its_address(desk: Desk) -> None:
    desk.say("2026-03-10T0600-nw.txt", "Bus crash near Cusco kills 5, injures 24")
    [page] = desk.pages()
    desk.edit(page, "title: Bus crash near Cusco kills 5, injures 24\n", "title: A bus falls into a gorge\n")
    newer = "Bus crash near Cusco kills 5, injures 24!"
    desk.take(
        desk.dump("2026-03-10T1200-nw.txt", article(newer, *BODY)),
        resolutions=(ConflictResolution(side="wire", page=page),),
    )
    fields = fields_in(desk.pages()[page])
    assert fields["title"] == newer
    assert fields["slug"] == "a-bus-falls-into-a-gorge"


def test_what_cannot_be_decided_is_said(disputed: Desk) -> None:
    (disputed.content / "own.md").write_text("---\ntitle: Our own\ndate: 2026-03-10\n---\n")
    (disputed.content / "bad.md").write_text("no page\n")
    takes = [ConflictResolution(side="wire", page=page) for page in ("own.md", "bad.md", "none.md")]
    report = disputed.take(resolutions=tuple(takes))
    assert sorted(issue.code for issue in report.issues) == ["dump-missing", "page-not-found", "page-unreadable"]
    assert report.written == ()


def test_a_dump_that_is_gone_offers_nothing(disputed: Desk) -> None:
    for dump in (disputed.content / "dumps").iterdir():
        dump.unlink()
    assert list(find_conflicts(disputed.site, [PAGE])) == []


def test_nothing_is_offered_where_only_the_editor_changed_an_article_of_takes(desk: Desk) -> None:
    head = "The ferry and the reef"
    desk.take(desk.dump("2026-03-10-nw.txt", article(f"{head} =2", "Then the reef.") + article(head, "It began.")))
    page = "2026/03/10/the-ferry-and-the-reef.md"
    assert "It began.\n\nThen the reef." in desk.pages()[page]
    desk.edit(page, "It began.", "It began at dawn.")
    assert list(find_conflicts(desk.site, [page])) == []
    desk.take(resolutions=(ConflictResolution(side="wire", page=page),))
    assert "It began at dawn.\n\nThen the reef." in desk.pages()[page]


def test_what_a_correction_took_back_is_not_offered(desk: Desk) -> None:
    desk.take(desk.dump("2026-03-10T0600-nw.txt", article("Owner fined over ferry grounding", "He was fined.")))
    said = article("CORRECTED-Captain fined over ferry grounding (corrects who)", "He was fined.")
    desk.take(desk.dump("2026-03-10T0900-nw.txt", said))
    page = "2026/03/10/owner-fined-over-ferry-grounding.md"
    desk.edit(page, "title: Captain fined over ferry grounding", "title: Captain fined")
    desk.take(desk.dump("2026-03-11-nw.txt", article("Owner fined over ferry grounding", "He was fined.")))
    assert list(find_conflicts(desk.site, [page])) == []
    assert "title: Captain fined\n" in desk.pages()[page]
