"""`digest label --suggest`: terms from what editors changed, ready to be pasted."""

import tomllib
from pathlib import Path

import pytest

from tests.cli.running import digest
from tests.cli.sites import CONFIG, FERRY, MAYOR, PAGE, STORM

LABELS = (STORM, FERRY)


def correct(site: Path, slug: str, regions: str) -> None:
    """An editor writes other regions into a page."""
    page = site / PAGE.format(slug)
    lines = page.read_text().splitlines(keepends=True)
    page.write_text("".join(f"regions: [{regions}]\n" if line.startswith("regions:") else line for line in lines))


@pytest.fixture
def corrected(site: Path) -> Path:
    """The site, where an editor has moved both pages about the lake ferry to Africa."""
    for slug in LABELS:
        correct(site, slug, "africa")
    return site


def test_nothing_was_changed_so_nothing_is_proposed(site: Path) -> None:
    ran = digest("label", "--suggest", cwd=site)
    assert (ran.code, ran.out) == (0, "# 0 terms to choose from.\n")


def test_a_proposal_is_a_block_with_the_pages_that_it_moves(corrected: Path) -> None:
    ran = digest("label", "--suggest", cwd=corrected)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "[[terms]]"
    assert lines[2:4] == ['region = "africa"', "# right: 2"]
    for slug in LABELS:
        assert f"({PAGE.format(slug)})" in ran.out


def test_what_is_printed_can_be_pasted_and_then_holds(corrected: Path) -> None:
    printed = digest("label", "--suggest", cwd=corrected).out
    (term,) = tomllib.loads(printed)["terms"]
    (corrected / "digest.toml").write_text(CONFIG + printed)
    said = digest("label", "--tsv", cwd=corrected, stdin=f"The {term['match']} is back\n".encode()).out
    assert said.startswith("africa\t")
    assert digest("label", "--suggest", cwd=corrected).out == "# 0 terms to choose from.\n"


def test_machines_get_every_page_by_what_would_become_of_it(corrected: Path) -> None:
    third = corrected / "content/third.md"
    third.write_text("---\ntitle: Lake ferry sails again\ndate: 2026-03-12\nregions: [europe]\n---\n")
    (one,) = digest("label", "--suggest", "--json", cwd=corrected).document["suggestions"]
    assert one["term"]["region"] == "africa"
    assert {page["file"] for page in one["right"]} == {PAGE.format(slug) for slug in LABELS}
    assert [page["title"] for page in one["wrong"]] == ["Lake ferry sails again"], "an editor wrote europe by hand"
    assert one["moved"] == []


def test_a_page_that_no_editor_touched_is_no_witness_but_is_named(corrected: Path) -> None:
    dump = corrected / "2026-03-13-nw-utc.txt"
    dump.write_text("-\nLake ferry carries its millionth guest\n")
    assert digest("import", dump.name, cwd=corrected).code == 0
    (one,) = digest("label", "--suggest", "--json", cwd=corrected).document["suggestions"]
    assert (len(one["right"]), one["wrong"]) == (2, [])
    assert [page["title"] for page in one["moved"]] == ["Lake ferry carries its millionth guest"]
    assert "# moved, seen by no editor: 1\n" in digest("label", "--suggest", cwd=corrected).out


def test_one_correction_is_no_pattern(site: Path) -> None:
    correct(site, MAYOR, "latin-america")
    assert digest("label", "--suggest", "--json", cwd=site).document["suggestions"] == []
