"""The content folder as import writes it: each file whole or not at all."""

import os
import shutil
from pathlib import Path

from digest.content.page import FOLDER
from digest.wire import Source

_BLOCK = 1 << 20


class Folder:
    """Pages and dumps below `site/content`. A `scratch` folder takes all writing instead, so that the site stays."""

    def __init__(self, site: Path, scratch: Path | None = None) -> None:
        self._base = site / FOLDER
        self._target = scratch / FOLDER if scratch else self._base
        self._made: set[Path] = set()
        self.written: dict[str, None] = {}

    def exists(self, path: str) -> bool:
        """Whether there is such a file, now or, with a scratch folder, after this import."""
        return (self._target / path).exists() or (self._target != self._base and (self._base / path).exists())

    def read(self, path: str) -> str:
        """A page's text with its line ends. Raises OSError or UnicodeDecodeError."""
        written = self._target != self._base and f"{FOLDER}/{path}" in self.written
        return ((self._target if written else self._base) / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        """Put a page's text in the place of what was there. Raises OSError."""
        whole = self._ready(path)
        beside = _beside(whole)
        with open(beside, "wb", buffering=0) as file:  # noqa: PTH123 - half the time of Path.open, for every page
            file.write(text.encode())
        os.replace(beside, whole)  # noqa: PTH105 - as above

    def copy(self, path: str, source: Source) -> None:
        """Keep a dump. Raises OSError."""
        whole = self._ready(path)
        beside = _beside(whole)
        with beside.open("wb") as file:
            offset = 0
            while block := source.read(offset, _BLOCK):
                file.write(block)
                offset += len(block)
        beside.replace(whole)

    def _ready(self, path: str) -> Path:
        whole = self._target / path
        if whole.parent not in self._made:
            whole.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(whole.parent)
        self.written[f"{FOLDER}/{path}"] = None
        return whole


def copied_state(state: Path, scratch: Path) -> None:
    """Let a scratch folder begin with what the site remembers of its pages."""
    target = scratch / state.parent.name / state.name
    if state.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(state, target)


def _beside(path: Path) -> Path:
    """The hidden name under which a file is written before it takes its place."""
    return path.with_name(f".{path.name}.new")
