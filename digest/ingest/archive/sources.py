"""Inputs of an import: files, folders of dumps, pipes, and standard input."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from digest.ingest.options import STDIN, ImportOptions
from digest.issues import Issue, issue
from digest.wire import BytesSource, Source

DUMP_PATTERN = "*.txt"


class DumpInput(Struct, frozen=True, kw_only=True):
    """A dump to import.

    `label` is its name on the command line, `name` its file name. `path` is None if the bytes are in `data`.
    `size` is in bytes; `modified` is the mtime.
    """

    label: str
    name: str
    path: Path | None = None
    data: bytes = b""
    size: int = 0
    modified: datetime | None = None


class FileSource:
    """A file as a `Source`. The constructor opens it and raises OSError."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._size = os.fstat(self._file.fileno()).st_size

    @property
    def size(self) -> int:
        """Size in bytes when the file was opened."""
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        """Return at most `length` bytes from `offset`."""
        self._file.seek(offset)
        return self._file.read(length)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextmanager
def open_dump(dump: DumpInput) -> Iterator[Source]:
    """Open a dump for reading. Raises OSError."""
    if dump.path is None:
        yield BytesSource(dump.data)
        return
    source = FileSource(dump.path)
    try:
        yield source
    finally:
        source.close()


def collect_dumps(paths: Sequence[str | Path], options: ImportOptions) -> tuple[list[DumpInput], list[Issue]]:
    """Return the dumps that the caller names, each file once, and an issue for each that cannot be read."""
    dumps: dict[Path | None, DumpInput] = {}
    issues: list[Issue] = []
    for name in paths:
        if str(name) == STDIN:
            dumps.setdefault(None, _stdin_input(options))
            continue
        try:
            for path in _dump_files(Path(name), issues):
                dumps.setdefault(path.resolve(), _file_input(path))
        except OSError as error:
            issues.append(_unreadable_issue(str(name), error))
    return list(dumps.values()), issues


def _stdin_input(options: ImportOptions) -> DumpInput:
    now = options.now or datetime.now(UTC)
    return DumpInput(label="standard input", name="stdin", data=options.stdin, modified=now)


def _dump_files(path: Path, issues: list[Issue]) -> list[Path]:
    """Return the file itself, or the dumps in a folder sorted by name."""
    if not path.is_dir():
        return [path]
    files = sorted(p for p in path.iterdir() if p.match(DUMP_PATTERN) and p.is_file() and not p.name.startswith("."))
    if not files:
        hint = f"in a folder, only files {DUMP_PATTERN} are dumps; name other files one by one"
        issues.append(issue("dump-missing", str(path), "no dump in this folder", hint))
    return files


def _file_input(path: Path) -> DumpInput:
    """Return a file as an input. A named pipe is read at once. Raises OSError if it cannot be read."""
    status = path.stat()
    modified = datetime.fromtimestamp(int(status.st_mtime), UTC)
    # Pages contain the name of their dump and must be valid UTF-8.
    name = os.fsencode(path.name).decode(errors="replace")
    if stat.S_ISFIFO(status.st_mode):
        return DumpInput(label=str(path), name=name, data=path.read_bytes(), modified=modified)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "it is neither a file nor a folder")
    with path.open("rb"):
        return DumpInput(label=str(path), name=name, path=path, size=status.st_size, modified=modified)


def _unreadable_issue(label: str, error: OSError) -> Issue:
    if isinstance(error, FileNotFoundError):
        return issue("dump-missing", label, "there is no such file", "check the name and the current folder")
    message = f"the dump cannot be read: {error.strerror}"
    return issue("dump-unreadable", label, message, "allow this user to read the file")
