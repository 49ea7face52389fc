"""Imports go one way, and only the modules named here touch the world."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "digest"
MODULES = sorted(p for p in PACKAGE.rglob("*.py"))

# From the top to the bottom. A package imports from the levels below its own, and from nobody beside it.
LEVELS = (
    ("cli",),
    ("preview", "deploy", "check"),
    ("ingest", "edit", "build"),
    ("theme", "site"),
    ("content", "stories", "labels", "wire", "pictures"),
    ("config",),
    ("model", "toml", "language", "rings"),
    ("issues", "engine"),
)
LEVEL = {name: n for n, names in enumerate(LEVELS) for name in names}

NAMES = {
    ".".join(("digest", *p.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): p for p in MODULES
}

# Modules that touch disk, clock, network or processes. Everything else takes values and returns values. The rooms at
# the edge (`cli`, `preview`, `deploy`) do little else; the pure ones may read data files of the package, and no more.
EFFECTS = {
    "config.py", "engine.py",
    "build/cardlook.py", "build/commit.py", "build/drawing.py", "build/executors.py", "build/gallery.py",
    "build/indexing.py", "build/left.py", "build/search.py",
    "build/manifest.py",
    "build/memo.py", "build/pictures.py", "build/picturing.py",
    "build/pipeline.py", "build/processors.py", "build/social.py", "build/stage.py",
    "build/start.py", "build/state.py", "build/stored.py", "build/verifying.py", "build/whereabouts.py",
    "build/workshop.py",
    "check/data.py", "check/output.py", "check/trace.py",
    "content/archive.py", "content/lock.py", "content/refresh.py", "content/scan.py", "content/store.py",
    "content/tables.py",
    "edit/change.py", "edit/log.py",
    "ingest/crew.py", "ingest/folder.py", "ingest/importing.py", "ingest/intake.py", "ingest/kept.py",
    "ingest/ledger.py", "ingest/memory.py", "ingest/pen.py", "ingest/scribe.py",
    "ingest/sources.py", "pictures/social.py",
    "theme/assets.py", "theme/compiled.py", "theme/theme.py", "theme/where.py",
}  # fmt: skip
EDGE = {"cli", "preview", "deploy"}
CALLS = {
    "exists", "glob", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes", "read_text", "rglob", "rmdir",
    "scandir", "stat", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
PURE = ("wire", "labels", "stories", "site", "model.py", "issues.py")
WORLD = {
    "asyncio", "ctypes", "fcntl", "http", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "signal", "socket", "sqlite3", "starlette", "subprocess", "sys", "tempfile", "threading", "time", "urllib.request",
    "uvicorn", "watchdog",
}  # fmt: skip


def room_of(path: Path) -> str:
    """`digest/site/kinds/item.py` → `site`; `digest/config.py` → `config`."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Names of all modules that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports say the whole name"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in NAMES else str(node.module)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    here = room_of(path)
    for name in imports_of(path):
        if not name.startswith("digest."):
            continue
        there = name.split(".")[1]
        if there in LEVEL and here in LEVEL and there != here:
            assert LEVEL[here] < LEVEL[there], f"{here} may not import {there}"


def test_every_room_has_a_level() -> None:
    rooms = {room_of(p) for p in MODULES} - {"__init__", "__main__"}
    assert rooms == set(LEVEL)


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in {r.removesuffix(".py") for r in PURE}],
                         ids=lambda p: p.relative_to(PACKAGE).as_posix())  # fmt: skip
def test_pure_rooms_do_not_touch_the_world(path: Path) -> None:
    touched = {name for name in imports_of(path) if name in WORLD or name.split(".")[0] in WORLD}
    assert not touched
    calls = {n.func.id for n in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}  # fmt: skip
    assert not calls & {"open", "print", "input"}


def touches(path: Path) -> set[str]:
    """What of the world a module asks for: modules it imports, methods of paths and files that it calls."""
    found = {name for name in imports_of(path) if name in WORLD or name.split(".")[0] in WORLD} - {"pathlib"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            found |= {name} & (CALLS | {"print", "input"})
    return found


def test_modules_that_touch_the_world_are_named() -> None:
    pure = {room.removesuffix(".py") for room in PURE}
    core = [p for p in MODULES if room_of(p) not in EDGE | pure]
    assert {p.relative_to(PACKAGE).as_posix() for p in core if touches(p)} == EFFECTS


def test_no_circle() -> None:
    graph = {name: set(imports_of(path)) for name, path in NAMES.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        if name in done or name not in graph:
            return
        for other in graph[name]:
            visit(other, (*way, name))
        done.add(name)

    for name in graph:
        visit(name, ())
