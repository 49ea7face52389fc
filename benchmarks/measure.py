"""What a command costs: seconds on the wall, seconds of the processor, memory, and what the disk alone would take.

Seconds of the processor are those of the process and of all that it waited for. Memory is the largest sum over the
processes of a tree of what they hold, shared pages counted by share (PSS), looked at every 50 ms; since looking slows
a large process down, runs that are looked at are not timed, but for those of minutes, which are looked at less often.
"""

import os
import statistics
import subprocess
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

_EVERY_S = 0.05
_SELDOM_S = 3.0


class Cost(Struct, frozen=True, kw_only=True):
    """Seconds on the wall and of the processor."""

    wall: float
    cpu: float


class Spread(Struct, frozen=True, kw_only=True):
    """A median, with the least and the most."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        digits = 2 if self.median < 10 else 1
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}–{self.most:.{digits}f})"


def spread_of(values: Iterable[float]) -> Spread:
    """The middle of some figures, and how far they lie apart."""
    found = sorted(values)
    return Spread(median=statistics.median(found), least=found[0], most=found[-1])


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """One run of a command in a folder. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=_environment())
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime)


def _environment() -> dict[str, str]:
    """As a user's: Python may keep what it compiled, as an installed package has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def memory_of(command: Sequence[str], folder: Path) -> int:
    """The most bytes that a run of a command held at once, over all its processes."""
    return _weighed(command, folder, _EVERY_S)[1]


def cost_and_memory_of(command: Sequence[str], folder: Path) -> tuple[Cost, int]:
    """Both of one run, which takes minutes."""
    return _weighed(command, folder, _SELDOM_S)


def _weighed(command: Sequence[str], folder: Path, every_s: float) -> tuple[Cost, int]:
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(every_s):
            most[0] = max(most[0], sum(_held(pid) for pid in _tree(os.getpid()) if pid != os.getpid()))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        cost = cost_of(command, folder)
    finally:
        done.set()
        watcher.join()
    return cost, most[0]


def _tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    below: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        with suppress(OSError, ValueError, IndexError):
            pid = int(entry.name)
            parent = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(pid)
    found, next_ones = [root], [root]
    while next_ones:
        next_ones = [child for pid in next_ones for child in below.get(pid, ())]
        found += next_ones
    return found


def _held(pid: int) -> int:
    """The bytes of a process, those that it shares by share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return 1024 * int(line.split()[1])
    return 0


class Attic:
    """Where what is in the way goes until the end.

    A deleted output would cost the next one: ext4 keeps away from inodes that went a moment ago, and looks at each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, *paths: Path) -> None:
        """Move what is there out of the way."""
        for path in paths:
            if path.exists():
                path.rename(self.folder / uuid.uuid4().hex)


def limit(content: Path, output: Path, to: Path) -> Cost:
    """What a bare loop takes to read all of `content` and write bytes like those of `output`, in files like those."""
    sources = [str(path) for path in sorted(content.rglob("*.md"))]
    files = [(str(p.relative_to(output)), p.stat().st_size) for p in sorted(output.rglob("*")) if p.is_file()]
    data = b"x" * max(size for _, size in files)
    start, used = time.perf_counter(), time.process_time()
    for source in sources:
        with open(source, "rb", buffering=0) as file:  # noqa: PTH123 - the least that a read takes
            file.read()
    made = set[str]()
    for name, size in files:
        folder = f"{to}/{name}".rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            made.add(folder)
        with open(f"{to}/{name}", "wb", buffering=0) as file:  # noqa: PTH123 - as above
            file.write(data[:size])
    return Cost(wall=time.perf_counter() - start, cpu=time.process_time() - used)
