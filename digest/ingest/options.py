"""What the caller of an import wants."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from msgspec import Struct

STDIN = "-"


class ConflictResolution(Struct, frozen=True, kw_only=True):
    """A decision on what the wire offers for a page: the wire's text, or what an editor has made of it.

    `page` is a path relative to the content folder.
    """

    side: Literal["wire", "ours"]
    page: str


def _untold(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


class ImportOptions(Struct, frozen=True, kw_only=True):
    """`at` is the day or moment of the dumps (ISO 8601), `source` who sent them, `encoding` as Python names codecs.

    `stdin` is what `-` stands for. `now` is the moment of a dump from there; None: the clock. With `account` the report
    says of every line what became of it. With `dry_run` the site stays as it is. `jobs` are the processes that may
    read and thread, `told` is called with how far it is: what is counted, how many are done, of how many.
    """

    at: str = ""
    source: str = ""
    encoding: str | None = None
    dry_run: bool = False
    stdin: bytes = b""
    now: datetime | None = None
    with_lines: bool = False
    resolutions: tuple[ConflictResolution, ...] = ()
    jobs: int = 1
    on_progress: Callable[[str, int, int], None] = _untold
