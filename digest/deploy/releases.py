"""Releases of a folder target, kept beside the folder: earlier manifests and the files that only they have.

.NAME.releases/
  manifests/000007.json   a release before the present one; the highest number is the nearest
  files/ab/abcdef…        a file by its digest
  incoming/               staged files, named by their digests
  pending.json            the manifest of a shipment that has begun
"""

import os
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from digest.deploy.manifest import parse_manifest, text_of
from digest.model import Manifest, OutputFile

KEPT = 5


class Releases:
    """The memory in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pending = folder / "pending.json"
        self._incoming = folder / "incoming"

    def begin(self, new: Manifest) -> None:
        """A shipment of `new` begins: what it is going to put is ours from here on."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        write(self._pending, text_of(new))

    def pending(self) -> Manifest | None:
        """Return the manifest of a shipment that was interrupted."""
        return _read(self._pending)

    def staged(self, file: OutputFile) -> Path:
        """Return the path of the staged copy of a file."""
        return self._incoming / file.digest

    def stored(self, file: OutputFile) -> Path:
        """Return the path of the kept copy of a file."""
        return self._folder / "files" / file.digest[:2] / file.digest

    def keep(self, file: OutputFile, present: Path) -> None:
        """Keeps the copy of a file that stands at `present`, if it is still what the manifest says."""
        kept = self.stored(file)
        if file.digest and not kept.exists() and present.is_file() and digest_of(present, file.digest) == file.digest:
            kept.parent.mkdir(parents=True, exist_ok=True)
            copy(present, kept)

    def latest(self, present: Manifest) -> Manifest | None:
        """The newest release that is another than the present one."""
        return next((m for m in map(_read, reversed(self._files())) if m and m != present), None)

    def push(self, old: Manifest) -> None:
        """`old` is now the release before; the oldest are forgotten. Pushed again, it stands there once."""
        files = self._files()
        if files and _read(files[-1]) == old:
            return
        number = int(files[-1].stem) + 1 if files else 1
        write(self._folder / "manifests" / f"{number:06}.json", text_of(old))
        for path in self._files()[:-KEPT]:
            path.unlink()

    def pop(self, present: Manifest) -> None:
        """`present` is a release of the past no more, nor is any after it."""
        files = self._files()
        at = [n for n, path in enumerate(files) if _read(path) == present]
        for path in files[at[-1] :] if at else ():
            path.unlink()

    def end(self) -> None:
        """The shipment has ended: drops the stage, and kept files that no kept release names."""
        needed = {f.digest for m in map(_read, self._files()) if m for f in m.files}
        for path in (self._folder / "files").glob("??/*"):
            if path.name not in needed:
                path.unlink()
        shutil.rmtree(self._incoming, ignore_errors=True)
        self._pending.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted((self._folder / "manifests").glob("*.json"))


def _read(path: Path) -> Manifest | None:
    return parse_manifest(path.read_bytes()) if path.is_file() else None


def write(path: Path, data: bytes) -> None:
    """A file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)


def copy(source: Path, goal: Path) -> None:
    """A copy that shows up whole; a second name for the same bytes where the file system can."""
    new = goal.with_name(f".{goal.name}.new")
    new.unlink(missing_ok=True)
    try:
        os.link(source, new)
    except OSError:
        shutil.copyfile(source, new)
    new.replace(goal)
    new.unlink(missing_ok=True)  # rename(2) leaves both names when they are of one file already


def digest_of(path: Path, like: str) -> str:
    """BLAKE2b of a file, as many hexadecimal digits as `like` has."""
    state = blake2b(digest_size=len(like) // 2)
    for chunk in _chunks(path):
        state.update(chunk)
    return state.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            yield chunk
