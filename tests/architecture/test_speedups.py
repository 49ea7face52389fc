"""Every optimisation has a switch that the code asks, and a test that compares the output with and without it."""

import ast
from pathlib import Path

import pytest

from digest.speedups import SPEEDUPS, VARIABLE, is_enabled

ROOT = Path(__file__).parents[2]


def switches_in(folder: str) -> set[str]:
    """Names passed to `is_enabled` as constants, anywhere in a folder."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("is_enabled"):
                names |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return names


def compared_in(folder: str) -> set[str]:
    """Values of the constant `SPEEDUP` in tests: one name or several that the module compares with their absence."""
    names = set()
    for path in (ROOT / folder).rglob("test_*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SPEEDUP":
                value = ast.literal_eval(node.value)
                names |= {value} if isinstance(value, str) else set(value)
    return names


def test_every_optimisation_can_be_switched_off() -> None:
    assert switches_in("digest") == set(SPEEDUPS)


def test_every_optimisation_is_compared_with_its_absence() -> None:
    assert compared_in("tests") == set(SPEEDUPS)


def test_every_optimisation_is_a_module_or_package_of_its_own() -> None:
    for place in SPEEDUPS.values():
        path = ROOT / place
        assert path.is_file() or (path / "__init__.py").is_file(), place


def test_every_optimisation_is_in_the_decision_record() -> None:
    record = (ROOT / "docs" / "decisions" / "0011-optimisations.md").read_text("utf-8")
    assert {name for name in SPEEDUPS if f"`{name}`" not in record} == set()


@pytest.mark.parametrize("name", SPEEDUPS)
def test_the_variable_switches_off_one_or_all(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert is_enabled(name)
    for value in (name, f"other,{name}", "all"):
        monkeypatch.setenv(VARIABLE, value)
        assert not is_enabled(name)
    monkeypatch.setenv(VARIABLE, "other")
    assert is_enabled(name)


def test_an_unknown_name_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        is_enabled("no-such-optimisation")
