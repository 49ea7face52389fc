"""Work that a build does, counted: files opened by what for, folders made, files renamed, SQL statements."""

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct

from digest.builder import BuildRequest, Report, build, pipeline
from digest.content.store.database import Schema, open_store

_FOLDER: int = getattr(os, "O_DIRECTORY", 0)


class Work(Struct, frozen=True, kw_only=True):
    """What a build did. `read` and `written` count openings of files, by where: `content`, `output` or `state`.

    `bytes_read` are those of content; folders made, files renamed into it and removed from it, and `bytes_written`, are
    those of the output. Each row of a batch counts as a statement.
    """

    report: Report
    read: Counter[str]
    written: Counter[str]
    bytes_read: int
    bytes_written: int
    mkdir: int
    rename: int
    remove: int
    statements: int


class _Audit:
    """Listens to Python's own audit events (PEP 578). A hook stays for ever, so there is one, mostly asleep."""

    def __init__(self) -> None:
        self.events: list[tuple[str, tuple[object, ...]]] | None = None
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.events is not None and event in {"open", "os.mkdir", "os.rename", "os.remove"}:
            self.events.append((event, arguments))


_AUDIT = _Audit()


@contextmanager
def _listening() -> Iterator[list[tuple[str, tuple[object, ...]]]]:
    events: list[tuple[str, tuple[object, ...]]] = []
    _AUDIT.events = events
    try:
        yield events
    finally:
        _AUDIT.events = None


def work_of(request: BuildRequest, patch: pytest.MonkeyPatch) -> Work:
    """Build in this process, and count."""
    statements: list[str] = []

    def traced(site: Path, *schemas: Schema) -> sqlite3.Connection:
        store = open_store(site, *schemas)
        store.set_trace_callback(statements.append)
        return store

    patch.setattr(pipeline, "open_store", traced)
    with _listening() as events:
        report = build(request)
    assert report.ok, "\n".join(map(str, report.issues))
    read, written, sizes = Counter[str](), Counter[str](), 0
    for event, arguments in events:
        place = _place(arguments[0], request) if event == "open" else ""
        flags = arguments[2] if event == "open" and isinstance(arguments[2], int) else 0
        if not place or flags & _FOLDER:
            continue
        if flags & (os.O_WRONLY | os.O_RDWR):
            written[place] += 1
        else:
            read[place] += 1
            sizes += Path(str(arguments[0])).stat().st_size if place == "content" else 0
    put = [a for e, a in events if e == "os.rename" and _place(a[1], request) == "output"]
    kinds = Counter((event, _place(arguments[0], request)) for event, arguments in events)
    return Work(
        report=report,
        read=read,
        written=written,
        bytes_read=sizes,
        bytes_written=sum(_size(Path(str(target))) for _, target, *_ in put),
        mkdir=kinds["os.mkdir", "output"],
        rename=len(put),
        remove=kinds["os.remove", "output"],
        statements=len(statements),
    )


def _size(path: Path) -> int:
    """The bytes of a file, or of all files in a folder."""
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file()) if path.is_dir() else path.stat().st_size


def _place(path: object, request: BuildRequest) -> str:
    """Where a file stands; empty for a file of somebody else."""
    file = Path(os.fsdecode(path)) if isinstance(path, str | bytes) else Path("/")
    for name, folder in (("output", request.output), ("content", request.site / "content"), ("state", request.folder)):
        if file.is_relative_to(folder):
            return name
    return ""
