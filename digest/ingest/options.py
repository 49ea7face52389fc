"""Options of an import."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from msgspec import Struct

STDIN = "-"


class ConflictResolution(Struct, frozen=True, kw_only=True):
    """Decision on a merge conflict: the page gets the text of the wire, or keeps the text of the editor (`ours`).

    `page` is a path relative to the content folder.
    """

    side: Literal["wire", "ours"]
    page: str


def _ignore_progress(stage: str, done: int, total: int) -> None:
    pass


class ImportOptions(Struct, frozen=True, kw_only=True):
    """Options of an import.

    `at`: date or time of the dumps (ISO 8601), instead of that in their names.
    `source`: the sender of the dumps.
    `encoding`: the name of a Python codec; None: detect it.
    `dry_run`: report what would happen, change nothing.
    `stdin`: the bytes that `-` stands for; `now`: their time, None for the clock.
    `with_lines`: report the outcome of every line.
    `resolutions`: decisions on merge conflicts, applied after the dumps.
    `jobs`: maximum number of processes.
    `on_progress`: called with the name of a stage, the number of steps done and their total.
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
    on_progress: Callable[[str, int, int], None] = _ignore_progress
