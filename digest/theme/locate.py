"""Where themes stand: below the site, inside an installed wheel, beside the package in a checkout, or in a package.

A package names its themes as entry points of the group `digest.themes`: `evening = "digest_evening"` says that the
folder of the package `digest_evening` holds the theme `evening`. Nothing of the package is imported or run.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from digest.config import SLUG

THEMES_FOLDER = "themes"
DECLARATION_FILE = "theme.toml"
ENTRY_POINT_GROUP = "digest.themes"


def shipped_folder() -> Path:
    """The themes that come with `digest`: `digest/themes` in a wheel, else `themes/` beside the package."""
    package = Path(__file__).resolve().parents[1]
    inside = package / THEMES_FOLDER
    return inside if inside.is_dir() else package.parent / THEMES_FOLDER


def find_theme(name: str, site: Path, shipped: Path) -> Path | None:
    """The folder of a theme: the site's own, else the shipped one, else that of a package."""
    if not SLUG.match(name):
        return None
    near = next((f for f in (site / THEMES_FOLDER / name, shipped / name) if (f / DECLARATION_FILE).is_file()), None)
    return near or installed_themes().get(name)


@cache
def installed_themes() -> dict[str, Path]:
    """The themes that packages bring, by name."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes longer than to find a theme of ours

    found = {}
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        spec = find_spec(entry.module.partition(".")[0])
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            inside = Path(folder, *entry.module.split(".")[1:])
            if (inside / DECLARATION_FILE).is_file():
                found[entry.name] = inside
    return found


def theme_names(site: Path, shipped: Path) -> tuple[str, ...]:
    """Every theme that can be chosen, by name."""
    near = {f.parent.name for base in (site / THEMES_FOLDER, shipped) for f in base.glob(f"*/{DECLARATION_FILE}")}
    return tuple(sorted(near | installed_themes().keys()))


def display_path(path: Path, site: Path) -> str:
    """A path as an issue names it: relative to the site where it lies below it, else whole."""
    return (path.relative_to(site) if path.is_relative_to(site) else path).as_posix()
