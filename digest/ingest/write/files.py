"""Atomic writes of many small files below one folder."""

import os
from collections.abc import Iterable
from pathlib import Path

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class FileWriter:
    """Writes files below a folder and remembers the folders that it made."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._made: set[str] = set()

    def write(self, path: str, blocks: Iterable[bytes]) -> None:
        """Write a file atomically: under a temporary name, then renamed. Raises OSError.

        It uses `os` instead of `pathlib` because an import calls it for every page.
        """
        folder, _, name = f"{self._folder}/{path}".rpartition("/")
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        temporary = f"{folder}/.{name}.new"
        file = os.open(temporary, _FLAGS, 0o666)
        try:
            for block in blocks:
                rest = memoryview(block)
                while rest:
                    rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        os.replace(temporary, f"{folder}/{name}")  # noqa: PTH105 - as the docstring says
