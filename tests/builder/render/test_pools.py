"""Shards come back in order, on any executor, with a bounded number under way."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.builder.render.pools import (
    INLINE_SHARDS,
    Inline,
    LazyPool,
    can_share_by_fork,
    executor_of,
    in_shards,
    map_in_order,
    map_shared,
    share_with_workers,
    shared_value,
    start_method,
    tapering_shards,
)
from digest.builder.request import BuildRequest
from tests.newsroom import NOW


def double(shard: list[int]) -> list[int]:
    return [2 * n for n in shard]


@given(st.lists(st.integers()), st.integers(1, 9))
def test_shards_are_what_there_was(things: list[int], size: int) -> None:
    shards = list(in_shards(things, size))
    assert [n for shard in shards for n in shard] == things
    assert all(0 < len(shard) <= size for shard in shards)


@given(st.lists(st.integers(), max_size=400), st.integers(1, 99), st.integers(1, 9))
def test_shards_become_smaller_in_the_end(things: list[int], most: int, jobs: int) -> None:
    shards = list(tapering_shards(things, most, jobs))
    assert [n for shard in shards for n in shard] == things
    sizes = [len(shard) for shard in shards]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size <= max(most, 8) for size in sizes)
    assert sizes[-1:] <= [8]


def request(folder: Path, jobs: int, executor: Executor | None = None) -> BuildRequest:
    return BuildRequest(site=folder, output=folder / "output", now=NOW, jobs=jobs, executor=executor)


EXECUTORS: list[Callable[[Path], Executor]] = [
    lambda _: Inline(),
    lambda _: ThreadPoolExecutor(3),
    lambda folder: LazyPool(2, folder / "at"),
]


@pytest.mark.parametrize("make", EXECUTORS)
def test_results_come_in_order(tmp_path: Path, make: Callable[[Path], Executor]) -> None:
    executor = make(tmp_path)
    shards = list(in_shards(range(10 * (INLINE_SHARDS + 3)), 10))
    with executor:
        assert list(map_in_order(executor, double, shards, ahead=3)) == [double(s) for s in shards]


def test_what_waits_is_bounded() -> None:
    drawn = 0

    def shards() -> Iterator[list[int]]:
        nonlocal drawn
        for n in range(50):
            drawn += 1
            yield [n]

    results = map_in_order(Inline(), double, shards(), ahead=4)
    next(results)
    assert drawn == 4


def test_a_failure_reaches_the_caller_and_what_waits_is_left() -> None:
    waiting = [Future[list[int]]() for _ in range(5)]
    waiting[0].set_exception(ValueError("no"))

    class Slow(Executor):
        def submit(self, _fn: object, /, shard: list[int]) -> Future[list[int]]:  # type: ignore[override] # one shape
            return waiting[shard[0]]

    with pytest.raises(ValueError, match="no"):
        next(map_in_order(Slow(), double, [[n] for n in range(5)], ahead=5))
    assert all(future.cancelled() for future in waiting[1:])


def test_one_job_starts_no_process(tmp_path: Path) -> None:
    with executor_of(request(tmp_path, 1)) as executor:
        assert isinstance(executor, Inline)


def test_a_requests_own_executor_is_used_and_left_open(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as own:
        mine = request(tmp_path, 2, own)
        with executor_of(mine, at_once=True) as executor:
            assert executor is own
        assert own.submit(int).result() == 0
        assert not can_share_by_fork(2, own), "it may stand anywhere"


def inherited(numbers: list[int]) -> list[int]:
    return [n * shared_value() for n in numbers]


@pytest.mark.skipif(start_method() != "fork", reason="no fork here")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_left_is_found_in_every_process(tmp_path: Path, jobs: int) -> None:
    with share_with_workers(3), executor_of(request(tmp_path, jobs), at_once=True) as executor:
        assert list(map_in_order(executor, inherited, [[1], [2]], ahead=2)) == [[3], [6]]
        with share_with_workers(4):
            assert inherited([1]) == [4]
        assert inherited([1]) == [3]


def test_one_process_finds_what_is_left_even_beside_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda *, allow_none: None if allow_none else "fork")
    with ThreadPoolExecutor(1) as other:
        other.submit(int).result()
        assert can_share_by_fork(1)
        assert not can_share_by_fork(2)


def test_whoever_chose_how_processes_start_has_it_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_start_method", lambda *, allow_none: "forkserver" if allow_none else "")
    assert start_method() == "forkserver"


def test_those_who_are_asked_at_once_draw_elsewhere(tmp_path: Path) -> None:
    with executor_of(request(tmp_path, 2), at_once=True) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()
    with executor_of(request(tmp_path, 2)) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()


@pytest.mark.skipif(start_method() != "fork", reason="no fork here")
def test_work_that_cannot_be_sent_can_be_left() -> None:
    factor = 5
    results = map_shared(lambda numbers: [n * factor for n in numbers], [[1, 2], [3]], 2)
    assert list(results) == [[5, 10], [15]]


@pytest.mark.skipif(start_method() != "fork", reason="no fork here")
def test_something_else_goes_on_here_in_the_meantime(tmp_path: Path) -> None:
    done: list[tuple[int, int]] = []

    def meanwhile() -> Iterator[None]:
        for n in range(9):
            done.append((n, os.getpid()))
            yield

    results = map_shared(lambda n: [*n], [[1], [2], [3]], 2, tmp_path / "at", meanwhile=meanwhile())
    assert list(results) == [[1], [2], [3]]
    assert done == [(n, os.getpid()) for n in range(3)]
