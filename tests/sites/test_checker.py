"""The Nu HTML checker (https://validator.github.io/validator/) finds no error and no warning of substance.

In every page and style sheet of every site, in every theme.
"""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.machine import node_file, program
from tests.sites.built import SITES, paper_of, themed

PAPERS = [name for site in SITES for name in themed(site)]
# How an editor or a wire writes a letter is theirs.
WITHOUT_SUBSTANCE = "Unicode Normalization Form C"
BAD_PAGE = '<!doctype html><html lang="en"><title>Bad</title><p id="a"><p id="a"><img src="x">'


@pytest.fixture
def nu() -> list[str]:
    """The checker's command."""
    return [program("java"), "-jar", str(node_file("vnu-jar/build/dist/vnu.jar")), "--format", "json"]


def errors(command: list[str], *arguments: str | Path) -> list[tuple[str, str]]:
    """What the checker says, errors and warnings: file and message."""
    ran = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    messages = json.loads(ran.stdout or ran.stderr)["messages"]
    said = [m for m in messages if WITHOUT_SUBSTANCE not in m["message"]]
    return [(m.get("url", ""), f"{m.get('lastLine')}: {m['message']}") for m in said]


def bad(folder: Path, name: str, text: str) -> Path:
    """A file that shows that the checker checks."""
    (folder / name).write_text(text, "utf-8")
    return folder / name


def without(own: Path, found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was found elsewhere than in a file of this test."""
    return [(url, message) for url, message in found if not url.endswith(own.name)]


def test_every_page_is_valid(nu: list[str], shared: Path, tmp_path: Path) -> None:
    own = bad(tmp_path, "a-bad-page.html", BAD_PAGE)
    outputs = [paper_of(name, shared).output for name in PAPERS]
    found = errors(nu, "--skip-non-html", *outputs, own)
    assert without(own, found) == []
    assert len(found) >= 2, "the checker did not check"


def test_every_style_sheet_is_valid(nu: list[str], shared: Path, tmp_path: Path) -> None:
    own = bad(tmp_path, "a-bad-sheet.css", "p { colour: red; }")
    sheets = {p.name: p for name in PAPERS for p in paper_of(name, shared).output.rglob("*.css")}
    found = errors(nu, "--css", *sheets.values(), own)
    assert sheets
    assert without(own, found) == []
    assert found, "the checker did not check"
