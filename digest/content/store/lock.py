"""One process at a time: a lock on a file. It is free again when its holder and all that it forked are gone."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE_S = 0.05


class LockTimeoutError(Exception):
    """Somebody else holds the lock, and did not let go in time."""


@contextmanager
def file_lock(path: Path, timeout_s: float) -> Iterator[None]:
    """Holds the lock at `path`, whose folder is made. Raises BusyError after `patience_s`, OSError without a way in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(file, path, time.monotonic() + timeout_s)
        yield
    finally:
        os.close(file)


def _wait(file: int, path: Path, until: float) -> None:
    while True:
        try:
            _take(file)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() >= until:
                message = f"{path} is locked"
                raise LockTimeoutError(message) from error
        else:
            return
        time.sleep(_PAUSE_S)
