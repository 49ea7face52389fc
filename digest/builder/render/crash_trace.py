"""Crash trace: each worker records the page it is processing, so that a dead worker can be blamed on a page."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_LONGEST = 2000
# The mapped file of this process; empty when nobody reads it.
_FILE: list[mmap] = []


def start_worker(folder: Path | None) -> None:
    """Initialise a worker: ignore SIGINT, which only the parent handles, and exit when the parent exits."""
    if folder:
        _FILE[:] = [mapped_file(folder / str(os.getpid()))]
    import signal  # noqa: PLC0415 - what only the processes of a pool need

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, _exit_quietly)  # the pool terminates workers this way when one of them has died
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_quietly(*_: object) -> None:
    set_place("")
    os._exit(0)


def _exit_with_parent() -> None:
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - where it runs, it is loaded already

    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def mapped_file(path: Path) -> mmap:
    """Create a file and map it into memory: writing needs no system call, and the file outlives the process."""
    path.write_bytes(b"\n" * (_LONGEST + 1))
    with path.open("r+b") as file:
        return mmap(file.fileno(), 0)


def set_place(place: str) -> None:
    """Record what this process works on; empty when it is idle."""
    for file in _FILE:
        line = place.encode("utf-8", "replace")[:_LONGEST] + b"\n"
        file[: len(line)] = line


def record_places(items: Iterable[T], name: Callable[[T], str]) -> Iterator[T]:
    """Yield items, recording the name of each before it is processed."""
    for item in items:
        set_place(name(item))
        yield item
    set_place("")


def create_folder(folder: Path) -> Path:
    """Create an empty trace folder."""
    remove_folder(folder)
    folder.mkdir(parents=True)
    return folder


def remove_folder(folder: Path) -> None:
    """Remove a trace folder."""
    shutil.rmtree(folder, ignore_errors=True)


def unfinished_places(folder: Path) -> tuple[str, ...]:
    """Return what unfinished workers were processing."""
    found = list[str]()
    with suppress(OSError):
        for file in folder.iterdir():
            found.append(file.read_bytes().partition(b"\n")[0].decode("utf-8", "replace"))
    return tuple(sorted(filter(None, found)))
