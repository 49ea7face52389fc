"""The content folder as an import reads and writes it. Every write is atomic."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.content.store.database import STATE_FILE
from digest.content.store.scan import CONTENT_FOLDER
from digest.ingest.draft.page import PageContent, text_of
from digest.ingest.parallel.background_writer import BackgroundWriter
from digest.ingest.write.files import FileWriter
from digest.wire import Source

_BLOCK = 1 << 20


class ContentFolder:
    """Pages and dumps below `site/content`.

    With a `scratch` folder all writes go there and the site stays unchanged. `state_folder` holds `.digest/` with the
    state of the archive; a scratch folder starts with a copy of the site's. `written` are the paths of all written
    files relative to the site, in order. Within `background_writing`, another process may write new pages a little
    later; all methods answer as if they were on the disk.
    """

    def __init__(self, site: Path, scratch: Path | None = None) -> None:
        self._base = str(site / CONTENT_FOLDER)
        self._target = str(scratch / CONTENT_FOLDER) if scratch else self._base
        self.state_folder = scratch or site
        if scratch and (site / STATE_FILE).exists():
            (scratch / STATE_FILE).parent.mkdir(exist_ok=True)
            shutil.copyfile(site / STATE_FILE, scratch / STATE_FILE)
        self._files = FileWriter(self._target)
        self._background: BackgroundWriter | None = None
        self.written: dict[str, None] = {}

    def exists(self, path: str) -> bool:
        """Return True if there is such a file, or will be after this import."""
        return f"{CONTENT_FOLDER}/{path}" in self.written or os.path.exists(f"{self._base}/{path}")  # noqa: PTH110 - asked for every page

    def read(self, path: str) -> str:
        """Return the text of a page with its line ends. Raises OSError or UnicodeDecodeError."""
        if self._background and (text := self._background.pending_text(path)) is not None:
            return text
        base = self._target if f"{CONTENT_FOLDER}/{path}" in self.written else self._base
        return Path(base, path).read_bytes().decode()

    def add(self, path: str, page: PageContent) -> None:
        """Write a new page. Raises OSError, also for a page that was added before."""
        if self._background is None:
            self.write(path, text_of(page))
            return
        self.written[f"{CONTENT_FOLDER}/{path}"] = None
        self._background.put(path, page)

    def write(self, path: str, text: str) -> None:
        """Replace the text of a page, at once if the page is on the disk. Raises OSError."""
        if self._background and self._background.is_pending(path):
            self._background.put(path, text)
            return
        self._files.write(path, (text.encode(),))
        self.written[f"{CONTENT_FOLDER}/{path}"] = None

    def copy_dump(self, path: str, source: Source) -> None:
        """Write the copy of a dump, after all added pages are written. Raises OSError."""
        self.flush()
        self._files.write(path, (source.read(offset, _BLOCK) for offset in range(0, source.size, _BLOCK)))
        self.written[f"{CONTENT_FOLDER}/{path}"] = None

    def flush(self) -> None:
        """Wait until all added pages are written. Raises OSError."""
        if self._background:
            self._background.flush()

    @contextmanager
    def background_writing(self) -> Iterator[None]:
        """Let another process write added pages. At the end, `written` contains only pages that are on the disk."""
        writer = self._background = BackgroundWriter(self._files)
        try:
            yield
        finally:
            with suppress(OSError):
                writer.flush()
            writer.close()
            self._background = None
            for path in writer.unwritten():
                self.written.pop(f"{CONTENT_FOLDER}/{path}", None)
