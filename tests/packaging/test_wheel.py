"""What users install: the wheel is whole, and works in an environment of its own, far from this repository."""

import os
import subprocess
import sys
import venv
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import digest
from tests.machine import ROOT
from tests.sites.paper import Paper

DUMP = """\
-
Lighthouse on Skerry island goes dark for first time in 90 years
Keeper of Skerry lighthouse hands over the key
The key weighs two kilograms and opens nothing any more.
"I shall keep the door," said Hanne Moe, who is 61.
H.Moe--SK-ISL
-
Skerry ferry to sail on Sundays from May
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the backend that pyproject.toml names."""
    folder = tmp_path_factory.mktemp("wheel")
    run("pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT), cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def run(*module: str, cwd: Path, python: str = sys.executable) -> str:
    """Runs a module in a process that knows nothing of this repository; what it printed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_REQUIRE"))}
    clean["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    ran = subprocess.run([python, "-m", *module], cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def shipped(folder: str) -> set[str]:
    """The files below a folder of this repository, as the wheel names them."""
    found = (ROOT / folder).rglob("*")
    return {p.relative_to(ROOT).as_posix() for p in found if p.is_file() and "__pycache__" not in p.parts}


def test_the_wheel_holds_all_that_the_package_needs_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info/" not in n}
    assert names == shipped("digest") | {f"digest/{name}" for name in shipped("themes")}
    for needed in (
        "digest/py.typed",
        "digest/defaults.toml",
        "digest/names.toml",
        "digest/labels/data/weights.msgpack",
        "digest/stories/data/links.tsv",
        "digest/cli/skeleton/digest.toml",
        "digest/preview/client/preview.js",
        "digest/themes/core/theme.toml",
        "digest/themes/broadsheet/static/style.css",
    ):
        assert needed in names


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (file,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = message_from_string(archive.read(file).decode())
        (scripts,) = (n for n in archive.namelist() if n.endswith(".dist-info/entry_points.txt"))
        assert "digest = digest.cli:main" in archive.read(scripts).decode()
    assert metadata["Name"] == "digest-press"
    assert metadata["Version"] == digest.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"


def test_it_works_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    (python,) = (tmp_path / "env").glob("bin/python")
    run("pip", "install", "--quiet", str(wheel), cwd=tmp_path, python=str(python))
    command = str(python.with_name("digest"))
    (tmp_path / "2026-03-12T0600-sk-isl.txt").write_text(DUMP, "utf-8")

    def said(*arguments: str, cwd: Path = tmp_path) -> str:
        ran = subprocess.run([command, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    assert digest.__version__ in said("--version")
    said("new", "my-site")
    site = tmp_path / "my-site"
    assert "3 items from SK-ISL" in said("import", "../2026-03-12T0600-sk-isl.txt", cwd=site)
    said("build", cwd=site)
    paper = Paper(site / "output", "http://localhost:8000/")
    assert paper.front.all("h1")[0].text == "My site"
    text = paper.front.all("main")[0].text
    for headline in ("Lighthouse on Skerry island goes dark", "Keeper of Skerry lighthouse", "Skerry ferry to sail"):
        assert headline in text
    assert paper.front.all("link", rel="stylesheet")
    assert run("digest", "--version", cwd=tmp_path, python=str(python)) == said("--version")
