"""Shards come back in order, on any executor, with a bounded number under way."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.build.executors import (
    HERE,
    Inline,
    can_inherit,
    executor_for,
    heritage,
    in_shards,
    leaving,
    spread,
    spread_left,
)


def double(shard: list[int]) -> list[int]:
    return [2 * n for n in shard]


def fail(_shard: list[int]) -> list[int]:
    raise ValueError("no")


@given(st.lists(st.integers()), st.integers(1, 9))
def test_shards_are_what_there_was(things: list[int], size: int) -> None:
    shards = list(in_shards(things, size))
    assert [n for shard in shards for n in shard] == things
    assert all(0 < len(shard) <= size for shard in shards)


@pytest.mark.parametrize("executor", [Inline(), ThreadPoolExecutor(3), executor_for(1), executor_for(2)])
def test_results_come_in_order(executor: Executor) -> None:
    shards = list(in_shards(range(10 * (HERE + 3)), 10))
    with executor:
        assert list(spread(executor, double, shards, ahead=3)) == [double(s) for s in shards]


def test_what_waits_is_bounded() -> None:
    drawn = 0

    def shards() -> Iterator[list[int]]:
        nonlocal drawn
        for n in range(50):
            drawn += 1
            yield [n]

    results = spread(Inline(), double, shards(), ahead=4)
    next(results)
    assert drawn == 4


def test_a_failure_reaches_the_caller() -> None:
    with executor_for(1) as executor, pytest.raises(ValueError, match="no"):
        list(spread(executor, fail, [[1]], ahead=1))


def test_one_job_starts_no_process() -> None:
    assert isinstance(executor_for(1), Inline)


def inherited(numbers: list[int]) -> list[int]:
    return [n * heritage() for n in numbers]


@pytest.mark.skipif(not can_inherit(2), reason="no fork here")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_left_is_found_in_every_process(jobs: int) -> None:
    with leaving(3), executor_for(jobs, at_once=True) as executor:
        assert list(spread(executor, inherited, [[1], [2]], ahead=2)) == [[3], [6]]
        with leaving(4):
            assert inherited([1]) == [4]
        assert inherited([1]) == [3]


def test_one_process_finds_what_is_left_even_beside_threads() -> None:
    with ThreadPoolExecutor(1) as other:
        other.submit(int).result()
        assert can_inherit(1)
        assert not can_inherit(2)


def test_those_who_are_asked_at_once_draw_elsewhere() -> None:
    with executor_for(2, at_once=True) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()
    with executor_for(2) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()


@pytest.mark.skipif(not can_inherit(2), reason="no fork here")
def test_work_that_cannot_be_sent_can_be_left() -> None:
    factor = 5
    results = spread_left(lambda numbers: [n * factor for n in numbers], [[1, 2], [3]], jobs=2)
    assert list(results) == [[5, 10], [15]]
