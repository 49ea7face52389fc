"""Where themes stand: below the site, inside an installed wheel, or beside the package in a checkout."""

from pathlib import Path

from digest.config import SLUG

FOLDER = "themes"
DECLARATION = "theme.toml"


def shipped_folder() -> Path:
    """The themes that come with `digest`: `digest/themes` in a wheel, else `themes/` beside the package."""
    package = Path(__file__).resolve().parents[1]
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def find_theme(name: str, site: Path, shipped: Path) -> Path | None:
    """The folder of a theme: the site's own, else the shipped one."""
    folders = (site / FOLDER / name, shipped / name)
    return next((f for f in folders if SLUG.match(name) and (f / DECLARATION).is_file()), None)


def theme_names(site: Path, shipped: Path) -> tuple[str, ...]:
    """Every theme that can be chosen, by name."""
    return tuple(sorted({f.parent.name for base in (site / FOLDER, shipped) for f in base.glob(f"*/{DECLARATION}")}))


def shown(path: Path, site: Path) -> str:
    """A path as an issue names it: relative to the site where it lies below it, else whole."""
    return (path.relative_to(site) if path.is_relative_to(site) else path).as_posix()
