"""The README is true: what it tells to type works word for word, and what it names is there."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.cli.app import COMMANDS
from digest.content.fields.schema import FIELDS
from tests.machine import ROOT

TEXT = (ROOT / "README.md").read_text("utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial" / "first-site.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LONGEST_S = 120
# A `make` that looks whether it could make it: `make test` in a test would never end.
SHELL = """\
set -eu
make() { command make --dry-run "$@" > make.log; }
cd "$(cat "$HOME/here")"
{block}
pwd > "$HOME/here"
"""


def blocks(*languages: str, source: str = TEXT) -> list[str]:
    """The fenced blocks in these languages, in order."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", source, re.MULTILINE | re.DOTALL)
    return [text for language, text in found if language in languages]


def commands_in(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a ```console block, each with what it is said to print; `…` stands for anything."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


class Reader:
    """Somebody who types what the README says, in a copy of the repository's folder."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        place = folder / "digest"
        self.home.mkdir()
        for name in ("content", "themes", "docs"):
            shutil.copytree(ROOT / name, place / name)
        for name in ("Makefile", "digest.toml", "pyproject.toml", "requirements.lock"):
            shutil.copy(ROOT / name, place)
        self.go(place)
        programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._environment = os.environ | {"HOME": str(self.home), "PATH": programs}

    @property
    def here(self) -> Path:
        """The folder that the shell is in."""
        return Path((self.home / "here").read_text("utf-8").strip())

    def go(self, folder: Path) -> None:
        """Goes to a folder."""
        (self.home / "here").write_text(str(folder), "utf-8")

    def types(self, block: str) -> str:
        """Runs a block in a shell; what it printed."""
        script = SHELL.replace("{block}", block)
        ran = subprocess.run(
            ["bash", "-c", script],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        assert ran.returncode == 0, f"{block}\n{ran.stdout}{ran.stderr}"
        return ran.stdout


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader who has typed every block, in order."""
    reader = Reader(tmp_path_factory.mktemp("readme"))
    for block in blocks("sh", "bash", "console"):
        if block.startswith("$ "):
            for command, printed in commands_in(block):
                pattern = ".*".join(re.escape(part) for part in printed.split("…"))
                assert re.search(pattern, reader.types(command), re.DOTALL), command
        else:
            reader.types(block)
    return reader


def test_every_shell_block_runs(reader: Reader) -> None:
    assert blocks("sh", "bash", "console")
    assert (reader.here / "output" / "index.html").is_file()


def test_every_block_of_the_tutorial_runs(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for block in blocks("sh", source=TUTORIAL):
        reader.types(block)
    assert (reader.here.parent / "harbour-live" / "index.html").is_file()


def test_the_page_that_it_shows_is_what_import_writes(reader: Reader) -> None:
    (named,) = re.findall(r"`(content/[^`]+\.md)`", TEXT)
    page = (reader.here / named).read_text("utf-8").splitlines()
    (shown,) = blocks("markdown")
    for line in shown.splitlines():
        field = line.partition(":")[0]
        assert field == "---" or field in FIELDS, line
        assert line in page or ("…" in line and any(re.match(pattern_of(line), p) for p in page)), line


def pattern_of(line: str) -> str:
    """A line with `…` as a pattern."""
    return ".*".join(re.escape(part) for part in line.split("…"))


def test_every_make_target_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {*re.findall(r"`make ([\w-]+)`", TEXT), *re.findall(r"^make ([\w-]+)", TEXT, re.MULTILINE)}
    assert {"site", "test"} <= named
    assert {n for n in named if not re.search(rf"^{n}:", makefile, re.MULTILINE)} == set()


def test_every_command_is_named() -> None:
    named = {words.split()[0] for words in re.findall(r"`digest ([a-z][a-z ]*)", TEXT)}
    assert named - COMMANDS.keys() == set()
    assert {c for c in COMMANDS if not re.search(rf"`(digest )?{c}\b", TEXT)} == set()


def test_it_is_installed_by_its_name() -> None:
    assert set(re.findall(r"pip install ([\w-]+)", TEXT)) == {PROJECT["name"]}


def test_every_link_leads_somewhere() -> None:
    targets = [t.partition("#")[0] for t in re.findall(r"\]\(([^)\s]+)\)", TEXT)]
    local = [t for t in targets if t and "://" not in t]
    assert local
    assert [t for t in local if not (ROOT / t).exists()] == []
