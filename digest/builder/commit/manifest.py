"""`/digest-manifest.json`.

Every file of a build. It is published with the site, so a later run knows which files are ours.
"""

import os
from pathlib import Path

import msgspec

from digest.builder.state.database import State
from digest.model import Manifest

MANIFEST = "digest-manifest.json"

HEAD, SEPARATOR, TAIL = b'{"format":1,"files":[\n', b",\n", b"\n]}\n"
encode_line = msgspec.json.Encoder().encode


def manifest_bytes(state: State) -> bytes:
    """Return the manifest of all files in the state, by path, one line each."""
    return HEAD + SEPARATOR.join(map(encode_line, state.files())) + TAIL


def manifest_stat(output: Path) -> str:
    """Return size and mtime of the manifest as text; empty when there is none."""
    try:
        stat = (output / MANIFEST).stat()
    except OSError:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns}"


def read_manifest(output: Path) -> Manifest | None:
    """Read the manifest of an output folder; None when it is missing or unreadable."""
    try:
        return msgspec.json.decode((output / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return None


def foreign_files(output: Path, owned: set[str]) -> tuple[str, ...]:
    """Return files below the output folder that no build made, except `.gitignore`."""
    found = []
    for folder, _, names in os.walk(output):
        base = Path(folder).relative_to(output)
        found += [path for name in names if (path := (base / name).as_posix()) not in owned]
    return tuple(sorted(f for f in found if f not in {MANIFEST, ".gitignore"}))
