"""What users install: the wheel is whole, and works in an environment of its own, far from this repository."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import digest
from tests.machine import ROOT
from tests.packaging.interpreters import oldest_and_newest
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
    """The wheel, built from this repository by the backend that pyproject.toml names."""
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


def wheel_of(source: Path, folder: Path) -> Path:
    """Build a wheel from a source tree or a source distribution into `folder`."""
    run("pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source), cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def names_in(wheel: Path) -> set[str]:
    """Names of all files in a wheel but its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


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
    names = names_in(wheel)
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


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    run("hatchling", "build", "--target", "sdist", "--directory", str(tmp_path), cwd=ROOT)
    (source,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        folder = source.name.removesuffix(".tar.gz")
        assert {f"{folder}/{name}" for name in ("LICENSE", "README.md", "pyproject.toml")} <= set(archive.getnames())
    assert names_in(wheel_of(source, tmp_path)) == names_in(wheel)


class Index:
    """A package index (PEP 503) on loopback that has one wheel."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        project = folder / "simple" / "digest-press"
        project.mkdir(parents=True)
        shutil.copy(wheel, project)
        self.folder = folder

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address of the index while it is served."""
        handler = partial(QuietHandler, directory=str(self.folder))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/simple/"
            server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and directory listings without a log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name of the overridden parameter
        """Log nothing."""


def test_pip_installs_it_by_name_from_an_index(wheel: Path, tmp_path: Path) -> None:
    (line,) = re.findall(r"pip install digest-press", (ROOT / "README.md").read_text("utf-8"))
    run("venv", "env", cwd=tmp_path)
    python = str(tmp_path / "env" / "bin" / "python")
    with Index(wheel, tmp_path / "index").served() as address:
        run(*line.split(), "--quiet", "--no-deps", "--index-url", address, cwd=tmp_path, python=python)
    assert digest.__version__ in run("pip", "show", "digest-press", cwd=tmp_path, python=python)


@pytest.mark.parametrize("version", sorted(oldest_and_newest()))
def test_an_installed_wheel_makes_a_site(version: str, wheel: Path, tmp_path: Path) -> None:
    run("venv", "env", cwd=tmp_path, python=str(oldest_and_newest()[version]))
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
