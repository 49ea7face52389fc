"""Where shards are drawn. Anything with the interface of `concurrent.futures.Executor` will do."""

import multiprocessing
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

SHARD = 64
"""Pages that are drawn at one go."""

HERE = 4
"""Shards that are drawn before other processes are worth their start."""


_HERITAGE: list[object] = []


class Inline(Executor):
    """Does the work where it is asked for."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future that is done already."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Hesitant(Executor):
    """Works in this process until there is so much to do that others are worth their start."""

    def __init__(self, jobs: int, here: int = HERE) -> None:
        self._jobs, self._here, self._inline = jobs, here, Inline()
        self._pool: ProcessPoolExecutor | None = None
        self._asked = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The first shards here, the rest in a pool."""
        self._asked += 1
        if self._asked <= self._here:
            return self._inline.submit(fn, *args, **kwargs)
        self._pool = self._pool or _pool(self._jobs)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the pool, if there is one."""
        if self._pool:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def executor_for(jobs: int, *, at_once: bool = False) -> Executor:
    """No other process for one job; `at_once` when it is known that others are worth their start."""
    return Inline() if jobs <= 1 else Hesitant(jobs, 0 if at_once else HERE)


def can_inherit(jobs: int) -> bool:
    """Whether the processes of an executor for so many jobs find what was left to them."""
    return jobs <= 1 or _can_fork()


@contextmanager
def leaving(value: object) -> Iterator[None]:
    """Leaves something to the processes that begin in the meantime; it is not copied until it is changed."""
    _HERITAGE.append(value)
    try:
        yield
    finally:
        _HERITAGE.pop()


def spread_left(work: Callable[[S], T], things: Iterable[S], jobs: int) -> Iterator[T]:
    """`work`, left to other processes, on each of many things; the results in order."""
    with leaving(work), executor_for(jobs, at_once=True) as executor:
        yield from spread(executor, _inherited, things, ahead=4 * jobs)


def _inherited(thing: Any) -> Any:
    return heritage()(thing)


def heritage() -> Any:
    """What was left to this process."""
    return _HERITAGE[-1]


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("fork" if _can_fork() else "spawn"))


def _can_fork() -> bool:
    """A fork is cheapest, and safe only while there is one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


def in_shards(things: Iterable[T], size: int = SHARD) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    rest = iter(things)
    while shard := list(islice(rest, size)):
        yield shard


def spread(executor: Executor, work: Callable[[S], T], shards: Iterable[S], ahead: int) -> Iterator[T]:
    """The results in order, never more than `ahead` shards under way: what waits is bounded."""
    waiting: deque[Future[T]] = deque()
    for shard in shards:
        waiting.append(executor.submit(work, shard))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
