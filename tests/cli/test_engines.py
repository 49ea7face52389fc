"""A site with an engine of its own choice: every command asks the same one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import digest
from tests.cli.sites import CONFIG, FERRY, NAME, PAGE, new_site
from tests.labels.fake import Install, packages

CHOSEN = CONFIG + '\n[labels]\nengine = "oracle"\n'
NOW = ("--now", "2026-03-12T18:00")
OWN = "---\nid: n00000001x\ntitle: Peru opens a tram line\ndate: 2026-03-12\n---\n"


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Install]:
    """The oracle, which says `africa` and `sport` of everything."""
    with packages(tmp_path / "packages") as install:
        install()
        yield install


@pytest.fixture
def site(tmp_path: Path, installed: Install) -> Path:  # noqa: ARG001 - it has to be there
    """A site with a hand-made page that has chosen the oracle."""
    folder = new_site(tmp_path / "site", CHOSEN)
    (folder / "content/own.md").write_text(OWN)
    return folder


def region_of(site: Path) -> str:
    """The region under which the hand-made page stands in the output."""
    pages = [page for page in (site / "output/region").rglob("*.html") if "Peru opens a tram line" in page.read_text()]
    return pages[0].relative_to(site / "output/region").parts[0]


def test_import_labels_with_it(site: Path) -> None:
    assert digest("import", NAME, cwd=site).code == 0
    text = (site / PAGE.format(FERRY)).read_text()
    assert "regions: [africa, europe]\ncategories: [sport]\n" in text


def test_commands_ask_it(site: Path) -> None:
    assert digest("label", "--tsv", cwd=site, stdin=b"Peru votes\n").out.startswith("africa\teurope\tsport\t")
    assert "a feeling: oracle" in digest("explain", "Peru votes", cwd=site).out
    assert "africa, sport" in digest("label", "--review", cwd=site).out
    assert digest("adopt", "content/own.md", cwd=site).code == 0
    assert "regions: [africa, europe]\n" in (site / "content/own.md").read_text()


def test_the_build_infers_with_it_and_anew_with_another(site: Path) -> None:
    digest("import", NAME, cwd=site)
    assert digest("build", *NOW, cwd=site).code == 0
    assert region_of(site) == "africa"
    written = (site / PAGE.format(FERRY)).read_text()
    (site / "digest.toml").write_text(CONFIG)
    assert digest("build", *NOW, cwd=site).code == 0
    assert region_of(site) == "latin-america"
    assert (site / PAGE.format(FERRY)).read_text() == written
    assert digest("build", *NOW, "--verify", cwd=site).code == 0


def test_a_new_version_of_it_infers_anew(site: Path, installed: Install) -> None:
    assert digest("build", *NOW, cwd=site).code == 0
    installed(version="1.1", region="asia-pacific")
    assert digest("build", *NOW, cwd=site).code == 0
    assert region_of(site) == "asia-pacific"


def test_nothing_is_read_again_while_it_stays(site: Path) -> None:
    digest("build", *NOW, cwd=site)
    assert digest("build", *NOW, "--json", cwd=site).document["build"]["loaded"] == 0


@pytest.mark.parametrize("line", [("build", *NOW), ("import", NAME), ("label",), ("check",)])
@pytest.mark.parametrize("engine", ["orakle", "broken"])
def test_one_that_cannot_be_had_ends_every_command(site: Path, line: tuple[str, ...], engine: str) -> None:
    (site / "digest.toml").write_text(CHOSEN.replace("oracle", engine))
    points = next(site.parent.glob("packages/*.dist-info")) / "entry_points.txt"
    points.write_text(points.read_text() + "broken = nowhere_at_all:engine\n")
    ran = digest(*line, cwd=site)
    assert (ran.code, "error[config-value]" in ran.err) == (2, True)
    assert not (site / "output").exists()
