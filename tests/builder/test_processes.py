"""Other processes: however they start and wherever they stand, the pages are the same; one that dies leaves word."""

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from digest.builder import build, verify
from digest.builder.incremental import affected
from digest.builder.render import pools, worker
from digest.builder.state import encoded_cards
from digest.builder.state.encoded_cards import EncodedCards
from digest.content.store import refresh
from digest.site.groups import GroupCard
from digest.site.site_entry import SiteEntry, site_entry_of
from digest.site.visibility import Visibility
from tests.builder.render.test_scheduler import newsroom
from tests.newsroom import Newsroom, files_in

P = ParamSpec("P")
T = TypeVar("T")
METHODS = ["spawn"] if sys.platform == "win32" else ["fork", "forkserver", "spawn"]


class Courier(Executor):
    """Works as a distant one does: all that goes there and comes back is pickled."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.asked += 1
        there: Any = pickle.loads(pickle.dumps((fn, args, kwargs)))  # noqa: S301 - made in this line
        future = Future[T]()
        future.set_result(pickle.loads(pickle.dumps(there[0](*there[1], **there[2]))))  # noqa: S301 - as above
        return future


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages, drawn in one process."""
    room = newsroom(tmp_path_factory.mktemp("expected"))
    room.build(jobs=1)
    return room.files()


@pytest.mark.parametrize("method", METHODS)
def test_however_processes_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, bytes], method: str
) -> None:
    monkeypatch.setattr(pools, "start_method", lambda: method)
    room = newsroom(tmp_path)
    room.build(jobs=2)
    assert room.files() == expected
    assert {p.name for p in (room.folder / ".digest").iterdir() if p.name.startswith("at-")} == set()


@pytest.mark.parametrize("make", [Courier, lambda: ThreadPoolExecutor(3)])
def test_wherever_workers_stand(tmp_path: Path, expected: dict[str, bytes], make: Callable[[], Executor]) -> None:
    room = newsroom(tmp_path)
    with make() as executor:
        room.build(executor=executor)
    assert room.files() == expected
    assert not isinstance(executor, Courier) or executor.asked > 4


def test_one_job_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(pools, "_pool", started)
    monkeypatch.setattr(os, "fork", started)
    newsroom(tmp_path).build(jobs=1)


def built_as_before(room: Newsroom, before: dict[str, bytes], at: str) -> None:
    """Builds with two processes, of which one dies `at`."""
    report = build(room.request(jobs=2))
    [died] = [i for i in report.issues if i.code == "process-died"]
    assert (report.ok, died.message) == (False, f"one that was at {at}")
    assert room.files() == before


@pytest.mark.skipif(pools.start_method() != "fork", reason="no fork here")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSEGV"])
def test_one_that_dies_while_it_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    room = Newsroom(tmp_path)
    room.item("old", body="Body.")
    room.build()
    before, here = room.files(), os.getpid()
    newsroom(tmp_path)
    whole = worker._body_html

    def deadly(content: str, path: str) -> str:
        if path.endswith("/n83.md") and os.getpid() != here:
            os.kill(os.getpid(), getattr(signal, how))
        return whole(content, path)

    with monkeypatch.context() as patch:
        patch.setattr(worker, "_body_html", deadly)
        worker._renderer.cache_clear()
        built_as_before(room, before, "/2026/02/28/headline-n83/")
        worker._renderer.cache_clear()
    room.build(jobs=2)
    assert verify(room.request()) == ()


@pytest.mark.skipif(pools.start_method() != "fork", reason="no fork here")
def test_one_that_dies_while_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "_MIN_PARALLEL", 10)
    room, here, whole = newsroom(tmp_path), os.getpid(), refresh.load_bytes

    def deadly(path: str) -> bytes:
        if path.endswith("/n77.md") and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(path)

    with monkeypatch.context() as patch:
        patch.setattr(refresh, "load_bytes", deadly)
        built_as_before(room, {}, "2026/02/22/n77.md")
    room.build(jobs=2)
    assert verify(room.request()) == ()


def contents(room: Newsroom) -> list[list[tuple[object, ...]]]:
    """What the state says of entries and their cards."""
    with closing(sqlite3.connect(room.folder / ".digest/state.sqlite")) as store:
        tables = ("entries_public", "cards_public", "keys_public", "places_public")
        return [store.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608 - ours


@pytest.mark.skipif(pools.start_method() != "fork", reason="no fork here")
@pytest.mark.parametrize("in_memory", [50_000, 0])
def test_entries_are_emitted_by_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int) -> None:
    monkeypatch.setattr(affected, "MAX_ENTRIES_IN_MEMORY", in_memory)
    here, there = newsroom(tmp_path / "here"), newsroom(tmp_path / "there")
    here.build(jobs=2)
    monkeypatch.setattr(affected, "_PARALLEL_FROM", 10)
    monkeypatch.setattr(affected, "_SHARD", 30)
    by, whole = tmp_path / "by", encoded_cards.encode_cards

    def noted(puts: Iterable[GroupCard]) -> EncodedCards:
        with by.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return whole(puts)

    monkeypatch.setattr(affected, "encode_cards", noted)
    there.build(jobs=2)
    assert len({*by.read_text().split()} - {str(os.getpid())}) in (1, 2), "others did it"
    assert (there.files(), contents(there)) == (here.files(), contents(here))


@pytest.mark.skipif(pools.start_method() != "fork", reason="no fork here")
def test_one_that_dies_while_it_emits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(affected, "_PARALLEL_FROM", 10)
    room, here = newsroom(tmp_path), os.getpid()

    def deadly(standing: Visibility, **more: Any) -> SiteEntry:
        if standing.entry.root.path.endswith("/n77.md") and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return site_entry_of(standing, **more)

    with monkeypatch.context() as patch:
        patch.setattr(affected, "site_entry_of", deadly)
        built_as_before(room, {}, "2026/02/22/n77.md")
    room.build(jobs=2)
    assert verify(room.request()) == ()


ALONE = """
import os, sys
from pathlib import Path
from digest.builder import build
from digest.builder.render import worker
from tests.newsroom import Newsroom
from tests.builder.render.test_scheduler import newsroom
here, whole = os.getpid(), worker._body_html
def slow(content, path):
    if os.getpid() != here:
        print(os.getpid(), flush=True)
        sys.stdin.buffer.read()
    return whole(content, path)
worker._body_html = slow
build(newsroom(Path(sys.argv[1])).request(jobs=2))
"""


@pytest.mark.skipif(pools.start_method() != "fork", reason="no fork here")
def test_none_outlives_the_build_that_is_killed(tmp_path: Path) -> None:
    """Its lock is free only when all of them are gone: the next build would wait for it in vain."""
    with subprocess.Popen(
        [sys.executable, "-c", ALONE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().strip().isdigit()
        killed.kill()
        room = Newsroom(tmp_path)
        room.build()
    assert room.files() == room.clean(tmp_path / "clean")
    assert files_in(room.output)
