"""`/digest-manifest.json`: every file that a build made. Published with it: any later run knows what is ours."""

import os
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path

import msgspec

from digest.builder.state.database import PageRow, State
from digest.model import Manifest, OutputFile

MANIFEST = "digest-manifest.json"

_HEAD, _END, _TAIL = b'{"format":1,"files":[\n', b",\n", b"\n]}\n"
_line = msgspec.json.Encoder().encode


def manifest_bytes(state: State) -> bytes:
    """The manifest of all files that the state owns, by path, a line each."""
    return _HEAD + _END.join(map(_line, state.files())) + _TAIL


def splice_manifest(output: Path, changed: Mapping[str, PageRow | None]) -> bytes:
    """The manifest in the output after some files came, changed or went (None); nothing when it is not of our making.

    The same bytes as all anew: a line is found by its path, and the others stay as they are.
    """
    try:
        data = (output / MANIFEST).read_bytes()
    except OSError:
        return b""
    if not (data.startswith(_HEAD) and data.endswith(_TAIL)):
        return b""
    body = data[len(_HEAD) : -len(_TAIL)]
    lines = body.split(_END) if body else []
    for path, row in changed.items():
        at = bisect_left(lines, path.encode(), key=_path_of_line)
        there = at < len(lines) and _path_of_line(lines[at]) == path.encode()
        now = OutputFile(path=path, digest=row.digest, size=row.size, type=row.type) if row else None
        lines[at : at + there] = [_line(now)] if now else []
    return _HEAD + _END.join(lines) + _TAIL


def _path_of_line(line: bytes) -> bytes:
    return msgspec.json.decode(line, type=OutputFile).path.encode()


def manifest_stat(output: Path) -> str:
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
