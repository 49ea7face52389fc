"""How many processors may be used."""

import os
from pathlib import Path

import pytest

from digest.builder import available_cpus


@pytest.fixture(autouse=True)
def eight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(8)), raising=False)


def counted(folder: Path, groups: str, **files: str) -> int:
    (folder / "cgroup").write_text(groups)
    for name, text in files.items():
        file = folder / "fs" / name.replace("__", "/").replace("_dot_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return available_cpus(folder / "cgroup", folder / "fs")


def test_without_groups_it_is_the_affinity(tmp_path: Path) -> None:
    assert available_cpus(tmp_path / "cgroup", tmp_path / "fs") == 8


def test_without_an_affinity_it_is_what_the_machine_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 3, raising=False)
    assert available_cpus(tmp_path / "cgroup", tmp_path / "fs") == 3
    monkeypatch.setattr(os, "process_cpu_count", lambda: None)
    assert available_cpus(tmp_path / "cgroup", tmp_path / "fs") == 1


@pytest.mark.parametrize(("quota", "expected"), [("200000", 2), ("150000", 2), ("10000", 1), ("max", 8)])
def test_version_2(tmp_path: Path, quota: str, expected: int) -> None:
    assert counted(tmp_path, "0::/a/b\n", a__b__cpu_dot_max=f"{quota} 100000\n") == expected


def test_the_least_of_the_groups_above_counts(tmp_path: Path) -> None:
    files = {"cpu_dot_max": "600000 100000", "a__cpu_dot_max": "300000 100000", "a__b__cpu_dot_max": "max 100000"}
    assert counted(tmp_path, "0::/a/b\n", **files) == 3


def test_a_container_sees_its_own_group_at_the_top(tmp_path: Path) -> None:
    assert counted(tmp_path, "0::/docker/0123\n", cpu_dot_max="200000 100000") == 2


@pytest.mark.parametrize(("quota", "expected"), [("250000", 3), ("-1", 8)])
def test_version_1(tmp_path: Path, quota: str, expected: int) -> None:
    groups = "5:memory:/box\n4:cpu,cpuacct:/box\n"
    files = {"cpu__box__cpu_dot_cfs_quota_us": quota, "cpu__box__cpu_dot_cfs_period_us": "100000"}
    assert counted(tmp_path, groups, **files) == expected


@pytest.mark.parametrize("text", ["", "rubbish", "0 0", "1 0", "a b"])
def test_what_cannot_be_understood_bounds_nothing(tmp_path: Path, text: str) -> None:
    assert counted(tmp_path, "0::/\n", cpu_dot_max=text) == 8
    assert counted(tmp_path, "no groups", cpu_dot_max=text) == 8
