"""Make small sites with their own themes, for tests."""

from collections.abc import Mapping
from pathlib import Path

from digest.config import parse
from digest.theme import Assets, Renderer, Theme, load_assets, load_theme
from tests.theme import samples

EVENING = """
name = "evening"
parent = "broadsheet"
"""


def put(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below `folder`."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def theme_of(folder: Path, files: Mapping[str, str], config: str = "") -> Theme:
    """Return the theme of a site with these files; it must have no issues."""
    text = config or '[theme]\nname = "broadsheet"\n'
    theme, issues = load_theme(parse(text)[0], put(folder, files))
    assert not issues
    assert theme is not None
    return theme


def renderer_of(folder: Path, files: Mapping[str, str], flavour: str = "typical") -> Renderer:
    """Return a renderer for a site with these files."""
    theme = theme_of(folder, files)
    return Renderer(theme, assets_of(theme, folder), samples.site(flavour), samples.body_html)


def assets_of(theme: Theme, folder: Path) -> Assets:
    """Load the assets of a theme; none may be missing."""
    assets = load_assets(theme, folder)
    assert not assets.issues
    return assets


def drawn(folder: Path, template: str, name: str = "404.html", flavour: str = "typical") -> str:
    """Render the sample view of a template, without the final newline."""
    renderer = renderer_of(folder, {f"templates/{name}": template}, flavour)
    return renderer.render(name, samples.sample_views(flavour)[name])[:-1]
