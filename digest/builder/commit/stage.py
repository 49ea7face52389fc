"""The stage: a folder that receives all files of a build before any of them enters the output.

If the output has files, the stage is one flat folder, whose files are moved one by one. If the output is empty, the
stage has the structure of the output, and its folders are moved as a whole: a cold build takes half the wall time of
one through a flat stage (decision 7).
"""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

# A file object needs three more system calls.
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def staged_name(file: str) -> str:
    """Return the name of an output file in a flat stage."""
    return hashlib.blake2b(file.encode(), digest_size=12).hexdigest()


class Stage:
    """Folder of new files; `is_whole` when it has the structure of the output."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = str(folder), str(output)
        self.is_whole = False
        self._made = ""

    def put(self, file: str, data: bytes) -> tuple[bool, int]:
        """Stage a file unless the output has the same bytes. Return whether it was staged, and its mtime in ns."""
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
        """Create an empty stage."""
        self.remove()
        os.makedirs(self.folder)
        self.is_whole = whole

    def remove(self) -> None:
        """Remove the stage."""
        with suppress(FileNotFoundError):
            for entry in os.scandir(self.folder):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    os.unlink(entry.path)
            os.rmdir(self.folder)


def is_empty_output(output: Path) -> bool:
    """Return True when the output is missing or has only hidden files such as `.gitignore`."""
    try:
        return all(name.startswith(".") for name in os.listdir(output))
    except FileNotFoundError:
        return True
    except OSError:
        return False


def make_folder(folder: str) -> None:
    """Create a folder. Usually its parent exists: then this takes two system calls less than `makedirs`."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write(path: str, data: bytes) -> int:
    """Write a file and return its mtime in ns."""
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
