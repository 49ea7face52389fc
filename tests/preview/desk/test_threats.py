"""The threat model names tests that exist, and what only a whole preview shows."""

import re
from datetime import date
from pathlib import Path

import pytest

from digest.content.page import parse_page
from digest.preview.desk.edits import Correction, FieldChanges
from tests.cli.running import digest as run_digest
from tests.preview.desk.room import Room, done
from tests.preview.running import new_site

ROOT = Path(__file__).parents[3]
HAND = "opinion/ferries.md"
NASTY = (
    "---", "a\n---\nstatus: published", "title: x", "{a: b}", "[x]", "&a *a", "!!python/object:os.system x", "| x",
    "> x", "'", '"', '\\"', "# not a comment", "a # b", "yes", "12:30", "<script>alert(1)</script>", "\u2028x", "x\ty",
    "%TAG ! x",
)  # fmt: skip


def test_every_line_of_the_threat_model_names_tests_that_exist() -> None:
    lines = (ROOT / "docs/explanation/threat-model.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if line.startswith("| ")][1:]
    assert len(rows) >= 20
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^ *def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    for threat, _, tests in rows:
        named = re.findall(r"`(test_\w+)`", tests)
        assert named, f"no test for: {threat}"
        assert set(named) <= written, f"{threat}: {set(named) - written}"


@pytest.mark.parametrize("host", ["10.0.0.1", "::", "192.168.1.7", "news.example"])
def test_another_host_needs_a_word(tmp_path: Path, host: str) -> None:
    site = new_site(tmp_path / "site")
    ran = run_digest("serve", "--site", str(site), "--host", host)
    assert (ran.code, "--public" in ran.err) == (2, True)


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_values_stay_values(room: Room, nasty: str) -> None:
    before = set(_fields(room))
    done(
        room.change("n5", FieldChanges(title=nasty, summary=nasty, corrections=[Correction(date(2026, 3, 11), nasty)]))
    )
    state = room.state("n5")
    shown = " ".join(nasty.split())
    assert (state.title, state.summary, state.corrections[0].text) == (shown, shown, shown)
    assert set(_fields(room)) == before | {"summary", "corrections"}


def _fields(room: Room) -> list[str]:
    page, issues = parse_page(HAND, room.text(HAND).encode(), room.desk.index.config)
    assert page is not None
    assert not [one for one in issues if one.severity == "error"]
    return re.findall(r"^(\w+):", page.front_matter.text, re.MULTILINE)
