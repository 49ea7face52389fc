"""`digest deploy`, `digest rollback` and `digest theme`."""

from pathlib import Path

import pytest

from tests.cli.running import digest
from tests.cli.sites import CONFIG, FERRY, PAGE

NOW = ("--now", "2026-03-12T18:00")
TARGET = '\n[targets.live]\npath = "../live"\n'


@pytest.fixture
def live(site: Path) -> Path:
    """The folder that the site is shipped to."""
    (site / "digest.toml").write_text(CONFIG + TARGET)
    digest("build", *NOW, cwd=site)
    return site.parent / "live"


def test_ship_again_and_back(site: Path, live: Path) -> None:
    ran = digest("deploy", cwd=site)
    assert ran.code == 0
    assert ran.out.startswith(f"Shipped to {live}/: ")
    first = (live / "index.html").read_text()
    page = site / PAGE.format(FERRY)
    page.write_text(page.read_text().replace("Lake ferry", "Old ferry"))
    digest("build", *NOW, cwd=site)
    assert digest("deploy", "live", cwd=site).code == 0
    assert "Old ferry" in (live / "index.html").read_text()
    assert digest("rollback", cwd=site).code == 0
    assert (live / "index.html").read_text() == first
    assert digest("rollback", cwd=site).code == 1


def test_a_dry_run_lists_every_file(site: Path, live: Path) -> None:
    ran = digest("deploy", "--dry-run", cwd=site)
    assert "+ index.html\n" in ran.out
    assert f"Would ship to {live}/: " in ran.out
    assert not live.exists()
    digest("deploy", cwd=site)
    page = site / PAGE.format(FERRY)
    page.write_text(page.read_text().replace("Lake ferry", "Old ferry"))
    digest("build", *NOW, cwd=site)
    document = digest("deploy", "--dry-run", "--json", cwd=site).document
    assert "index.html" in document["put"]
    assert document["dry_run"]
    assert "~ index.html\n" in digest("deploy", "--dry-run", cwd=site).out
    digest("deploy", cwd=site)
    assert "~ index.html\n" in digest("rollback", "--dry-run", cwd=site).out
    assert "Old ferry" in (live / "index.html").read_text()


def test_nothing_built_nothing_shipped(site: Path) -> None:
    (site / "digest.toml").write_text(CONFIG + TARGET)
    ran = digest("deploy", cwd=site)
    assert (ran.code, "error[output-missing]" in ran.err) == (1, True)
    assert f"Not shipped. {site.parent / 'live'}/ is as it was." in ran.out


def test_which_target(site: Path, live: Path) -> None:
    (site / "digest.toml").write_text(CONFIG + TARGET + '[targets.test]\npath = "../test"\n')
    ran = digest("deploy", cwd=site)
    assert (ran.code, "which target?" in ran.err, "live, test" in ran.err) == (2, True, True)
    assert digest("deploy", "lvie", cwd=site).code == 2
    assert digest("deploy", "test", cwd=site).code == 0
    assert not live.exists()


def test_themes_are_listed_and_the_chosen_one_is_marked(site: Path) -> None:
    assert "* broadsheet (digest)\n" in digest("theme", "list", cwd=site).out
    rows = digest("theme", "list", "--json", cwd=site).document["themes"]
    assert {"name": "broadsheet", "chosen": True, "from": "digest"} in rows


def test_the_theme_that_ships_is_right(site: Path) -> None:
    ran = digest("theme", "check", cwd=site)
    assert (ran.code, ran.err) == (0, "")


def test_a_wrong_theme_is_said_to_be(site: Path) -> None:
    (site / "templates").mkdir()
    (site / "templates/item.html").write_text("{% if %}")
    ran = digest("theme", "check", cwd=site)
    assert (ran.code, "templates/item.html:1" in ran.err) == (1, True)
    assert "is wrong" in ran.out
    assert digest("theme", "check", "nobodys", cwd=site).code == 2


def test_an_ejected_template_is_the_sites_own_and_draws_the_same(site: Path) -> None:
    digest("build", *NOW, cwd=site)
    before = (site / "output/404.html").read_bytes()
    assert digest("theme", "eject", "404.html", "style.css", cwd=site).code == 0
    assert (site / "static/style.css").is_file()
    digest("build", *NOW, cwd=site)
    assert (site / "output/404.html").read_bytes() == before
    (site / "templates/404.html").write_text("Nothing here\n")
    digest("build", *NOW, cwd=site)
    assert (site / "output/404.html").read_text() == "Nothing here\n"


def test_a_whole_theme_can_be_ejected_once(site: Path) -> None:
    assert digest("theme", "eject", cwd=site).code == 0
    assert "* broadsheet (this site)\n" in digest("theme", "list", cwd=site).out
    again = digest("theme", "eject", cwd=site)
    assert (again.code, "there already" in again.err) == (2, True)


def test_nothing_is_ejected_when_one_of_the_names_is_wrong(site: Path) -> None:
    ran = digest("theme", "eject", "404.html", "items.html", cwd=site)
    assert (ran.code, "did you mean `item.html`?" in ran.err) == (2, True)
    assert not (site / "templates").exists()
