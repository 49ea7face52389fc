"""Background writer: a process that makes the text of new pages and writes them, in batches and in order.

If it dies or cannot write a page, this process writes the page, or raises the OSError.
"""

from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import msgspec

from digest.ingest.draft.page import NewPage, PageContent, text_of
from digest.ingest.parallel.processes import start_worker, stop_worker
from digest.ingest.write.files import FileWriter

BATCH_BYTES = 64_000
"""Approximate size of the pages that are sent at a time."""
MAX_PENDING_BYTES = 500_000
"""Size of the pages that may wait for the writer; with more, this process waits too."""

_DONE, _END = b"done", b""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, PageContent]).decode


class BackgroundWriter:
    """Queue of pages for the writer process, which starts with the first batch."""

    def __init__(self, files: FileWriter) -> None:
        self._files = files
        self._pipe: Connection | None = None
        self._process: BaseProcess | None = None
        self._queue: dict[str, PageContent] = {}
        self._queue_bytes = 0
        self._sent: dict[str, PageContent] = {}
        self._expects_reply = False

    def put(self, path: str, page: PageContent) -> None:
        """Queue a page; it replaces one with the same path. Raises OSError, also for an earlier page."""
        self._queue_bytes += page.size if isinstance(page, NewPage) else len(page)
        self._queue[path] = page
        if self._queue_bytes >= MAX_PENDING_BYTES or (self._queue_bytes >= BATCH_BYTES and self._is_idle()):
            self._send()

    def pending_text(self, path: str) -> str | None:
        """Return the text of a page that may not be on the disk yet."""
        page = self._queue.get(path, self._sent.get(path))
        return None if page is None else text_of(page)

    def is_pending(self, path: str) -> bool:
        """Return True if a page may not be on the disk yet."""
        return path in self._queue or path in self._sent

    def unwritten(self) -> set[str]:
        """Return the paths of all pages that may not be on the disk yet."""
        return self._queue.keys() | self._sent.keys()

    def flush(self) -> None:
        """Wait until all pages are written. Raises OSError."""
        self._send()
        self._await_reply()

    def close(self) -> None:
        """Stop the process. Pages that were not sent are not written."""
        if self._pipe:
            # Closing the pipe is not enough: workers that were forked later may hold it open.
            with suppress(OSError):
                self._pipe.send_bytes(_END)
            self._pipe.close()
        if self._process:
            stop_worker(self._process)

    def _is_idle(self) -> bool:
        """Return True if the process has finished its batch."""
        return self._pipe is None or not self._expects_reply or self._pipe.poll()

    def _send(self) -> None:
        """Send the queue, after the process has finished its last batch."""
        self._await_reply()
        if not self._queue:
            return
        if self._process is None:
            self._pipe, self._process = start_worker(_serve, self._files)
        self._sent, self._queue, self._queue_bytes = self._queue, {}, 0
        if self._pipe:
            with suppress(OSError):
                self._pipe.send_bytes(_encode(self._sent))
                self._expects_reply = True

    def _await_reply(self) -> None:
        """Wait until the sent batch is written. If the process failed, write the batch here."""
        if self._pipe and self._expects_reply:
            self._expects_reply = False
            with suppress(EOFError, OSError):
                if self._pipe.recv_bytes() == _DONE:
                    self._sent = {}
        while self._sent:
            path = next(iter(self._sent))
            self._files.write(path, (text_of(self._sent[path]).encode(),))
            del self._sent[path]


def _serve(files: FileWriter, pipe: Connection) -> None:
    """Write batches until an empty message or the end of the pipe."""
    while (batch := pipe.recv_bytes()) != _END:
        for path, page in _decode(batch).items():
            files.write(path, (text_of(page).encode(),))
        pipe.send_bytes(_DONE)
