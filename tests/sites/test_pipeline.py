"""The complete pipeline in a shell: new site, import of dumps, build."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.newsroom import files_in

MORNING = """\
-
River ferry to Tarn island sails again after storm
-
Council of Merrow votes to keep the tram
Ferry crew of Tarn island tell of a night in the ice
The engine stopped a little after nine, and then the lamps did.
"We counted the passengers twice," said Ada Brenk, who has steered the boat for 20 years. "Then we made soup."
- Ice to the railing -
By morning the river had closed around the hull, & nobody could say <how> thick it was.
A.Brenk--LK-MER
-
Merrow United beat Harbour Town 2-1 in cup replay
-
Prices of "summer wheat" fall 3% in Merrow
"""
EVENING = """\
-
Ferry to Tarn island stops again as ice returns
-
Council of Merrow votes to keep the tram
-
Museum of Merrow finds 300-year-old map behind a stove
"""
NOW = "2026-03-12T18:00:00Z"
PLACES: dict[str, dict[str, str]] = {
    "a": {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0", "jobs": "1"},
    "a deeper/ földer/b": {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "jobs": "2"},
    "c": {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "jobs": "3"},
}


def digest(folder: Path, *arguments: str | Path, **environment: str) -> str:
    """Runs `digest` in a process of its own; what it printed."""
    command = [sys.executable, "-m", "digest", *map(str, arguments)]
    kept = {k: v for k, v in os.environ.items() if k not in ("TZ", "LANG", "LC_ALL", "PYTHONHASHSEED")}
    kept["PYTHONPATH"] = os.pathsep.join(sys.path)
    ran = subprocess.run(command, cwd=folder, env=kept | environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()


def newspaper(folder: Path, jobs: str = "1", **environment: str) -> Path:
    """A new site with both dumps in it, built."""
    folder.mkdir(parents=True)
    digest(folder, "new", "lake", **environment)
    site = folder / "lake"
    (site / "content" / "welcome.md").unlink()  # it says today's date
    for name, text in (("2026-03-12T0600-lk-mer.txt", MORNING), ("2026-03-12T1700-lk-mer.txt", EVENING)):
        (folder / name).write_text(text, "utf-8")
    digest(site, "import", "..", **environment)
    digest(site, "build", "--now", NOW, "--jobs", jobs, **environment)
    return site


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built newspaper."""
    return newspaper(tmp_path_factory.mktemp("lake") / "a", **PLACES["a"])


def state_of(site: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of content and output with its bytes and its time."""
    files = {f: d for f, d in files_in(site).items() if f.startswith(("content/", "output/"))}
    return {file: (data, (site / file).stat().st_mtime_ns) for file, data in files.items()}


def page_with(site: Path, words: str) -> Path:
    """The page whose title has these words."""
    title = re.compile(f"^title: .*{words}", re.MULTILINE)
    (found,) = [p for p in (site / "content").rglob("*.md") if title.search(p.read_text("utf-8"))]
    return found


def test_a_dump_becomes_a_newspaper(lake: Path) -> None:
    front = (lake / "output" / "index.html").read_text("utf-8")
    for headline in ("Merrow United beat Harbour Town 2-1", "Prices of &#34;summer wheat&#34; fall 3%", "stops again"):
        assert headline in front
    assert front.partition("<main")[2].count("Council of Merrow votes to keep the tram") == 1
    (article,) = (lake / "output").rglob("12/ferry-crew-*/index.html")
    text = article.read_text("utf-8")
    assert "<h2>Ice to the railing</h2>" in text
    assert "hull, &amp; nobody could say &lt;how&gt; thick" in text
    assert "A. Brenk" in text
    assert len(list((lake / "content").rglob("2026/03/12/*.md"))) == 7
    assert {p.read_text("utf-8") for p in (lake / "content" / "dumps").iterdir()} == {MORNING, EVENING}


def test_a_second_run_changes_no_file(lake: Path) -> None:
    before = state_of(lake)
    said = digest(lake, "import", "..")
    assert said.count("imported before") == 2
    assert " 0 pages rendered" in digest(lake, "build", "--now", NOW)
    assert state_of(lake) == before
    digest(lake, "build", "--now", NOW, "--full")
    assert {f: d for f, (d, _) in state_of(lake).items()} == {f: d for f, (d, _) in before.items()}
    digest(lake, "build", "--now", NOW, "--verify")


@pytest.mark.parametrize("place", [p for p in PLACES if p != "a"])
def test_the_same_dumps_give_the_same_bytes_anywhere(lake: Path, tmp_path: Path, place: str) -> None:
    elsewhere = newspaper(tmp_path / place, **PLACES[place])
    for folder in ("content", "output"):
        assert files_in(elsewhere / folder) == files_in(lake / folder)


def test_edits_are_kept(tmp_path: Path) -> None:
    site = newspaper(tmp_path / "a")
    page = page_with(site, "keep the tram")
    page.write_text(page.read_text().replace("Council of Merrow votes to keep the tram", "Merrow keeps its tram"))
    gone = page_with(site, "2-1 in cup replay")
    gone.unlink()
    article = page_with(site, "Ferry crew")
    article.write_text(article.read_text().replace("Then we made soup", "Then we made a good soup"))
    (tmp_path / "2026-03-13T0600-lk-mer.txt").write_text(MORNING.replace("fall 3%", "fall 4%"), "utf-8")
    digest(site, "import", tmp_path / "2026-03-13T0600-lk-mer.txt")
    digest(site, "build", "--now", NOW)
    front = (site / "output" / "index.html").read_text("utf-8")
    assert "Merrow keeps its tram" in front
    assert "Council of Merrow" not in front
    assert "Merrow United" not in front
    assert not gone.exists()
    assert "made a good soup" in article.read_text()
    assert "made a good soup" in next((site / "output").rglob("12/ferry-crew-*/index.html")).read_text("utf-8")
