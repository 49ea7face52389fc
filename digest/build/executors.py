"""Where shards are drawn. Anything with the interface of `concurrent.futures.Executor` will do."""

import multiprocessing
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

SHARD = 64


class Inline(Executor):
    """Does the work where it is asked for."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future that is done already."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def executor_for(jobs: int, shards: int) -> Executor:
    """Processes when there is work for them, else none. A fork is cheapest, and safe only while there is one thread."""
    if jobs <= 1 or shards <= 4:
        return Inline()
    alone = threading.active_count() == 1
    method = "fork" if sys.platform == "linux" and alone else "spawn"
    return ProcessPoolExecutor(jobs, multiprocessing.get_context(method))


def in_shards(things: Iterable[T], size: int = SHARD) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    rest = iter(things)
    while shard := list(islice(rest, size)):
        yield shard


def spread(executor: Executor, work: Callable[[list[S]], T], shards: Iterable[list[S]], ahead: int) -> Iterator[T]:
    """The results in order, never more than `ahead` shards under way: what waits is bounded."""
    waiting: deque[Future[T]] = deque()
    for shard in shards:
        waiting.append(executor.submit(work, shard))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
