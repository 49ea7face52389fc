"""The content folder as import writes it: each file whole or not at all."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from digest.content.scan import FOLDER
from digest.content.store import STATE
from digest.wire import Source

_BLOCK = 1 << 20
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Folder:
    """Pages and dumps below `site/content`. A `scratch` folder takes all writing instead, so that the site stays.

    `cache` is where the archive's state lies; a scratch folder begins with what the site remembers. `written` are the
    paths of all files that were written, relative to the site, in their order.
    """

    def __init__(self, site: Path, scratch: Path | None = None) -> None:
        self._base = str(site / FOLDER)
        self._target = str(scratch / FOLDER) if scratch else self._base
        self.cache = scratch or site
        if scratch and (site / STATE).exists():
            (scratch / STATE).parent.mkdir(exist_ok=True)
            shutil.copyfile(site / STATE, scratch / STATE)
        self._made: set[str] = set()
        self.written: dict[str, None] = {}

    def exists(self, path: str) -> bool:
        """Whether there is such a file, now or, with a scratch folder, after this import."""
        return f"{FOLDER}/{path}" in self.written or os.path.exists(f"{self._base}/{path}")  # noqa: PTH110 - see `_put`

    def read(self, path: str) -> str:
        """A page's text with its line ends. Raises OSError or UnicodeDecodeError."""
        base = self._target if f"{FOLDER}/{path}" in self.written else self._base
        return Path(base, path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        """Put a page's text in the place of what was there. Raises OSError."""
        self._put(path, [text.encode()])

    def copy(self, path: str, source: Source) -> None:
        """Keep a dump. Raises OSError."""
        self._put(path, (source.read(offset, _BLOCK) for offset in range(0, source.size, _BLOCK)))

    def _put(self, path: str, blocks: Iterable[bytes]) -> None:
        """Write a file beside its place, then give it its name. Nothing but `os`: this is done for every page."""
        folder, _, name = f"{self._target}/{path}".rpartition("/")
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        beside = f"{folder}/.{name}.new"
        file = os.open(beside, _FLAGS, 0o666)
        try:
            for block in blocks:
                rest = memoryview(block)
                while rest:
                    rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        os.replace(beside, f"{folder}/{name}")  # noqa: PTH105 - as the docstring says
        self.written[f"{FOLDER}/{path}"] = None
