"""Merge conflicts and their resolution."""

import pytest

from digest.content.rewrite import page_parts_of, raw_fields
from digest.ingest import ConflictResolution, find_conflicts
from tests.ingest.import_site import ImportSite, article, briefs

HEADLINE = "Weaver in Oaxaca restores a loom of 1780"
PAGE = "2026/03/10/weaver-in-oaxaca-restores-a-loom-of-1780.md"
BODY = ("It stood in a barn for 90 years.", "Of 212 parts, 40 were missing.", "She hopes to weave a shawl by spring.")
NEWER = (BODY[0], "Of 212 parts, 38 were missing.", "She hopes to weave a shawl by summer.")


@pytest.fixture
def disputed(site: ImportSite) -> ImportSite:
    """A site with a page whose second paragraph was changed by an editor and by the wire."""
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(HEADLINE, *BODY)))
    site.edit(PAGE, BODY[1], "Some parts were missing.")
    site.import_dumps(site.write_dump("2026-03-11-nw.txt", article(HEADLINE, *NEWER)))
    return site


def test_a_conflict_remains_until_it_is_resolved(disputed: ImportSite) -> None:
    for _ in range(2):
        assert [issue.code for issue in find_conflicts(disputed.folder, [PAGE])] == ["merge-conflict"]
    before = disputed.files()
    assert disputed.import_dumps("2026-03-11-nw.txt").written == ()
    assert disputed.files() == before


def test_an_unedited_page_has_no_conflict(site: ImportSite) -> None:
    site.import_dumps(
        site.write_dump("2026-03-10-nw.txt", article(HEADLINE, *BODY) + briefs("Glacier above Huaraz shrinks"))
    )
    assert list(find_conflicts(site.folder, site.pages())) == []


def test_resolve_for_the_wire(disputed: ImportSite) -> None:
    report = disputed.import_dumps(resolutions=(ConflictResolution(side="wire", page=PAGE),))
    assert report.issues == ()
    assert report.written == (f"content/{PAGE}",)
    assert page_parts_of(disputed.pages()[PAGE]).body.split("\n\n") == ["\n" + NEWER[0], NEWER[1], NEWER[2] + "\n"]
    assert list(find_conflicts(disputed.folder, [PAGE])) == []


def test_resolve_for_the_editor(disputed: ImportSite) -> None:
    body = page_parts_of(disputed.pages()[PAGE]).body
    disputed.import_dumps(resolutions=(ConflictResolution(side="ours", page=PAGE),))
    assert page_parts_of(disputed.pages()[PAGE]).body == body
    assert list(find_conflicts(disputed.folder, [PAGE])) == []
    report = disputed.import_dumps(disputed.write_dump("2026-03-12-nw.txt", article(HEADLINE, *NEWER)))
    assert report.issues == ()
    assert page_parts_of(disputed.pages()[PAGE]).body == body


def test_a_conflict_can_be_resolved_in_the_same_import(site: ImportSite) -> None:
    site.import_dumps(site.write_dump("2026-03-10-nw.txt", article(HEADLINE, *BODY)))
    site.edit(PAGE, BODY[1], "Some parts were missing.")
    dump = site.write_dump("2026-03-11-nw.txt", article(HEADLINE, *NEWER))
    site.import_dumps(dump, resolutions=(ConflictResolution(side="wire", page=PAGE),))
    assert NEWER[1] in site.pages()[PAGE]


def test_resolving_in_a_dry_run_changes_nothing(disputed: ImportSite) -> None:
    before = disputed.files()
    report = disputed.import_dumps(resolutions=(ConflictResolution(side="wire", page=PAGE),), dry_run=True)
    assert report.written == (f"content/{PAGE}",)
    assert disputed.files() == before


def test_the_wires_title_does_not_change_the_slug(site: ImportSite) -> None:
    site.import_briefs("2026-03-10T0600-nw.txt", "Bus crash near Cusco kills 5, injures 24")
    [page] = site.pages()
    site.edit(page, "title: Bus crash near Cusco kills 5, injures 24\n", "title: A bus falls into a gorge\n")
    newer = "Bus crash near Cusco kills 5, injures 24!"
    site.import_dumps(
        site.write_dump("2026-03-10T1200-nw.txt", article(newer, *BODY)),
        resolutions=(ConflictResolution(side="wire", page=page),),
    )
    fields = raw_fields(site.pages()[page])
    assert fields["title"] == newer
    assert fields["slug"] == "a-bus-falls-into-a-gorge"


def test_a_resolution_that_cannot_be_applied_is_an_issue(disputed: ImportSite) -> None:
    (disputed.content / "own.md").write_text("---\ntitle: Our own\ndate: 2026-03-10\n---\n")
    (disputed.content / "bad.md").write_text("no page\n")
    takes = [ConflictResolution(side="wire", page=page) for page in ("own.md", "bad.md", "none.md")]
    report = disputed.import_dumps(resolutions=tuple(takes))
    assert sorted(issue.code for issue in report.issues) == ["dump-missing", "page-not-found", "page-unreadable"]
    assert report.written == ()


def test_without_its_dump_a_page_has_no_conflict(disputed: ImportSite) -> None:
    for dump in (disputed.content / "dumps").iterdir():
        dump.unlink()
    assert list(find_conflicts(disputed.folder, [PAGE])) == []


def test_an_edited_article_of_takes_has_no_conflict(site: ImportSite) -> None:
    head = "The ferry and the reef"
    site.import_dumps(
        site.write_dump("2026-03-10-nw.txt", article(f"{head} =2", "Then the reef.") + article(head, "It began."))
    )
    page = "2026/03/10/the-ferry-and-the-reef.md"
    assert "It began.\n\nThen the reef." in site.pages()[page]
    site.edit(page, "It began.", "It began at dawn.")
    assert list(find_conflicts(site.folder, [page])) == []
    site.import_dumps(resolutions=(ConflictResolution(side="wire", page=page),))
    assert "It began at dawn.\n\nThen the reef." in site.pages()[page]


def test_withdrawn_text_is_no_conflict(site: ImportSite) -> None:
    site.import_dumps(
        site.write_dump("2026-03-10T0600-nw.txt", article("Owner fined over ferry grounding", "He was fined."))
    )
    said = article("CORRECTED-Captain fined over ferry grounding (corrects who)", "He was fined.")
    site.import_dumps(site.write_dump("2026-03-10T0900-nw.txt", said))
    page = "2026/03/10/owner-fined-over-ferry-grounding.md"
    site.edit(page, "title: Captain fined over ferry grounding", "title: Captain fined")
    site.import_dumps(
        site.write_dump("2026-03-11-nw.txt", article("Owner fined over ferry grounding", "He was fined."))
    )
    assert list(find_conflicts(site.folder, [page])) == []
    assert "title: Captain fined\n" in site.pages()[page]
