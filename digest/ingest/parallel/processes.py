"""Start and stop of worker processes that end with the process that started them, however that ends.

A worker reads requests from a pipe and returns at the end of the file, which it sees when the other process has closed
the pipe or is gone. `concurrent.futures.ProcessPoolExecutor` does not do that: its workers wait for ever when the
process that started them is killed.
"""

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_STOP_TIMEOUT_S = 5.0


def can_fork() -> bool:
    """Return True if a new process may be a fork. A fork is cheapest, but safe only with a single thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def start_worker(
    serve: Callable[[Any, Connection], None], state: Any, open_pipes: Sequence[Connection] = ()
) -> tuple[Connection, BaseProcess]:
    """Start a process that runs `serve(state, pipe)` and return the other end of the pipe.

    `open_pipes` are this process's ends of the pipes to other workers: a forked worker inherits and must close them.
    """
    forks = can_fork()
    make = (multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")).Process
    ours, theirs = multiprocessing.Pipe()
    inherited = [*open_pipes, ours] if forks else []
    process = make(target=_run, args=(serve, state, theirs, inherited), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def stop_worker(process: BaseProcess) -> None:
    """Wait for a worker whose pipe was closed; terminate it after five seconds."""
    process.join(_STOP_TIMEOUT_S)
    if process.is_alive():
        process.terminate()


def _run(
    serve: Callable[[Any, Connection], None], state: Any, pipe: Connection, inherited: Sequence[Connection]
) -> None:
    """Serve until the pipe is closed. An interrupt of the terminal is handled by the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    with suppress(EOFError, OSError):
        serve(state, pipe)
