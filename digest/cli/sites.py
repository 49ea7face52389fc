"""The site of a command."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from digest import config
from digest.cli.process.abort import Stop
from digest.config import Config
from digest.issues import Issue, Place, issue

OUTPUT = "output"
STATE = ".digest"


class Site(Struct, frozen=True, kw_only=True):
    """Folder and settings of a site."""

    folder: Path
    config: Config

    @property
    def severities(self) -> Mapping[str, str]:
        """Severities that the site sets for issue codes."""
        return self.config.issues


def folder_of(asked: Path | None) -> Path:
    """Return the folder of the site: the given one, else the nearest folder with a digest.toml from here upwards."""
    folder = config.folder_above(Path.cwd()) if asked is None else asked if (asked / config.NAME).is_file() else None
    if folder is None:
        raise Stop(_missing(asked))
    return folder.resolve()


def site_of(asked: Path | None) -> Site:
    """Return the site. Raises Stop when its settings have errors."""
    folder = folder_of(asked)
    from digest.labels.engines import issues_of  # noqa: PLC0415 - the labeller: the build asks for it when it needs it

    read, wrong = config.load(folder)
    if wrong := (*wrong, *issues_of(read)):
        raise Stop(*wrong)
    return Site(folder=folder, config=read)


def config_here(asked: Path | None) -> Config:
    """Return the settings of the site, or default settings outside a site."""
    if asked is None and config.folder_above(Path.cwd()) is None:
        return config.parse("")[0]
    return site_of(asked).config


def _missing(asked: Path | None) -> Issue:
    if asked is None:
        hint = "run it inside a site, name one with `--site DIR`, or make one with `digest new DIR`"
        return issue("config-missing", Place(), f"there is no {config.NAME} here or above", hint)
    hint = "name the folder that holds it, or make a site with `digest new DIR`"
    return issue("config-missing", Place(asked.as_posix()), f"there is no {config.NAME} in it", hint)
