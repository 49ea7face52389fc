"""Putting a stage in place. What is going to be done is set down first; every step can be repeated.

Order: assets, pages, lists, feeds; then deletes; then the manifest. A run that dies half-way is finished by the next.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from digest.build.state import Operation, State
from digest.model import Manifest, OutputFile

MANIFEST = "digest-manifest.json"
PUT, DELETE = "put", "delete"


def operations(staged: Iterable[str], removed: Iterable[str], *, manifest: bool) -> list[Operation]:
    """The steps of a commit; `staged` comes in the order in which files may refer to each other."""
    steps = [Operation(PUT, file, "") for file in staged]
    steps += [Operation(DELETE, file, "") for file in removed]
    return [*steps, Operation(PUT, MANIFEST, "")] if manifest else steps


def finish(state: State, stage: Path, output: Path) -> None:
    """Do what the journal says, then empty it and the stage. Raises OSError when the output cannot be written."""
    steps = state.journal()
    apply(steps, stage, output)
    if steps:
        state.clear_journal()
    shutil.rmtree(stage, ignore_errors=True)


def apply(steps: Sequence[Operation], stage: Path, output: Path) -> None:
    """Carry out the steps; one that was carried out before does nothing."""
    made: set[Path] = set()
    for step in steps:
        target = output / step.file
        if step.op == PUT:
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            _put(stage / step.file, target)
        else:
            target.unlink(missing_ok=True)
            _prune(target.parent, output)


def _put(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except FileNotFoundError:
        return  # put in place before the last run died
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # another file system: a copy beside the target first, so that the target is never half written
        near = target.with_name(f".{target.name}.new")
        shutil.copy2(source, near)
        near.replace(target)
        source.unlink()


def _prune(folder: Path, top: Path) -> None:
    """Take away folders that a delete left empty."""
    while folder != top and top in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def manifest_bytes(state: State) -> bytes:
    """The manifest of all files that the state owns, by path."""
    files = (OutputFile(path=r.file, digest=r.digest, size=r.size, type=r.type) for r in state.pages())
    manifest = Manifest(files=tuple(sorted(files, key=lambda f: f.path)))
    return msgspec.json.format(msgspec.json.encode(manifest), indent=0) + b"\n"


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
