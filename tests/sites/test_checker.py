"""The Nu HTML checker finds no error and no warning of substance in any page or style sheet, in any theme."""

from collections.abc import Iterable
from pathlib import Path

from tests.sites.built import SITES, paper_of, themed
from tests.sites.validators import nu_says, nu_says_of_pages

PAPERS = [name for site in SITES for name in themed(site)]
BAD_PAGE = '<!doctype html><html lang="en"><title>Bad</title><p id="a"><p id="a"><img src="x">'


def bad(folder: Path, name: str, text: str) -> Path:
    """A file that shows that the checker checks."""
    (folder / name).write_text(text, "utf-8")
    return folder / name


def without(own: Path, found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was found elsewhere than in a file of this test."""
    return [(url, message) for url, message in found if not url.endswith(own.name)]


def test_every_page_is_valid(shared: Path, tmp_path: Path) -> None:
    own = bad(tmp_path, "a-bad-page.html", BAD_PAGE)
    found = nu_says_of_pages([*(paper_of(name, shared).output for name in PAPERS), own])
    assert without(own, found) == []
    assert len(found) >= 2, "the checker did not check"


def test_every_style_sheet_is_valid(shared: Path, tmp_path: Path) -> None:
    own = bad(tmp_path, "a-bad-sheet.css", "p { colour: red; }")
    sheets = {p.name: p for name in PAPERS for p in paper_of(name, shared).output.rglob("*.css")}
    found = nu_says("--css", *sheets.values(), own)
    assert sheets
    assert without(own, found) == []
    assert found, "the checker did not check"
