"""The threat model lists existing tests, and threats that need a whole preview to test."""

import re
from datetime import date
from pathlib import Path

import pytest

from digest.content.page import parse_page
from digest.preview.desk.field_changes import Correction, FieldChanges
from tests.cli.running import digest as run_digest
from tests.preview.desk.desk_site import DeskSite, accepted
from tests.preview.running import new_site

ROOT = Path(__file__).parents[3]
HAND = "opinion/ferries.md"
HOSTILE_VALUES = (
    "---", "a\n---\nstatus: published", "title: x", "{a: b}", "[x]", "&a *a", "!!python/object:os.system x", "| x",
    "> x", "'", '"', '\\"', "# not a comment", "a # b", "yes", "12:30", "<script>alert(1)</script>", "\u2028x", "x\ty",
    "%TAG ! x",
)  # fmt: skip


def test_the_threat_model_names_existing_tests() -> None:
    lines = (ROOT / "docs/explanation/threat-model.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[1:-1] for line in lines if line.startswith("| ")][1:]
    assert len(rows) >= 20
    existing = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^ *def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    for threat, _, tests in rows:
        named = re.findall(r"`(test_\w+)`", tests)
        assert named, f"no test for: {threat}"
        assert set(named) <= existing, f"{threat}: {set(named) - existing}"


@pytest.mark.parametrize("host", ["10.0.0.1", "::", "192.168.1.7", "news.example"])
def test_other_hosts_need_the_public_option(tmp_path: Path, host: str) -> None:
    site = new_site(tmp_path / "site")
    result = run_digest("serve", "--site", str(site), "--host", host)
    assert (result.code, "--public" in result.err) == (2, True)


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_hostile_values_stay_values(desk_site: DeskSite, value: str) -> None:
    before = set(_fields(desk_site))
    corrections = [Correction(date(2026, 3, 11), value)]
    accepted(desk_site.change("n5", FieldChanges(title=value, summary=value, corrections=corrections)))
    state = desk_site.state("n5")
    one_line = " ".join(value.split())
    assert (state.title, state.summary, state.corrections[0].text) == (one_line, one_line, one_line)
    assert set(_fields(desk_site)) == before | {"summary", "corrections"}


def _fields(desk_site: DeskSite) -> list[str]:
    page, issues = parse_page(HAND, desk_site.text(HAND).encode(), desk_site.desk.index.config)
    assert page is not None
    assert not [one for one in issues if one.severity == "error"]
    return re.findall(r"^(\w+):", page.front_matter.text, re.MULTILINE)
