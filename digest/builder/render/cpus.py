"""Number of processors that this process may use, by CPU affinity and control groups."""

import os
from collections.abc import Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path, PurePosixPath

_GROUPS, _MOUNT = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")


def available_cpus(groups: Path = _GROUPS, mount: Path = _MOUNT) -> int:
    """Return the number of usable processors, at least 1.

    `groups` and `mount` are the Linux files of control groups.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    count = getattr(os, "process_cpu_count", os.cpu_count)  # Python 3.13: minds affinity and PYTHON_CPU_COUNT
    allowed = len(affinity(0)) if affinity else count() or 1
    return max(1, min([allowed, *map(ceil, _quotas(groups, mount))]))


def _quotas(groups: Path, mount: Path) -> Iterator[float]:
    """Yield the CPU quota of each control group above this process, in processors.

    Version 2 has `cpu.max` with quota and period in µs, version 1 one file for each. In a container its own group is
    at the top of the mount: https://docs.kernel.org/admin-guide/cgroup-v2.html
    """
    with suppress(OSError, ValueError):
        for line in groups.read_text("utf-8").splitlines():
            _, names, path = line.split(":", 2)
            if names and "cpu" not in names.split(","):
                continue
            top = mount / "cpu" if names else mount
            within = PurePosixPath(path.lstrip("/"))
            for folder in {top / group for group in (within, *within.parents)}:
                yield from _quota(folder, old=bool(names))


def _quota(folder: Path, *, old: bool) -> Iterator[float]:
    with suppress(OSError, ValueError, ZeroDivisionError):
        if old:
            quota, period = (int((folder / f"cpu.cfs_{name}_us").read_text("utf-8")) for name in ("quota", "period"))
        else:
            quota, period = map(int, (folder / "cpu.max").read_text("utf-8").split())
        if quota > 0:  # -1 and `max` are none
            yield quota / period
