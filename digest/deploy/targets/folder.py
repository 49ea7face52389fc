"""A folder that a web server reads: copies of files, renamed into place one by one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from digest.deploy.manifest import EMPTY, NAME, parse_manifest, text_of
from digest.deploy.plan import Plan, plan
from digest.deploy.releases import Releases, copy, digest_of, write
from digest.issues import Issue, fails, issue
from digest.model import Manifest, OutputFile


class FolderTarget:
    """Ships into `folder`, and keeps what it needs to go back in `.NAME.releases` beside it.

    Beside, because what lies inside is served; on the same file system, so that a rename is one step.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._releases = Releases(self._folder.with_name(f".{self._folder.name}.releases"))

    def __str__(self) -> str:
        return f"{self._folder.as_posix()}/"

    def manifest(self) -> tuple[Manifest, tuple[Issue, ...]]:
        """Return the manifest in the folder.

        A shipment that never ended may have put or deleted a file: what it was to change has an unknown digest.
        """
        found = self._present()
        if found is None:
            hint = "put it back, or empty the folder by hand and ship again"
            path = (self._folder / NAME).as_posix()
            return EMPTY, (issue("target-manifest", path, "the target's manifest cannot be read", hint),)
        pending = self._releases.pending() or found
        todo = plan(found, pending)
        unknown = {f.path: msgspec.structs.replace(f, digest="") for f in (*todo.put, *todo.delete)}
        present = {f.path: f for f in found.files} | unknown
        return Manifest(files=tuple(present.values())), ()

    def _present(self) -> Manifest | None:
        path = self._folder / NAME
        return parse_manifest(path.read_bytes()) if path.is_file() else EMPTY

    def stage(self, todo: Plan, output: Path | None) -> tuple[Issue, ...]:
        """Copies what is to be put to a place beside the folder, and what it replaces into the memory."""
        issues = tuple(self._foreign(todo))
        if fails(issues):
            return issues
        self._releases.begin(todo.new)
        issues = tuple(i for f in todo.put for i in self._fetch(f, output))
        if output and not fails(issues):
            before = {f.path: f for f in todo.old.files}
            for file in (*todo.put, *todo.delete):
                if file.path in before:
                    self._releases.keep(before[file.path], self._folder / file.path)
        return issues

    def put(self, file: OutputFile) -> None:
        """Renames a copy of the staged file into place."""
        goal = self._folder / file.path
        goal.parent.mkdir(parents=True, exist_ok=True)
        copy(self._releases.staged(file), goal)

    def delete(self, file: OutputFile) -> None:
        """Unlinks the file, and the folders that it leaves empty."""
        path = self._folder / file.path
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self._folder or (parent.exists() and any(parent.iterdir())):
                break
            if parent.exists():
                parent.rmdir()

    def finish(self, todo: Plan, *, back: bool) -> None:
        """The memory first, then the manifest: a death between the two is mended by doing it once more."""
        old = self._present()
        if old and old.files and not back:
            self._releases.push(old)
        write(self._folder / NAME, text_of(todo.new))
        if back:
            self._releases.pop(todo.new)
        self._releases.end()

    def before(self) -> Manifest | None:
        """The latest release that the memory holds."""
        return self._releases.latest(self._present() or EMPTY)

    def _foreign(self, todo: Plan) -> Iterator[Issue]:
        """Files in the way that neither the release there nor an unfinished shipment put."""
        ours = {f.path for f in todo.old.files}
        for file in todo.put:
            path = self._folder / file.path
            if not path.parent.resolve().is_relative_to(self._folder):
                message = "a link leads out of the target's folder here"
                yield issue("target-foreign", path.as_posix(), message, "take the link away, or ship elsewhere")
            elif path.exists() and file.path not in ours and digest_of(path, file.digest) != file.digest:
                message = "a file that no release put there is in the way"
                yield issue("target-foreign", path.as_posix(), message, "move it away, or ship to a folder of its own")

    def _fetch(self, file: OutputFile, output: Path | None) -> Iterator[Issue]:
        """A checked copy of a file, from the output or, going back, from the memory."""
        source = output / file.path if output else self._releases.stored(file)
        goal = self._releases.staged(file)
        if not source.is_file():
            hint = "build the site again" if output else "ship an earlier output instead"
            yield issue("output-changed", source.as_posix(), "the file is gone", hint)
            return
        shutil.copyfile(source, goal)
        if digest_of(goal, file.digest) != file.digest:
            hint = "build the site again with `digest build --full`" if output else "ship an earlier output instead"
            yield issue("output-changed", source.as_posix(), "the file is not what the manifest says", hint)
