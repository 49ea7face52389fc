"""File lock: lets one process at a time work on a site.

The operating system releases the lock when the holder and all processes forked by it have ended. Uses `flock`, or
`msvcrt` on Windows: filelock and portalocker add a dependency for these two calls.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE_S = 0.05


class LockTimeoutError(Exception):
    """Another process holds the lock and did not release it in time."""


@contextmanager
def file_lock(path: Path, timeout_s: float) -> Iterator[None]:
    """Hold the lock at `path`, whose folder is made if missing.

    Raises LockTimeoutError after `timeout_s` seconds, OSError when the file cannot be opened.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _wait(file, path, time.monotonic() + timeout_s)
        yield
    finally:
        os.close(file)


def _wait(file: int, path: Path, deadline: float) -> None:
    while True:
        try:
            _try_lock(file)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() >= deadline:
                message = f"{path} is locked"
                raise LockTimeoutError(message) from error
        else:
            return
        time.sleep(_PAUSE_S)
