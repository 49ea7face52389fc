"""Quoted lines of a dump."""

from pathlib import Path

import pytest

from digest.ingest import quote_lines
from digest.model import Origin


def origin(lines: str, dump: str = "2026-03-10-lp.txt") -> Origin:
    return Origin(dump=dump, seen="2026-03-10", position=1, lines=lines, key="k")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with an archived dump of six lines in UTF-16."""
    (tmp_path / "content/dumps").mkdir(parents=True)
    text = "-\r\nFähre sinkt\r\n-\r\nCafé öffnet\r\n-\r\nSchluß\r\n"
    (tmp_path / "content/dumps/2026-03-10-lp.txt").write_bytes(text.encode("utf-16"))
    return tmp_path


def test_lines_of_an_item(site: Path) -> None:
    assert [(line.number, line.text, line.own) for line in quote_lines(site, origin("3-4"))] == [
        (3, "-", True),
        (4, "Café öffnet", True),
    ]


def test_context_lines_are_not_own(site: Path) -> None:
    lines = quote_lines(site, origin("1-2"), context=2)
    assert [(line.number, line.own) for line in lines] == [(1, True), (2, True), (3, False), (4, False)]


@pytest.mark.parametrize(
    ("lines", "dump"), [("", "2026-03-10-lp.txt"), ("x-y", "2026-03-10-lp.txt"), ("1-2", "gone.txt")]
)
def test_a_missing_dump_or_invalid_range_gives_no_lines(site: Path, lines: str, dump: str) -> None:
    assert quote_lines(site, origin(lines, dump)) == ()


def test_a_path_in_the_dump_name_is_ignored(site: Path) -> None:
    (site / "secret.txt").write_text("secret\n")
    assert quote_lines(site, origin("1-1", "../../secret.txt")) == ()
