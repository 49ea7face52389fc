"""Where each process of a pool is, written down as it goes: of one that dies, its last word is left."""

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
# This process's own file; none where nobody would read it.
_FILE: list[mmap] = []


def start_worker(folder: Path | None) -> None:
    """What a process of a pool does first. It ends with the one that it works for, which alone hears an interrupt."""
    if folder:
        _FILE[:] = [mapped_file(folder / str(os.getpid()))]
    import signal  # noqa: PLC0415 - what only the processes of a pool need

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, _exit_quietly)  # so ends a pool whose other process died
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
    """A new file for a line, as memory that is there when its process is not: it takes no call to write to it."""
    path.write_bytes(b"\n" * (_LONGEST + 1))
    with path.open("r+b") as file:
        return mmap(file.fileno(), 0)


def set_place(place: str) -> None:
    """What this process turns to now; empty when it is done."""
    for file in _FILE:
        said = place.encode("utf-8", "replace")[:_LONGEST] + b"\n"
        file[: len(said)] = said


def record_places(things: Iterable[T], name: Callable[[T], str]) -> Iterator[T]:
    """The same things; each is noted when it is asked for, and that there are no more."""
    for thing in things:
        set_place(name(thing))
        yield thing
    set_place("")


def create_folder(folder: Path) -> Path:
    """An empty folder for the processes of a pool."""
    remove_folder(folder)
    folder.mkdir(parents=True)
    return folder


def remove_folder(folder: Path) -> None:
    """No such folder."""
    shutil.rmtree(folder, ignore_errors=True)


def unfinished_places(folder: Path) -> tuple[str, ...]:
    """Where those were that did not finish."""
    found = list[str]()
    with suppress(OSError):
        for file in folder.iterdir():
            found.append(file.read_bytes().partition(b"\n")[0].decode("utf-8", "replace"))
    return tuple(sorted(filter(None, found)))
