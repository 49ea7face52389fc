"""Journal of a commit: the list of renames and deletes, stored before the first is carried out.

Order: assets, pages, lists, feeds; then deletes; then the manifest. Every step can be repeated, so the next run
finishes what a crash interrupted.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from digest.builder.commit.manifest import MANIFEST
from digest.builder.commit.stage import Stage, make_folder, staged_name
from digest.builder.state.database import State
from digest.builder.state.schema import Operation

PUT, MOVE, DELETE = "put", "move", "delete"


def operations(
    staged: Iterable[str], removed: Iterable[str], *, manifest: bool, whole: bool = False
) -> list[Operation]:
    """Return the steps of a commit. `staged` is in the order in which files may refer to each other.

    A `whole` stage is moved folder by folder; then there is nothing to delete.
    """
    if whole:
        return [Operation(MOVE, name) for name in dict.fromkeys(file.partition("/")[0] for file in (*staged, MANIFEST))]
    steps = [Operation(PUT, file) for file in staged]
    steps += [Operation(DELETE, file) for file in removed]
    return [*steps, Operation(PUT, MANIFEST)] if manifest else steps


def finish_commit(state: State, stage: Stage) -> None:
    """Carry out the journal, then clear it and remove the stage. Raises OSError when the output cannot be written."""
    steps = state.journal()
    run_operations(steps, stage)
    if steps:
        state.clear_journal()
    stage.remove()


def run_operations(steps: Sequence[Operation], stage: Stage) -> None:
    """Carry out steps; a step that was done before has no effect."""
    made: set[str] = set()
    if any(step.op == MOVE for step in steps):
        os.makedirs(stage.output, exist_ok=True)
    for step in steps:
        target = f"{stage.output}/{step.file}"
        if step.op == PUT:
            folder = target.rpartition("/")[0]
            if folder not in made:
                make_folder(folder)
                made.add(folder)
            _put(f"{stage.folder}/{staged_name(step.file)}", target)
        elif step.op == MOVE:
            _move(f"{stage.folder}/{step.file}", target)
        else:
            with suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(target)
            _prune(Path(target).parent, Path(stage.output))


def _move(source: str, target: str) -> None:
    """Move a top-level file or folder of a whole stage: by one rename, or file by file if the target exists."""
    try:
        os.rename(source, target)
    except FileNotFoundError:
        return  # the interrupted run has moved it
    except OSError:
        if not os.path.isdir(source):
            _put(source, target)
            return
        for folder, _, names in os.walk(source):
            to = target + folder.removeprefix(source)
            make_folder(to)
            for name in names:
                _put(f"{folder}/{name}", f"{to}/{name}")


def _put(source: str, target: str) -> None:
    try:
        os.replace(source, target)
    except FileNotFoundError:
        return  # the interrupted run has put it in place
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # another file system: a copy beside the target first, so that the target is never half written
        near = f"{target}.new"
        shutil.copy2(source, near)
        os.replace(near, target)
        os.unlink(source)


def _prune(folder: Path, top: Path) -> None:
    """Remove folders that a delete left empty."""
    while folder != top and top in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
