"""Limits that keep the code readable: sizes of modules, functions and packages, and a few forbidden habits."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "digest").rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in MODULES}


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function with its number of lines."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_modules_are_small() -> None:
    sizes = {p.relative_to(ROOT).as_posix(): lines_of(p) for p in MODULES if lines_of(p)}
    assert {name: n for name, n in sizes.items() if n > 400} == {}
    assert statistics.median(sizes.values()) <= 150


def test_functions_are_small() -> None:
    sizes = dict(functions())
    assert {name: n for name, n in sizes.items() if n > 50} == {}
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= 20


def test_no_module_is_named_for_everything() -> None:
    assert [p for p in MODULES if p.stem in {"utils", "helpers", "common", "misc"}] == []


def test_no_global() -> None:
    found = [f"{p.name}:{n.lineno}" for p, t in TREES.items() for n in ast.walk(t) if isinstance(n, ast.Global)]
    assert found == []


def test_at_most_two_broad_excepts() -> None:
    broad = {"Exception", "BaseException"}
    found = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            named = node.type
            reraised = bool(node.body) and isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if (named is None or (isinstance(named, ast.Name) and named.id in broad)) and not reraised:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert len(found) <= 2, found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_exception_from_a_rule_has_its_reason(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if found := re.search(r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[^\]]*\])(.*)", line):
            assert len(found[1].split()) >= 2, f"{path}:{number}: say why"


def test_tests_are_as_long_as_what_they_test() -> None:
    code = sum(lines_of(p) for p in MODULES)
    tests = sum(lines_of(p) for kind in ("py", "txt", "tsv") for p in (ROOT / "tests").rglob(f"*.{kind}"))
    assert tests >= code


def test_architecture_is_short() -> None:
    assert lines_of(ROOT / "ARCHITECTURE.md") <= 120
