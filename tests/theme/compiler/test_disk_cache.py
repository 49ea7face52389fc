"""Compiled templates on disk: reused by the next run, and never for another site."""

from pathlib import Path

import pytest

from digest.speedups import VARIABLE
from digest.theme import Renderer, TemplateError, load_assets
from tests.theme import samples
from tests.theme.test_renderer import COMPLETE, _theme

SPEEDUP = "template-cache"


def _page(cache_folder: Path, flavour: str = "typical") -> str:
    theme = _theme(COMPLETE[0])
    assets = load_assets(theme, cache_folder)
    renderer = Renderer(theme, assets, samples.site(flavour), samples.body_html, cache_folder)
    return renderer.render("404.html", samples.sample_views(flavour)["404.html"])


def test_pages_are_equal_with_and_without_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached = [_page(tmp_path / "cached") for _ in range(2)]
    monkeypatch.setenv(VARIABLE, SPEEDUP)
    assert cached == [_page(tmp_path / "off")] * 2
    assert not (tmp_path / "off").exists()


def test_compiled_templates_are_reused_only_for_the_same_site(tmp_path: Path) -> None:
    cache_folder = tmp_path / "cache" / "jinja"
    first = _page(cache_folder)
    written = {path.name: path.stat().st_mtime_ns for path in cache_folder.iterdir()}
    assert written
    assert _page(cache_folder) == first
    assert {path.name: path.stat().st_mtime_ns for path in cache_folder.iterdir()} == written
    assert _page(cache_folder, "arabic") != first
    assert _page(cache_folder) == first


def test_load_compiles_a_template_and_its_imports(tmp_path: Path) -> None:
    theme = _theme(COMPLETE[0])
    renderer = Renderer(theme, load_assets(theme, tmp_path), samples.site(), samples.body_html, tmp_path)
    renderer.load("404.html")
    loaded = sorted(tmp_path.iterdir())
    assert loaded
    renderer.render("404.html", samples.sample_views()["404.html"])
    assert sorted(tmp_path.iterdir()) == loaded
    renderer.load("no-such.html")  # `render` reports the error
    with pytest.raises(TemplateError):
        renderer.render("no-such.html", None)


def test_a_damaged_cache_file_is_written_again(tmp_path: Path) -> None:
    before = _page(tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    assert _page(tmp_path) == before
