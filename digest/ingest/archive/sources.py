"""The real ends that dumps are read from: files, folders of them, and standard input."""

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
_READABLE = "let this user read it"


class DumpInput(Struct, frozen=True, kw_only=True):
    """A dump that was named: how, its file's name, where it is (None: in `data`), the file's size and its time."""

    label: str
    name: str
    path: Path | None = None
    data: bytes = b""
    size: int = 0
    modified: datetime | None = None


class FileSource:
    """A file that is read in windows."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._size = os.fstat(self._file.fileno()).st_size

    @property
    def size(self) -> int:
        """Its size in bytes when it was opened."""
        return self._size

    def read(self, offset: int, length: int) -> bytes:
        """The bytes from `offset`, at most `length` of them."""
        self._file.seek(offset)
        return self._file.read(length)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


@contextmanager
def open_dump(dump: DumpInput) -> Iterator[Source]:
    """The bytes of a dump. Raises OSError when they cannot be read."""
    if dump.path is None:
        yield BytesSource(dump.data)
        return
    source = FileSource(dump.path)
    try:
        yield source
    finally:
        source.close()


def collect_dumps(paths: Sequence[str | Path], options: ImportOptions) -> tuple[list[DumpInput], list[Issue]]:
    """The dumps that the command line names, each once, and what is wrong with it."""
    found: dict[Path | None, DumpInput] = {}
    issues: list[Issue] = []
    for name in paths:
        if str(name) == STDIN:
            found.setdefault(None, _from_stdin(options))
            continue
        try:
            for path in _files(Path(name), issues):
                found.setdefault(path.resolve(), _given(path))
        except OSError as error:
            issues.append(_refused(str(name), error))
    return list(found.values()), issues


def _from_stdin(options: ImportOptions) -> DumpInput:
    now = options.now or datetime.now(UTC)
    return DumpInput(label="standard input", name="stdin", data=options.stdin, modified=now)


def _files(path: Path, issues: list[Issue]) -> list[Path]:
    """The file itself, or all dumps in a folder, by name."""
    if not path.is_dir():
        return [path]
    files = sorted(p for p in path.iterdir() if p.match(DUMP_PATTERN) and p.is_file() and not p.name.startswith("."))
    if not files:
        hint = f"dumps in a folder are files {DUMP_PATTERN}; name others one by one"
        issues.append(issue("dump-missing", str(path), "no dump in this folder", hint))
    return files


def _given(path: Path) -> DumpInput:
    """A dump as a file. What comes through a pipe is read at once. Raises OSError when it cannot be read."""
    status = path.stat()
    changed = datetime.fromtimestamp(int(status.st_mtime), UTC)
    name = os.fsencode(path.name).decode(errors="replace")  # pages name their dump, and hold nothing but text
    if stat.S_ISFIFO(status.st_mode):
        return DumpInput(label=str(path), name=name, data=path.read_bytes(), modified=changed)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "it is neither a file nor a folder")
    with path.open("rb"):
        return DumpInput(label=str(path), name=name, path=path, size=status.st_size, modified=changed)


def _refused(label: str, error: OSError) -> Issue:
    if isinstance(error, FileNotFoundError):
        return issue("dump-missing", label, "there is no such file", "look at its name and at the folder you are in")
    return issue("dump-unreadable", label, f"the dump cannot be read: {error.strerror}", _READABLE)
