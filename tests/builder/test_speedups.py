"""A site has the same bytes with and without each optimisation of a build."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.builder import ResidentBuilder, verify
from digest.builder.incremental import affected, deferred
from digest.speedups import VARIABLE
from tests.newsroom import Newsroom

SPEEDUP = (
    "bulk-cards", "deferred-pages", "entry-lookup", "gc-pause", "manifest-splice", "newest-only", "up-to-date-check",
    "whole-stage",
)  # fmt: skip


def site_with_a_story(folder: Path) -> Newsroom:
    """A site of 80 pages: more than the newest 60 of a list, two of them in one story."""
    site = Newsroom(folder)
    for number in range(80):
        name = f"2026/03/{number % 9 + 1:02}/n{number}.md"
        site.page(
            name, "Words.", id=f"n{number}", title=f"Headline {number}", regions=["africa"], story=f"s{number // 2}"
        )
    return site


def play(folder: Path) -> list[dict[str, bytes]]:
    """Build, build again, edit one page, delete one page; return the output after each build."""
    site = site_with_a_story(folder)
    outputs = []
    for step in range(4):
        if step == 2:
            site.page("2026/03/02/n1.md", "Words.", id="n1", title="Another headline", regions=["europe"], story="s0")
        if step == 3:
            (site.folder / "content/2026/03/03/n2.md").unlink()
        report = site.build(jobs=2)
        assert report.ok, report.issues
        outputs.append(site.files())
    assert verify(site.request()) == ()
    return outputs


@pytest.mark.parametrize("name", [*SPEEDUP, "all"])
def test_builds_have_the_same_bytes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(affected, "MAX_ENTRIES_IN_MEMORY", 20)
    monkeypatch.delenv(VARIABLE, raising=False)
    with_it = play(tmp_path / "with")
    monkeypatch.setenv(VARIABLE, name)
    assert play(tmp_path / "without") == with_it


@pytest.mark.parametrize("name", ["deferred-pages", "newest-only", "all"])
def test_resident_builds_have_the_same_bytes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred, "LONG_PAGE_CARDS", 5)
    outputs = []
    for disabled in ("", name):
        monkeypatch.setenv(VARIABLE, disabled)
        site = site_with_a_story(tmp_path / (disabled or "with"))
        builder = ResidentBuilder(site.request())
        now = datetime(2026, 3, 12, 18, tzinfo=UTC)
        assert builder.build(now).ok
        builder.prepare(now)
        site.page("2026/03/02/n1.md", "Words.", id="n1", title="Another headline", regions=["europe"], story="s0")
        assert builder.build(now, ["content/2026/03/02/n1.md"]).ok
        while builder.has_deferred:
            assert builder.build(now, []).ok
        builder.close()
        site.build()
        outputs.append(site.files())
    assert outputs[0] == outputs[1]
