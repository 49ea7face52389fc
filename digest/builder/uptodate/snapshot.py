"""What a build left in the output: each file with its size and its time. The next build finds what is not so any more.

The state knows the same, in a table; this is the table on one page, which is read and brought up to date in no time.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

FileStat = tuple[int, int]
"""Size in bytes and time of the last writing in ns."""
_ABSENT: FileStat = (-1, -1)


class Snapshot(Struct, frozen=True):
    """Paths below the output, a line each, and the marks of them all as pairs of 64 bits."""

    files: str
    marks: bytes

    def stat_of(self, file: str) -> FileStat | None:
        """The mark of one file, if it was left."""
        files = self.files.split("\n")
        if file not in files:
            return None
        at = 2 * files.index(file)
        size, time = array("q", self.marks)[at : at + 2]
        return size, time

    def matches(self, output: Path) -> bool:
        """Whether everything is as it was left."""
        return _marks(output, self.files.split("\n")) == self.marks

    def changed_files(self, output: Path) -> list[str]:
        """The files that are not as they were left."""
        if not self.files:
            return []
        files = self.files.split("\n")
        now, then = array("q", _marks(output, files)), array("q", self.marks)
        if now == then:
            return []
        return [file for n, file in enumerate(files) if now[2 * n : 2 * n + 2] != then[2 * n : 2 * n + 2]]

    def updated(self, changed: Mapping[str, FileStat | None]) -> "Snapshot":
        """After some files came, changed or went (None)."""
        files, marks = self.files.split("\n"), array("q", self.marks)
        places = {file: n for n, file in enumerate(files)}
        for file, mark in changed.items():
            if mark and file in places:
                marks[2 * places[file] : 2 * places[file] + 2] = array("q", mark)
            elif mark:
                files.append(file)
                marks.extend(mark)
        for n in sorted((places[file] for file, mark in changed.items() if not mark and file in places), reverse=True):
            del files[n], marks[2 * n : 2 * n + 2]
        return Snapshot("\n".join(files), marks.tobytes())


def snapshot_of(files: Iterable[tuple[str, int, int]]) -> Snapshot:
    """From files with sizes and times."""
    names, marks = list[str](), array("q")
    for name, size, time in files:
        names.append(name)
        marks.extend((size, time))
    return Snapshot("\n".join(names), marks.tobytes())


def _marks(output: Path, files: list[str]) -> bytes:
    """What the files are now."""
    try:
        folder = os.open(output, os.O_RDONLY) if os.stat in os.supports_dir_fd else None
    except OSError:
        return array("q", _ABSENT * len(files)).tobytes()
    try:
        return array("q", _each(str(output), folder, files)).tobytes()
    finally:
        if folder is not None:
            os.close(folder)


def _each(output: str, folder: int | None, files: list[str]) -> Iterator[int]:
    stat = os.stat
    for file in files:
        try:
            status = stat(file if folder is not None else f"{output}/{file}", dir_fd=folder)
        except OSError:
            yield from _ABSENT
        else:
            yield status.st_size
            yield status.st_mtime_ns
