"""Bad input: the exact words, the exit code, and that nothing is lost."""

import codecs
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.cases import Case, Section, as_printed, cases
from tests.cli.running import digest


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: case.name)
def test_what_is_printed(case: Case, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for section in case.sections:
        _carry_out(section, site)


def _carry_out(section: Section, site: Path) -> None:
    path = site / section.argument.split(" ")[0]
    match section.what:
        case "file":
            _write(path, section.text.encode())
        case "bytes":
            _write(path, codecs.escape_decode(section.text.rstrip("\n"))[0])
        case "long":
            _write(path, section.text.rstrip("\n").encode() * int(section.argument.split(" ")[1]))
        case "folder":
            path.mkdir(parents=True)
        case "remove":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        case "there":
            assert section.text.strip() in path.read_text("utf-8")
        case "run":
            name, *args = shlex.split(section.argument)
            assert name == "digest"
            ran = digest(*args, cwd=site)
            assert as_printed(ran.output, site).strip() == section.text.strip()
            assert ran.code == section.number
        case other:
            pytest.fail(f"a fixture has no section `{other}`")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
