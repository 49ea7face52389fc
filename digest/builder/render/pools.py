"""Executors for shards: inline, local worker processes, or any `concurrent.futures.Executor`."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from digest.builder.render.crash_trace import (
    create_folder,
    record_places,
    remove_folder,
    start_worker,
    unfinished_places,
)
from digest.builder.request import BuildRequest

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S")

SHARD_PAGES = 64
"""Pages of a shard."""

_SMALLEST_SHARD = 8

INLINE_SHARDS = 4
"""Shards that are rendered in this process before workers start."""


_SHARED: list[object] = []
_NEVER: Iterator[None] = iter(())


class Inline(Executor):
    """Runs each task in the calling thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the task and return a finished future."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class LazyPool(Executor):
    """Runs the first tasks in this process, and starts workers only when there are more."""

    def __init__(self, jobs: int, folder: Path | None = None, here: int = INLINE_SHARDS) -> None:
        self._jobs, self._folder, self._here, self._inline = jobs, folder, here, Inline()
        self._pool: ProcessPoolExecutor | None = None
        self._asked = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the first tasks here, later ones in workers."""
        self._asked += 1
        if self._asked <= self._here:
            return self._inline.submit(fn, *args, **kwargs)
        self._pool = self._pool or _pool(self._jobs, self._folder)
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut down the workers, if any were started."""
        if self._pool:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)
            if self._folder and not unfinished_places(self._folder):
                remove_folder(self._folder)


@contextmanager
def executor_of(request: BuildRequest, *, at_once: bool = False) -> Iterator[Executor]:
    """Yield the executor of the request, or a new one for its jobs; `at_once` starts workers with the first task."""
    if request.executor is not None:
        yield request.executor
        return
    with executor_for(request.jobs, request.crash_trace_folder, at_once=at_once) as executor:
        yield executor


def executor_for(jobs: int, folder: Path | None = None, *, at_once: bool = False) -> Executor:
    """Return an executor for `jobs` processes (1: inline). Workers record their place in `folder`, if given."""
    return Inline() if jobs <= 1 else LazyPool(jobs, folder, 0 if at_once else INLINE_SHARDS)


def can_share_by_fork(jobs: int, executor: Executor | None = None) -> bool:
    """Return True when workers inherit shared values by fork (or run in this process)."""
    return executor is None and (jobs <= 1 or start_method() == "fork")


@contextmanager
def share_with_workers(value: object) -> Iterator[None]:
    """Share a value with workers started in this context: by fork, so it is copied only when it is changed."""
    _SHARED.append(value)
    try:
        yield
    finally:
        _SHARED.pop()


def map_shared(
    work: Callable[[Sequence[S]], T],
    things: Iterable[Sequence[S]],
    jobs: int,
    folder: Path | None = None,
    name: Callable[[S], str] = str,
    meanwhile: Iterator[None] | None = None,
) -> Iterator[T]:
    """Apply `work` to each list in forked workers; yield results in order.

    With a `folder`, workers record the `name` of each item there. `meanwhile` advances by one step in this process with
    each result.
    """

    def noting(some: Any) -> T:
        return work(record_places(some, name))  # type: ignore[arg-type] # `work` iterates once, as `record_places` does

    with share_with_workers(noting if folder else work), executor_for(jobs, folder, at_once=True) as executor:
        for result in map_in_order(executor, _call_shared, things, ahead=4 * jobs):
            yield result
            next(meanwhile or _NEVER, None)


def _call_shared(things: Any) -> Any:
    return shared_value()(things)


def shared_value() -> Any:
    """Return the innermost shared value."""
    return _SHARED[-1]


def _pool(jobs: int, folder: Path | None) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few builds need it, and it is slow to import
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    written = folder and create_folder(folder)
    return ProcessPoolExecutor(jobs, get_context(start_method()), initializer=start_worker, initargs=(written,))


def start_method() -> str:
    """Return the start method: the one that was set, else fork on Linux without threads (the cheapest), else spawn."""
    known = sys.modules.get("multiprocessing")
    chosen = known.get_start_method(allow_none=True) if known else None
    return chosen or ("fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn")


def in_shards(things: Iterable[T], size: int = SHARD_PAGES) -> Iterator[list[T]]:
    """Split items into lists of at most `size`."""
    rest = iter(things)
    while shard := list(islice(rest, size)):
        yield shard


def tapering_shards(things: Sequence[T], most: int, jobs: int) -> Iterator[Sequence[T]]:
    """Split items into shards of at most `most`, smaller towards the end, so that all workers finish at about the same
    time.
    """
    start = 0
    while start < len(things):
        size = max(_SMALLEST_SHARD, min(most, (len(things) - start) // (4 * jobs)))
        yield things[start : start + size]
        start += size


def map_in_order(executor: Executor, work: Callable[[S], T], shards: Iterable[S], ahead: int) -> Iterator[T]:
    """Yield results in order, with at most `ahead` shards submitted: waiting results are bounded."""
    waiting: deque[Future[T]] = deque()
    try:
        for shard in shards:
            waiting.append(executor.submit(work, shard))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:  # their results are not needed any more
            future.cancel()
