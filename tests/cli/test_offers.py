"""What the wire offers and an editor has written differently, on the command line; and a withdrawal, said first."""

from pathlib import Path

import pytest

from tests.cli.running import digest
from tests.cli.sites import new_site

HEAD = "After the storm, Maputo counts its boats"
OPENED = "The harbour of Maputo opened again at noon on Tuesday, officials of the port said."
PAGE = "content/2026/03/10/after-the-storm-maputo-counts-its-boats.md"


def _import(site: Path, name: str, text: str) -> str:
    (site / name).write_text(text, "utf-8")
    return digest("import", name, cwd=site).err


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """A site with one paragraph that both have changed."""
    site = new_site(tmp_path / "site")
    _import(site, "2026-03-10-nw.txt", f"{HEAD}\n{OPENED}\nOf 212 boats, 40 are missing today.\nO.Salim--NW\n")
    page = site / PAGE
    page.write_text(page.read_text("utf-8").replace("40 are missing", "40 are gone"), "utf-8")
    _import(site, "2026-03-11-nw.txt", f"{HEAD}\n{OPENED}\nOf 212 boats, 38 are missing today.\nO.Salim--NW\n")
    return site


def test_check_lists_the_offer_with_the_difference_until_somebody_decides(disputed: Path) -> None:
    said = digest("check", cwd=disputed).err
    assert f"{PAGE}: warning[merge-conflict]" in said
    assert (
        "the wire has 'Of 212 boats, 38 are missing today.'; the page keeps 'Of 212 boats, 40 are gone today.'" in said
    )
    digest("import", "2026-03-11-nw.txt", "--take", "wire", PAGE, cwd=disputed)
    assert "38 are missing" in (disputed / PAGE).read_text("utf-8")
    assert "merge-conflict" not in digest("check", cwd=disputed).err


def test_a_page_never_holds_a_mark_of_a_conflict(disputed: Path) -> None:
    text = (disputed / PAGE).read_text("utf-8")
    assert not any(mark in text for mark in ("<<<<", "====", ">>>>"))
    assert "40 are gone" in text


def test_a_withdrawal_is_the_first_thing_that_import_says(disputed: Path) -> None:
    said = _import(disputed, "2026-03-12-aa.txt", f"-\nKILL: {HEAD}\n-\nUPDATE 2-\n-\n")
    assert said.startswith(f"{PAGE}: warning[wire-killed]: the wire withdrew")
    assert "wire-marker-alone" in said
    assert digest("build", cwd=disputed).code == 0
    page = disputed / "output/2026/03/10/after-the-storm-maputo-counts-its-boats/index.html"
    assert "Maputo" not in page.read_text("utf-8").replace("maputo", "")
    assert digest("release", PAGE, cwd=disputed).code == 0
    assert "\nstatus:" not in (disputed / PAGE).read_text("utf-8")
