"""Every link between Markdown files of the project leads to a file."""

import re
from pathlib import Path

import pytest

from tests.machine import ROOT

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def links_in(page: Path) -> set[str]:
    """The targets of relative links and pictures of a page, without their fragments."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = (target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)))
    return {target for target in targets if target and "://" not in target and not target.startswith("/")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert {target for target in links_in(page) if not (page.parent / target).exists()} == set()


def test_links_are_found() -> None:
    assert links_in(ROOT / "README.md")
