"""Python interpreters of this machine that `digest` supports: on PATH, installed by pyenv or installed by uv."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

OLDEST = (3, 11)
_PROBE = "import ensurepip, json, sys, venv; print(json.dumps([*sys.version_info[:2], sys.version_info[3]]))"


def _candidates() -> Iterator[Path]:
    yield Path(sys.executable)
    for minor in range(OLDEST[1], OLDEST[1] + 10):
        if path := shutil.which(f"python3.{minor}"):
            yield Path(path)
    for pattern in (".pyenv/versions/3.*/bin/python3", ".local/share/uv/python/cpython-3.*/bin/python3"):
        yield from sorted(Path.home().glob(pattern))


def _version_of(path: Path) -> tuple[int, int] | None:
    """Return (major, minor) of a final release that can make virtual environments, else None."""
    ran = subprocess.run([str(path), "-c", _PROBE], capture_output=True, text=True, check=False)
    if ran.returncode:
        return None
    major, minor, level = json.loads(ran.stdout)
    return (major, minor) if level == "final" else None


@cache
def oldest_and_newest() -> dict[str, Path]:
    """Return the oldest and the newest supported interpreter by version, such as `{"3.11": …, "3.13": …}`."""
    by_version: dict[tuple[int, int], Path] = {}
    for path in _candidates():
        version = _version_of(path)
        if version and version >= OLDEST:
            by_version.setdefault(version, path)
    return {f"{major}.{minor}": by_version[major, minor] for major, minor in {min(by_version), max(by_version)}}
