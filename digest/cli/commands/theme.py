"""`digest theme`: which themes there are, whether one is right, and files of one to change."""

import shutil
from pathlib import Path

import click
import msgspec

from digest import config
from digest.check.theme.rehearsal import check_sample_pages
from digest.cli.options import takes_site
from digest.cli.process.abort import misuse
from digest.cli.sites import Site, site_of
from digest.cli.terminal.reporter import Reporter, count
from digest.issues import fails
from digest.site.context import Context
from digest.theme import Theme, check_templates, load_assets, load_theme
from digest.theme.locate import THEMES_FOLDER, find_theme, shipped_folder, theme_names
from digest.toml import unknown_name_hint

_FROM = {"site": "this site", "digest": "digest", "package": "a package"}


@click.group()
def command() -> None:
    """List, check and eject themes."""


@command.command("list")
@takes_site
@click.pass_obj
def list_themes(out: Reporter, site: Path | None) -> int:
    """Name the themes that the site can choose; `*` marks its own choice."""
    here = site_of(site)
    rows = []
    for name in theme_names(here.folder, shipped_folder()):
        folder = find_theme(name, here.folder, shipped_folder())
        own = folder is not None and folder.is_relative_to(here.folder / THEMES_FOLDER)
        ours = folder is not None and folder.is_relative_to(shipped_folder())
        chosen, where = name == here.config.theme.name, "site" if own else "digest" if ours else "package"
        rows.append({"name": name, "chosen": chosen, "from": where})
        out.say(f"{'*' if chosen else ' '} {name} ({_FROM[where]})")
    return out.end(data={"themes": rows})


@command.command("check")
@click.argument("name", metavar="[NAME]", required=False)
@takes_site
@click.pass_obj
def check(out: Reporter, name: str | None, site: Path | None) -> int:
    """Find everything that is wrong with a theme; without a name, with the one that the site has.

    Every kind of page is drawn with sample views, one empty and one with markup in every text, and the HTML looked at.
    """
    here = site_of(site)
    chosen = _choosing(here.config, name)
    theme, issues = load_theme(chosen, here.folder)
    if theme is not None:
        assets = load_assets(theme, here.folder)
        issues += (*check_templates(theme), *assets.issues)
        if not fails(issues):
            issues += check_sample_pages(theme, assets, Context(chosen))
    found = (
        f"{len(theme.templates) // 2} templates, {count(len(theme.static_files), 'asset')}" if theme else "not there"
    )
    state = "wrong" if fails(issues) else "right"
    summary = f"The theme {name or here.config.theme.name} is {state}: {found}, {count(len(issues), 'issue')}."
    return out.end(issues, summary=summary, severities=here.severities)


@command.command("eject")
@click.argument("names", metavar="[FILE]...", nargs=-1)
@takes_site
@click.pass_obj
def eject(out: Reporter, names: tuple[str, ...], site: Path | None) -> int:
    """Copy files of the theme into the site, to change them there; without a FILE, the whole theme.

    FILE is a template such as item.html, or a file of its folder `static`.
    """
    here = site_of(site)
    theme, issues = load_theme(here.config, here.folder)
    if theme is None:
        return out.end(issues)
    copies = [_copy_of(theme, here.folder, name) for name in names] or [_whole(here)]
    for _, goal in copies:
        if goal.exists():
            message = f"{goal.relative_to(here.folder).as_posix()} is there already"
            raise misuse(message, "change it, or take it away first")
    for source, goal in copies:
        goal.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, goal)
    made = [goal.relative_to(here.folder).as_posix() for _, goal in copies]
    return out.end(summary="\n".join(f"Yours now: {path}" for path in made), data={"ejected": made})


def _choosing(chosen: config.Config, name: str | None) -> config.Config:
    """The configuration with another theme; the parameters are those of the site's own theme."""
    if name is None or name == chosen.theme.name:
        return chosen
    return msgspec.structs.replace(chosen, theme=config.Theme(name=name))


def _copy_of(theme: Theme, site: Path, name: str) -> tuple[Path, Path]:
    """The file that counts for a name, and where the site's own belongs."""
    if name in theme.static_files:
        return Path(theme.static_files[name]), site / "static" / name
    if name in theme.templates:
        layer, _, plain = theme.templates[name].name.partition("/")
        folder = find_theme(layer, site, shipped_folder())
        return (folder or site) / "templates" / plain, site / "templates" / plain
    message = f"the theme has no file `{name}`"
    known = {n for n in theme.templates if "/" not in n} | set(theme.static_files)
    raise misuse(message, unknown_name_hint(name, iter(sorted(known))))


def _whole(site: Site) -> tuple[Path, Path]:
    name = site.config.theme.name
    return find_theme(name, site.folder, shipped_folder()) or site.folder, site.folder / THEMES_FOLDER / name
