"""Pagefind at work: HTML goes in, page by page, and an index comes out, in as many files as browsers like to load.

We speak to its service, as its own libraries do, rather than let it walk a folder: the bytes of an index follow from
the order of its pages, and the order of a folder from the disk. https://pagefind.app/docs/py-api/ says what it does.
"""

import base64
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

import msgspec


class Record(NamedTuple):
    """A page to be found: its path, and HTML with what Pagefind is to know of it."""

    url: str
    html: str


class IndexingError(Exception):
    """Pagefind did not do as it was asked."""


def index_of(records: Iterable[Record], language: str) -> dict[str, bytes]:
    """The files of an index of some pages, with the scripts that read it, by path. Raises OSError, IndexingError.

    `language` is ISO 639-1: all pages are in one index, whatever they are written in, so that all are found.
    """
    with _service() as service:
        index = service.ask({"type": "NewIndex", "config": {"force_language": language}})["index_id"]
        for url, html in records:
            service.ask({"type": "AddFile", "index_id": index, "url": url, "file_contents": html})
        # It can write them itself, but ends before all bytes are on the disk.
        files = service.ask({"type": "GetFiles", "index_id": index})["files"]
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


@contextmanager
def _service() -> Iterator["_Service"]:
    from pagefind_bin import get_executable  # type: ignore[import-untyped] # noqa: PLC0415 - it is an extra

    with subprocess.Popen(  # noqa: S603 - the program of a package, and no word of ours
        [str(get_executable()), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    ) as process:
        if process.stdin and process.stdout:
            with process.stdin:  # it ends when nothing more can be asked
                yield _Service(process.stdin, process.stdout)


class _Service:
    """One question, one answer: JSON in base64, a comma after each."""

    def __init__(self, question: IO[bytes], answer: IO[bytes]) -> None:
        self._question, self._answer = question, answer
        self._asked = 0

    def ask(self, payload: dict[str, Any]) -> dict[str, Any]:
        """What it answers. Raises IndexingError when that is that it cannot, or nothing."""
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
