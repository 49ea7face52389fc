"""The stage: where files wait until all of them are there, so that each directory is made but once.

Beside an output that holds something it is one flat folder, whose files are put in place one by one. For an output that
holds nothing it is the output to be, whose folders are moved there whole.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

# A file object would ask the system three times more than it takes to write a file.
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def staged_name(file: str) -> str:
    """The staged name of an output file."""
    return hashlib.blake2b(file.encode(), digest_size=12).hexdigest()


class Stage:
    """A folder for new files beside the output that they are for; `whole` when it is the output to be."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = str(folder), str(output)
        self.is_whole = False
        self._made = ""

    def put(self, file: str, data: bytes) -> tuple[bool, int]:
        """Stage a file, unless the output holds the same bytes: whether it was, and its time in nanoseconds."""
        if self.is_whole:
            folder = f"{self.folder}/{file}".rpartition("/")[0]
            if folder != self._made:
                make_folder(folder)
                self._made = folder
            return True, _write(f"{self.folder}/{file}", data)
        held = f"{self.output}/{file}"
        with suppress(OSError):
            stat = os.stat(held)
            if stat.st_size == len(data) and _read(held) == data:
                return False, stat.st_mtime_ns
        return True, _write(f"{self.folder}/{staged_name(file)}", data)

    def clear(self, *, whole: bool = False) -> None:
        """An empty stage."""
        self.remove()
        os.makedirs(self.folder)
        self.is_whole = whole

    def remove(self) -> None:
        """No stage."""
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    os.unlink(entry.path)
            os.rmdir(self.folder)


def is_empty_output(output: Path) -> bool:
    """Whether an output is not there, or holds nothing but what version control keeps in it."""
    try:
        return all(name.startswith(".") for name in os.listdir(output))
    except FileNotFoundError:
        return True
    except OSError:
        return False


def make_folder(folder: str) -> None:
    """A folder. Most stand in one that is there: two calls of the system less than `makedirs`."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write(path: str, data: bytes) -> int:
    """A file; its time."""
    file = os.open(path, _WRITE_FLAGS, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(file, view) :]
        return os.fstat(file).st_mtime_ns
    finally:
        os.close(file)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()
