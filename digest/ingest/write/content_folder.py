"""The content folder as import writes it: each file whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.content.store.database import STATE
from digest.content.store.scan import FOLDER
from digest.ingest.draft.page import PageContent, text_of
from digest.ingest.parallel.background_writer import BackgroundWriter
from digest.ingest.write.files import FileWriter
from digest.wire import Source

_BLOCK = 1 << 20


class ContentFolder:
    """Pages and dumps below `site/content`. A `scratch` folder takes all writing instead, so that the site stays.

    `cache` is where the archive's state lies; a scratch folder begins with what the site remembers. `written` are the
    paths of all files that were written, relative to the site, in their order. New pages may be written by another
    process, a little later: whatever is asked here is answered as if they were there.
    """

    def __init__(self, site: Path, scratch: Path | None = None) -> None:
        self._base = str(site / FOLDER)
        self._target = str(scratch / FOLDER) if scratch else self._base
        self.state_folder = scratch or site
        if scratch and (site / STATE).exists():
            (scratch / STATE).parent.mkdir(exist_ok=True)
            shutil.copyfile(site / STATE, scratch / STATE)
        self._pen = FileWriter(self._target)
        self._scribe: BackgroundWriter | None = None
        self.written: dict[str, None] = {}

    def exists(self, path: str) -> bool:
        """Whether there is such a file, now or, with a scratch folder, after this import."""
        return f"{FOLDER}/{path}" in self.written or os.path.exists(f"{self._base}/{path}")  # noqa: PTH110 - asked for every page

    def read(self, path: str) -> str:
        """A page's text with its line ends. Raises OSError or UnicodeDecodeError."""
        if self._scribe and (text := self._scribe.pending_text(path)) is not None:
            return text
        base = self._target if f"{FOLDER}/{path}" in self.written else self._base
        return Path(base, path).read_bytes().decode()

    def add(self, path: str, page: PageContent) -> None:
        """Write a page where none was. Raises OSError, for it or for one that was added before."""
        if self._scribe is None:
            self.write(path, text_of(page))
            return
        self.written[f"{FOLDER}/{path}"] = None
        self._scribe.put(path, page)

    def write(self, path: str, text: str) -> None:
        """Put a page's text in the place of what was there, at once where that is there. Raises OSError."""
        if self._scribe and self._scribe.is_pending(path):
            self._scribe.put(path, text)
            return
        self._pen.write(path, (text.encode(),))
        self.written[f"{FOLDER}/{path}"] = None

    def copy_dump(self, path: str, source: Source) -> None:
        """Keep a dump, when all that was added is written. Raises OSError."""
        self.flush()
        self._pen.write(path, (source.read(offset, _BLOCK) for offset in range(0, source.size, _BLOCK)))
        self.written[f"{FOLDER}/{path}"] = None

    def flush(self) -> None:
        """Wait until all that was added is written. Raises OSError."""
        if self._scribe:
            self._scribe.flush()

    @contextmanager
    def background_writing(self) -> Iterator[None]:
        """Let another process write what is added meanwhile; in the end it is written, or not in `written`."""
        scribe = self._scribe = BackgroundWriter(self._pen)
        try:
            yield
        finally:
            with suppress(OSError):
                scribe.flush()
            scribe.close()
            self._scribe = None
            for path in scribe.unwritten():
                self.written.pop(f"{FOLDER}/{path}", None)
