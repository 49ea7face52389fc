"""Another process that makes new pages' texts and writes them while this one goes on, a few at a time, in their order.

It ends where the other end of its pipe is gone: it does not outlive its import, however that died. If it dies itself,
or cannot write something, that is written here, or refused here.
"""

import multiprocessing
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

import msgspec

from digest.ingest.draft.page import NewPage, PageContent, text_of
from digest.ingest.write.files import FileWriter

BATCH_BYTES = 64_000
"""Bytes of pages that are sent at a time."""
MAX_PENDING_BYTES = 500_000
"""Bytes that may wait while those before are written; with more, this process waits as well."""
_PATIENCE_S = 5.0

_DONE, _END = b"done", b""
_encode = msgspec.msgpack.Encoder().encode
_pages = msgspec.msgpack.Decoder(dict[str, PageContent]).decode


class BackgroundWriter:
    """Started when there is a batch to write."""

    def __init__(self, pen: FileWriter) -> None:
        self._pen = pen
        self._pipe: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None
        self._waiting: dict[str, PageContent] = {}
        self._size = 0
        self._sent: dict[str, PageContent] = {}
        self._asked = False

    def put(self, path: str, page: PageContent) -> None:
        """Let a page be written, in the place of what was put there before. Raises OSError for that or another one."""
        self._size += page.size if isinstance(page, NewPage) else len(page)
        self._waiting[path] = page
        if self._size >= MAX_PENDING_BYTES or (self._size >= BATCH_BYTES and self._is_free()):
            self._send()

    def pending_text(self, path: str) -> str | None:
        """The text of a page that was put and is perhaps not written yet."""
        page = self._waiting.get(path, self._sent.get(path))
        return None if page is None else text_of(page)

    def is_pending(self, path: str) -> bool:
        """Whether there is one."""
        return path in self._waiting or path in self._sent

    def unwritten(self) -> set[str]:
        """The paths of all such pages."""
        return self._waiting.keys() | self._sent.keys()

    def flush(self) -> None:
        """Wait until all is written. Raises OSError."""
        self._send()
        self._answered()

    def close(self) -> None:
        """Let the process go; what it was not sent is not written."""
        if self._pipe:
            with suppress(OSError):
                self._pipe.send_bytes(_END)  # a crew that was forked meanwhile may hold the pipe open
            self._pipe.close()
        if self._process:
            self._process.join(_PATIENCE_S)
            if self._process.is_alive():
                self._process.terminate()

    def _is_free(self) -> bool:
        """Whether nobody has to wait for the process."""
        return self._pipe is None or not self._asked or self._pipe.poll()

    def _send(self) -> None:
        """Ask for what is waiting, when what was asked before is done."""
        self._answered()
        if not self._waiting:
            return
        self._process = self._process or self._started()
        self._sent, self._waiting, self._size = self._waiting, {}, 0
        if self._pipe:
            with suppress(OSError):
                self._pipe.send_bytes(_encode(self._sent))
                self._asked = True

    def _answered(self) -> None:
        """Hear that all is written that was sent, else write it here."""
        if self._pipe and self._asked:
            self._asked = False
            with suppress(EOFError, OSError):
                if self._pipe.recv_bytes() == _DONE:
                    self._sent = {}
        while self._sent:
            path = next(iter(self._sent))
            self._pen.write(path, (text_of(self._sent[path]).encode(),))
            del self._sent[path]

    def _started(self) -> multiprocessing.process.BaseProcess:
        """A fork is cheapest, and safe only while there is one thread."""
        forks = sys.platform == "linux" and threading.active_count() == 1
        make = (multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")).Process
        self._pipe, theirs = multiprocessing.Pipe()
        process = make(target=_write, args=(self._pen, theirs, self._pipe if forks else None), daemon=True)
        process.start()
        theirs.close()
        return process


def _write(pen: FileWriter, pipe: Connection, inherited: Connection | None) -> None:
    """Write until nobody asks. The terminal's interrupt is for who asks; his end of the pipe is not ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if inherited:
        inherited.close()
    with suppress(EOFError, OSError):
        while (asked := pipe.recv_bytes()) != _END:
            for path, page in _pages(asked).items():
                pen.write(path, (text_of(page).encode(),))
            pipe.send_bytes(_DONE)
