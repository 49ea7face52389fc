"""Lines of text from a file or standard input, one after the other."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

STDIN = Path("-")


def lines_of(file: Path) -> Iterator[str]:
    """Each line without its end, as it comes in. UTF-8; what is not becomes U+FFFD, so that no line is ever lost.

    Raises OSError for a file that cannot be read.
    """
    with nullcontext(sys.stdin.buffer) if file == STDIN else file.open("rb") as stream:
        yield from _decoded(stream)


def _decoded(stream: BinaryIO) -> Iterator[str]:
    codec = "utf-8-sig"
    for line in stream:
        yield line.decode(codec, "replace").rstrip("\r\n")
        codec = "utf-8"
