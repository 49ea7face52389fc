"""`/digest-manifest.json`: every file that a build made. Published with it: any later run knows what is ours."""

import os
from pathlib import Path

import msgspec

from digest.build.state import State
from digest.model import Manifest

MANIFEST = "digest-manifest.json"


def manifest_bytes(state: State) -> bytes:
    """The manifest of all files that the state owns, by path, a line each."""
    lines = b",\n".join(map(msgspec.json.Encoder().encode, state.files()))
    return b'{"format":1,"files":[\n' + lines + b"\n]}\n"


def manifest_mark(output: Path) -> str:
    """Changes when the manifest in the output does; empty when there is none."""
    try:
        stat = (output / MANIFEST).stat()
    except OSError:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns}"


def read_manifest(output: Path) -> Manifest | None:
    """What the output folder says that it owns; None when it says nothing that can be understood."""
    try:
        return msgspec.json.decode((output / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def foreign_files(output: Path, owned: set[str]) -> tuple[str, ...]:
    """Files below the output folder that nobody owns, but for the few that version control keeps there."""
    found = []
    for folder, _, names in os.walk(output):
        base = Path(folder).relative_to(output)
        found += [path for name in names if (path := (base / name).as_posix()) not in owned]
    return tuple(sorted(f for f in found if f not in {MANIFEST, ".gitignore"}))
