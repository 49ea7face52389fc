"""Client of the Pagefind service: takes HTML pages and returns the files of a search index.

The service protocol is used instead of indexing a folder, because the bytes of an index depend on the order of its
pages, and the order of a folder depends on the disk. See https://pagefind.app/docs/py-api/.
"""

import base64
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

import msgspec


class Record(NamedTuple):
    """A searchable page: URL path, and HTML with Pagefind attributes."""

    url: str
    html: str


class IndexingError(Exception):
    """Pagefind reported an error or ended."""


def index_of(records: Iterable[Record], language: str) -> dict[str, bytes]:
    """Return the files of an index and its scripts, by path. Raises OSError or IndexingError.

    `language` is ISO 639-1. All pages are in one index, whatever their language, so that a search finds all of them.
    """
    with _service() as service:
        index = service.ask({"type": "NewIndex", "config": {"force_language": language}})["index_id"]
        for url, html in records:
            service.ask({"type": "AddFile", "index_id": index, "url": url, "file_contents": html})
        # Pagefind can write the files itself, but ends before all bytes are on disk.
        files = service.ask({"type": "GetFiles", "index_id": index})["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


@contextmanager
def _service() -> Iterator["_Service"]:
    from pagefind_bin import get_executable  # type: ignore[import-untyped] # noqa: PLC0415 - it is an extra

    with subprocess.Popen(  # noqa: S603 - the program of an installed package, without arguments of ours
        [str(get_executable()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    ) as process:
        if process.stdin and process.stdout:
            with process.stdin:  # the service ends when its input is closed
                yield _Service(process.stdin, process.stdout)


class _Service:
    """Request and response, one at a time: JSON in base64, each followed by a comma."""

    def __init__(self, question: IO[bytes], answer: IO[bytes]) -> None:
        self._question, self._answer = question, answer
        self._asked = 0

    def ask(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Send a request and return the response. Raises IndexingError for an error or no response."""
        self._asked += 1
        said = memoryview(base64.b64encode(msgspec.json.encode({"message_id": self._asked, "payload": payload})) + b",")
        while said:
            said = said[self._question.write(said) :]
        heard = bytearray()
        while not heard.endswith(b","):
            more = self._answer.read(1 << 20)
            if not more:
                raise IndexingError("it ended without an answer")
            heard += more
        answer: dict[str, Any] = msgspec.json.decode(base64.b64decode(heard[:-1]))["payload"]
        if answer["type"] == "Error":
            raise IndexingError(str(answer["message"]))
        return answer
