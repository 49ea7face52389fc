"""Lines of a file or of stdin, as a stream."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

STDIN = Path("-")


def lines_of(file: Path) -> Iterator[str]:
    """Yield each line without its end. Invalid UTF-8 becomes U+FFFD, so no line is lost.

    Raises OSError for a file that cannot be read.
    """
    with nullcontext(sys.stdin.buffer) if file == STDIN else file.open("rb") as stream:
        yield from _decoded(stream)


def _decoded(stream: BinaryIO) -> Iterator[str]:
    codec = "utf-8-sig"
    for line in stream:
        yield line.decode(codec, "replace").rstrip("\r\n")
        codec = "utf-8"
