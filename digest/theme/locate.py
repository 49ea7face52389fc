"""Locate themes: in the site, among the themes shipped with `digest`, or in an installed package.

A package names its themes as entry points of the group `digest.themes`: with `evening = "digest_evening"`, the folder
of the package `digest_evening` holds the theme `evening`. No code of the package is imported or run.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from digest.config import SLUG_PATTERN

THEMES_FOLDER = "themes"
DECLARATION_FILE = "theme.toml"
ENTRY_POINT_GROUP = "digest.themes"


def shipped_folder() -> Path:
    """Folder of the shipped themes: `digest/themes` in a wheel, else `themes/` beside the package (a checkout)."""
    package = Path(__file__).resolve().parents[1]
    in_wheel = package / THEMES_FOLDER
    return in_wheel if in_wheel.is_dir() else package.parent / THEMES_FOLDER


def find_theme(name: str, site: Path, shipped: Path) -> Path | None:
    """Return the folder of a theme: the site's own, else the shipped one, else an installed package's."""
    if not SLUG_PATTERN.match(name):
        return None
    folders = (site / THEMES_FOLDER / name, shipped / name)
    folder = next((f for f in folders if (f / DECLARATION_FILE).is_file()), None)
    return folder or installed_themes().get(name)


@cache
def installed_themes() -> dict[str, Path]:
    """Folders of the themes in installed packages, by name."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and shipped themes do not need it

    folders = {}
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        spec = find_spec(entry.module.partition(".")[0])
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            theme = Path(folder, *entry.module.split(".")[1:])
            if (theme / DECLARATION_FILE).is_file():
                folders[entry.name] = theme
    return folders


def theme_names(site: Path, shipped: Path) -> tuple[str, ...]:
    """Names of all themes that the site can choose, sorted."""
    names = {f.parent.name for base in (site / THEMES_FOLDER, shipped) for f in base.glob(f"*/{DECLARATION_FILE}")}
    return tuple(sorted(names | installed_themes().keys()))


def display_path(path: Path, site: Path) -> str:
    """Return a path for messages: relative to the site when it lies below it, else the whole path."""
    return (path.relative_to(site) if path.is_relative_to(site) else path).as_posix()
