"""The stage: where files wait until all of them are there. One flat folder, so that each directory is made but once."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

# A file object would ask the system three times more than it takes to write a file.
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def name_of(file: str) -> str:
    """The staged name of an output file."""
    return hashlib.blake2b(file.encode(), digest_size=12).hexdigest()


class Stage:
    """A folder for new files beside the output that they are for."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = str(folder), str(output)

    def put(self, file: str, data: bytes) -> tuple[bool, int]:
        """Stage a file, unless the output holds the same bytes: whether it was, and its time in nanoseconds."""
        held = f"{self.output}/{file}"
        with suppress(OSError):
            stat = os.stat(held)
            if stat.st_size == len(data) and _read(held) == data:
                return False, stat.st_mtime_ns
        staged = os.open(f"{self.folder}/{name_of(file)}", _FRESH, 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(staged, view) :]
            return True, os.fstat(staged).st_mtime_ns
        finally:
            os.close(staged)

    def clear(self) -> None:
        """An empty stage."""
        self.remove()
        os.makedirs(self.folder)

    def remove(self) -> None:
        """No stage."""
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder):
                os.unlink(entry.path)
            os.rmdir(self.folder)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()
