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


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_path_that_a_page_names_exists(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    paths = re.findall(r"`((?:benchmarks|digest|docs|tests|themes)/[^`\s]*)`", text)
    assert [path for path in paths if "KIND" not in path and not (ROOT / path).exists()] == []


def test_every_package_is_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    packages = {path.parent.name for path in (ROOT / "digest").glob("*/__init__.py")}
    modules = {path.name for path in (ROOT / "digest").glob("[a-z]*.py")}
    assert {name for name in packages if f"| `{name}/` |" not in text} == set()
    assert {name for name in modules if f"`{name}`" not in text} == set()
