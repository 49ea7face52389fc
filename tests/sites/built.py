"""Built sites for tests; each is built once in a test run."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.builder import BuildRequest, build
from digest.content.store.lock import file_lock
from digest.ingest import import_dumps
from digest.issues import fails
from tests.machine import ROOT
from tests.sites import hostile
from tests.sites.paper import Paper

EXAMPLE = "https://weathercock.example/"
SITES = ("example", *hostile.BASES)
OTHER_THEMES = tuple(sorted({p.parent.name for p in ROOT.glob("themes/*/theme.toml")} - {"core", "broadsheet"}))
NOW = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def themed(name: str) -> tuple[str, ...]:
    """One of `SITES` in each theme, for `paper_of`."""
    return (name, *(f"{name}@{theme}" for theme in OTHER_THEMES))


def paper_of(name: str, folder: Path) -> Paper:
    """One of `SITES`, built below a folder that all processes of a test run share; `hostile@wire` is one in a theme."""
    made = once(folder / name, lambda place: _make(name, place))
    return Paper(made / "output", hostile.BASES.get(name.partition("@")[0], EXAMPLE))


def once(place: Path, make: Callable[[Path], None]) -> Path:
    """Makes what is to be in a folder, in the first process that asks for it."""
    with file_lock(place.with_name(f"{place.name}.lock"), 600):
        if not place.exists():
            half = place.with_name(f"{place.name}-half")
            shutil.rmtree(half, ignore_errors=True)  # of one that failed
            half.mkdir()
            make(half)
            half.rename(place)
    return place


def _make(name: str, place: Path) -> None:
    site, _, theme = name.partition("@")
    if site == "example":
        make_example(place, theme)
    else:
        room = hostile.write(site, place)
        in_theme(room.folder, theme)
        report = build(BuildRequest(site=room.folder, output=place / "output", now=NOW))
        assert report.ok, "\n".join(map(str, report.issues))
        assert {i.code for i in report.issues} <= {"page-control", "source-unknown", "review-missing"}, report.issues


def in_theme(site: Path, theme: str) -> None:
    """Lets a site that names no theme name one; an empty name is the default theme's."""
    if theme:
        with (site / "digest.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[theme]\nname = "{theme}"\n')


def make_example(place: Path, theme: str = "") -> None:
    """The example newspaper of this repository: its pages, or where there are none the pages that its dumps give."""
    shutil.copy(ROOT / "digest.toml", place)
    in_theme(place, theme)
    if any((ROOT / "content").rglob("*.md")):
        shutil.copytree(ROOT / "content", place / "content")
    else:
        imported = import_dumps(place, [ROOT / "content" / "dumps"])
        assert not fails(imported.issues), "\n".join(map(str, imported.issues))
    report = build(BuildRequest(site=place, output=place / "output", now=NOW))
    assert report.issues == (), "\n".join(map(str, report.issues))
