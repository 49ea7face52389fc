"""Packages stay small, have a documented door, and have no name that tools take for an output folder."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "digest"
PACKAGES = sorted(p.parent for p in ROOT.rglob("__init__.py"))
MODULES_AT_MOST = 14
# Folders that hold one thing of a kind each.
COLLECTIONS = {"cli/commands", "site/kinds"}
# Names in the usual .gitignore files of Python and JavaScript projects.
OUTPUT_NAMES = {"bin", "build", "coverage", "dist", "lib", "obj", "out", "output", "public", "target"}

packages = pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.relative_to(ROOT.parent).as_posix())


@packages
def test_a_package_has_about_a_dozen_modules(package: Path) -> None:
    modules = [p for p in package.glob("*.py") if p.name not in {"__init__.py", "__main__.py"}]
    assert len(modules) <= MODULES_AT_MOST or package.relative_to(ROOT).as_posix() in COLLECTIONS


@packages
def test_no_package_is_named_like_an_output_folder(package: Path) -> None:
    assert package.name not in OUTPUT_NAMES


@packages
def test_a_package_says_what_is_inside(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    assert len(docstring.split()) >= 6, (
        f"{package}/__init__.py needs a docstring: the content of the package, and its limits"
    )


def test_every_folder_with_modules_is_a_package() -> None:
    assert {p.parent for p in ROOT.rglob("*.py")} == set(PACKAGES)
