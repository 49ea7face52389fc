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
    ("ingest", "edit", "builder"),
    ("theme", "site"),
    ("content", "stories", "labels", "wire", "pictures"),
    ("config",),
    ("model", "toml", "language", "gc_pause"),
    ("issues", "engine_version", "speedups"),
)
LEVEL = {name: n for n, names in enumerate(LEVELS) for name in names}

NAMES = {
    ".".join(("digest", *p.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): p for p in MODULES
}

# Modules that touch disk, clock, network or processes. Everything else takes values and returns values. The rooms at
# the edge (`cli`, `preview`, `deploy`) do little else; the pure ones may read data files of the package, and no more.
EFFECTS = {
    "builder/commit/journal.py", "builder/commit/manifest.py", "builder/commit/manifest_splice.py",
    "builder/commit/stage.py",
    "builder/extras/card_style.py", "builder/extras/image_files.py", "builder/extras/image_scan.py",
    "builder/extras/images.py", "builder/extras/pagefind.py", "builder/extras/search_index.py",
    "builder/extras/social_cards.py", "builder/pipeline.py", "builder/render/cpus.py",
    "builder/render/crash_trace.py", "builder/render/pools.py", "builder/render/scheduler.py",
    "builder/resident.py", "builder/run.py", "builder/state/bulk_cards.py", "builder/state/database.py",
    "builder/uptodate/fingerprint.py", "builder/uptodate/snapshot.py", "builder/verification.py",
    "check/html/structured_data.py", "check/site/output.py", "check/source_lines.py",
    "config.py",
    "content/atomic_write.py",
    "content/store/archive.py", "content/store/database.py", "content/store/lock.py", "content/store/refresh.py",
    "content/store/scan.py", "content/store/tables.py",
    "edit/change.py", "edit/change_log.py",
    "engine_version.py",
    "ingest/archive/dumps.py", "ingest/archive/sources.py", "ingest/cache.py", "ingest/decide/intake.py",
    "ingest/decide/known_pages.py", "ingest/parallel/background_writer.py", "ingest/parallel/processes.py",
    "ingest/parallel/workers.py",
    "ingest/pipeline.py", "ingest/write/content_folder.py", "ingest/write/files.py",
    "pictures/social_card.py", "speedups.py",
    "theme/assets.py", "theme/compiler/disk_cache.py", "theme/locate.py", "theme/theme.py",
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
